import { assert } from '@minnaken/domain'

/**
 * Which characters a field takes (zengin.md §3, after 全銀協 付録1):
 * `bank` 銀行名・支店名 · `party` 依頼人名・受取人名 · `edi` EDI情報.
 */
export type TextClass = 'party' | 'bank' | 'edi'

export const textClasses = ['party', 'bank', 'edi'] as const satisfies readonly TextClass[]

const halfwidthShift = 0xfec0
const everyClass = ` 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-${halfwidth(0xb1, 0xdf)}`

/**
 * ｦ stands in `edi` only: a later revision lets it into names, but most banks still refuse it.
 * Small kana, ｰ, ｡ ､ ･, the comma and lower case stand nowhere.
 */
const permitted: Readonly<Record<TextClass, ReadonlySet<string>>> = {
  bank: new Set(everyClass),
  party: new Set(`${everyClass}().`),
  edi: new Set(`${everyClass}().\\/｢｣ｦ`),
}

function halfwidth(from: number, to: number): string {
  let text = ''
  for (let byte = from; byte <= to; byte += 1) text += String.fromCharCode(byte + halfwidthShift)
  return text
}

/** Whether a half-width character may stand in a field of this class. */
export const isPermitted = (character: string, textClass: TextClass): boolean =>
  permitted[textClass].has(character)

/** The byte of one half-width character in JIS X 0201, or undefined if it has none. */
function byteOf(code: number): number | undefined {
  if (code >= 0x20 && code <= 0x7e) return code
  return code >= 0xff61 && code <= 0xff9f ? code - halfwidthShift : undefined
}

/** The character that a byte stands for in JIS X 0201, or undefined for a byte that stands for none. */
export function characterOf(byte: number): string | undefined {
  if (byte >= 0x20 && byte <= 0x7e) return String.fromCharCode(byte)
  return byte >= 0xa1 && byte <= 0xdf ? String.fromCharCode(byte + halfwidthShift) : undefined
}

/**
 * The bytes of a half-width text, one per character.
 * Throws when a character has no byte: such text is refused before it comes here, never replaced.
 */
export function encodeHalf(half: string): Uint8Array {
  const bytes = new Uint8Array(half.length)
  for (let at = 0; at < half.length; at += 1) {
    const byte = byteOf(half.charCodeAt(at))
    assert(byte !== undefined, 'text for the file is half-width')
    bytes[at] = byte
  }
  return bytes
}
