/** What can be wrong with a file of the banks. The names never change their meaning. */
export type ZenginRule =
  | 'record_length'
  | 'separator'
  | 'charset'
  | 'numeric'
  | 'date'
  | 'amount'
  | 'order'
  | 'empty_batch'
  | 'trailer_count'
  | 'trailer_total'
  | 'no_end'
  | 'after_end'
  | 'unsupported_code'
  | 'unsupported_kind'
  | 'limit'

export type Words = Readonly<{ ja: string; en: string }>

/** One fault of a file and where it is. */
export type ZenginFault = Readonly<{
  rule: ZenginRule
  /** Counted from 1. For a record that is missing, the number it would have. */
  record: number
  /** In the banks' words, for example 受取人名; null when the record as a whole is wrong. */
  field: string | null
  /** Of the first byte that is wrong, counted from 0 within the record. */
  offset: number
  ja: string
  en: string
}>

/** For example `0xB0 ｰ`, or `0x83` for a byte that is no character. */
export function shownByte(byte: number, character: string | undefined): string {
  const hex = `0x${byte.toString(16).toUpperCase().padStart(2, '0')}`
  return character === undefined || character === ' ' ? hex : `${hex} ${character}`
}
