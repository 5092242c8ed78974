import { checkZengin } from '../src/check.ts'

/** Records written out by hand, from the offsets of the banks' tables and not from our layout. */

type Change = readonly [offset: number, text: string]

/** A half-width text as the bytes of JIS X 0201. */
export function jis(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0
    return code > 0xff ? code - 0xfec0 : code
  })
}

function recordOf(changes: readonly Change[]): string {
  let text = ' '.repeat(120)
  for (const [offset, piece] of changes)
    text = text.slice(0, offset) + piece + text.slice(offset + piece.length)
  return text
}

export const header = (...changes: readonly Change[]): string =>
  recordOf([
    [0, '1210'],
    [4, '0000012345'],
    [14, 'ﾐﾗｲｸ ｼﾖｳﾃﾝｶﾞｲﾚﾝｺﾞｳｶｲ'],
    [54, '0226'],
    [58, '9999'],
    [77, '999'],
    [95, '1'],
    [96, '0000001'],
    ...changes,
  ])

export const payment = (...changes: readonly Change[]): string =>
  recordOf([
    [0, '2'],
    [1, '9999'],
    [20, '101'],
    [38, '0000'],
    [42, '1'],
    [43, '7654321'],
    [50, 'ｶ)ﾐﾅﾄ'],
    [80, '0000001000'],
    [90, '0'],
    [111, '7'],
    ...changes,
  ])

export const trailer = (count: number, total: number, ...changes: readonly Change[]): string =>
  recordOf([
    [0, '8'],
    [1, String(count).padStart(6, '0')],
    [7, String(total).padStart(12, '0')],
    ...changes,
  ])

export const end = recordOf([[0, '9']])

export const sound = [header(), payment(), trailer(1, 1000), end] as const

/** A file with CRLF after every record. */
export const lines = (records: readonly string[], separator = '\r\n'): Uint8Array =>
  jis(records.map((text) => text + separator).join(''))

/** A file without separators. */
export const unseparated = (records: readonly string[]): Uint8Array => jis(records.join(''))

/** `rule record field offset` of every fault; `valid` if there is none. */
export function faultsOf(file: Uint8Array, madeOn?: string): readonly string[] {
  const checked = checkZengin(file, madeOn === undefined ? {} : { madeOn })
  if (checked.valid) return ['valid']
  return checked.faults.map(
    ({ rule, record, field, offset }) => `${rule} ${record} ${field ?? '-'} ${offset}`,
  )
}
