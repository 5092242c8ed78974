import type { ZenginFault } from './fault.ts'

/** A file's bytes with one byte per character, ready to be cut into records. */
export type SourceText = Readonly<{
  bytes: Uint8Array
  /** Where the first byte lies that shows that the file is not JIS, in `bytes`. */
  foreignAt: number | undefined
  /** Set when nothing in the file can be read. */
  unreadable: ZenginFault | undefined
  hasByteOrderMark: boolean
}>

const substitute = 0x1a
const noCharacter = 0x00
const byteOrderMark = [0xef, 0xbb, 0xbf]
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Finds out what a file is written in, before its records are looked for.
 *
 * One 0x1A at the very end (the end-of-file mark of MS-DOS) is taken off. A byte order mark and
 * UTF-8 are faults, but the records behind them are still read, so that one wrong choice in an
 * editor is told as one fault and does not hide others. EBCDIC and UTF-16 cannot be read at all:
 * decoding EBCDIC as JIS would give plausible names of other people.
 */
export function sourceText(file: Uint8Array): SourceText {
  const unreadable = isUtf16(file) ? utf16 : isEbcdic(file) ? ebcdic : undefined
  const hasByteOrderMark = byteOrderMark.every((byte, at) => file[at] === byte)
  const start = hasByteOrderMark ? byteOrderMark.length : 0
  const bytes = file.subarray(start, file.at(-1) === substitute ? -1 : undefined)
  const narrowed = unreadable ? undefined : fromUtf8(bytes)
  const foreignAt = narrowed && bytes.findIndex((byte) => byte >= 0x80)
  return { bytes: narrowed ?? bytes, foreignAt, unreadable, hasByteOrderMark }
}

/** The same text in JIS if the bytes are UTF-8 that JIS could not be; else undefined. */
function fromUtf8(bytes: Uint8Array): Uint8Array | undefined {
  if (!bytes.some((byte) => byte >= 0xe0)) return undefined
  try {
    return Uint8Array.from(utf8.decode(bytes), (character) => {
      const code = character.codePointAt(0) ?? 0
      if (code < 0x80) return code
      return code >= 0xff61 && code <= 0xff9f ? code - 0xfec0 : noCharacter
    })
  } catch {
    return undefined
  }
}

const isUtf16 = ([first, second]: Uint8Array): boolean =>
  (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)

/** A header's first three digits in EBCDIC. In JIS these bytes are no characters at all. */
const isEbcdic = ([first, second, third]: Uint8Array): boolean =>
  first === 0xf1 && isEbcdicDigit(second) && isEbcdicDigit(third)

const isEbcdicDigit = (byte: number | undefined): boolean =>
  byte !== undefined && byte >= 0xf0 && byte <= 0xf9

const utf16: ZenginFault = {
  rule: 'charset',
  record: 1,
  field: null,
  offset: 0,
  ja: 'UTF-16で保存されています。JIS(Shift_JISの1バイト文字)で作り直してください。',
  en: 'The file is UTF-16. Make it again in JIS (the single bytes of Shift_JIS).',
}

const ebcdic: ZenginFault = {
  rule: 'unsupported_code',
  record: 1,
  field: 'コード区分',
  offset: 3,
  ja: 'EBCDICのファイルです。JIS(コード区分0)で作り直してください。',
  en: 'The file is in EBCDIC. Make it again in JIS (コード区分 0).',
}
