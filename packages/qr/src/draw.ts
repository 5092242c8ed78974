import { assert } from '@minnaken/domain'
import { type QRCodeMaskPattern, create } from 'qrcode'
import { decodePaymentCode } from './payment-code.ts'

/** A payment code as a picture of squares, for a box of `size` × `size` squares. */
export type Drawing = Readonly<{
  /** The QR version. 6 at most, or tills would have to come closer. */
  version: number
  /** With the white margin of four squares on each side, which belongs to the code in dark mode too. */
  size: number
  /** The dark squares, as SVG path data. Everything else is white. */
  path: string
}>

/** Larger symbols are not read from where a customer holds a phone. */
export const QR_VERSION_MAX = 6
const QUIET_ZONE = 4

/** Draws the text of a payment code. Throws when it is anything else. */
export function drawPaymentCode(text: string): Drawing {
  assert(decodePaymentCode(text).kind === 'payment_code', 'what is drawn is a payment code')
  const { version, modules } = symbolOf(text)
  assert(version <= QR_VERSION_MAX, 'a payment code fits QR version 6')
  return {
    version,
    size: modules.size + 2 * QUIET_ZONE,
    path: pathOf(modules),
  }
}

/** A shop's code is always of this size, so that every poster has the same square. */
const SHOP_QR_VERSION = 3
/** How many characters version 3 holds at each level: the best level that has room is taken. */
const SHOP_CODE_ROOM = { Q: 32, M: 42, L: 53 } as const

/**
 * Draws the text of a shop's code, at the best level that fits QR version 3. Throws when the
 * address is longer than 53 characters: the platform's own host is then too long.
 */
export function drawShopCode(text: string): Drawing {
  assert(/^https?:\/\/\S+\/s\/\d{7}$/.test(text), 'what is drawn is the address of a shop')
  const level = (['Q', 'M', 'L'] as const).find((each) => text.length <= SHOP_CODE_ROOM[each])
  assert(level !== undefined, 'the address of a shop fits QR version 3')
  const { version, modules } = create([{ data: new TextEncoder().encode(text), mode: 'byte' }], {
    errorCorrectionLevel: level,
    version: SHOP_QR_VERSION,
  })
  return { version, size: modules.size + 2 * QUIET_ZONE, path: pathOf(modules) }
}

/**
 * The squares of a code at level M. Alphanumeric mode is named, because it is what makes
 * Base45 small; of the eight masks the best is chosen, unless one is named.
 */
export const symbolOf = (text: string, maskPattern?: QRCodeMaskPattern) =>
  create([{ data: text, mode: 'alphanumeric' }], {
    errorCorrectionLevel: 'M',
    ...(maskPattern === undefined ? {} : { maskPattern }),
  })

/** One rectangle for each run of dark squares in a row. */
function pathOf({ size, data }: Readonly<{ size: number; data: Uint8Array }>): string {
  let path = ''
  for (let row = 0; row < size; row++) {
    let column = 0
    while (column < size) {
      const start = column
      while (column < size && data[row * size + column] === 1) column++
      if (column > start) {
        const width = column - start
        path += `M${start + QUIET_ZONE} ${row + QUIET_ZONE}h${width}v1h-${width}z`
      } else column++
    }
  }
  return path
}
