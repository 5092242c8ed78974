import type { ZenginFault } from './fault.ts'
import { recordBytes } from './layout.ts'

export type Separator = 'crlf' | 'none'

export type SplitFile = Readonly<{
  separator: Separator
  trailingSeparator: boolean
  records: readonly Uint8Array[]
  faults: readonly ZenginFault[]
  /** A record of the wrong length made what comes after it unreadable. */
  isCutShort: boolean
}>

const cr = 0x0d
const lf = 0x0a
const space = 0x20

/** How many bytes at the end of each kind of record are always spaces. */
const fillerBytes: Readonly<Record<number, number>> = { 0x31: 17, 0x32: 7, 0x38: 101, 0x39: 119 }

const isRecordKind = (byte: number | undefined): boolean =>
  byte !== undefined && byte in fillerBytes

/**
 * Cuts a file into its records.
 *
 * Accepted are records one after another without a separator, or with CRLF between them, with or
 * without a last one (zengin.md §1; a CRLF only at the end of a file that has no others is neither).
 * LF alone and CR alone are faults, told once each; the records are still read.
 *
 * A line break counts as a separator where a record is full, or where a new record follows it;
 * elsewhere it is a character in a field, and the field says that it may not stand there.
 */
export function splitRecords(bytes: Uint8Array): SplitFile {
  const hasBreak = bytes.some((byte) => byte === cr || byte === lf)
  const lines = hasBreak && !isUnseparated(bytes) ? splitLines(bytes) : undefined
  return lines ?? splitBlocks(bytes)
}

function isUnseparated(bytes: Uint8Array): boolean {
  if (bytes.length % recordBytes !== 0) return false
  for (let at = 0; at < bytes.length; at += recordBytes) if (!isRecordKind(bytes[at])) return false
  return true
}

type Break = 'crlf' | 'lf' | 'cr' | 'missing' | 'end'

const breakBytes: Readonly<Record<Break, number>> = { crlf: 2, lf: 1, cr: 1, missing: 0, end: 0 }

/** Cuts a file at its line breaks; undefined if none of them stands between records. */
function splitLines(bytes: Uint8Array): SplitFile | undefined {
  const records: Uint8Array[] = []
  const breaks: Break[] = []
  const faults: ZenginFault[] = []
  for (let at = 0; at < bytes.length;) {
    const end = endOfLine(bytes, at)
    const line = bytes.subarray(at, end)
    const pieces = fullRecords(line)
    for (const piece of pieces ?? [line]) {
      if (piece.length !== recordBytes) faults.push(wrongLength(records.length + 1, piece.length))
      records.push(piece)
      breaks.push('missing')
    }
    const found = breakAt(bytes, end)
    breaks[breaks.length - 1] = found
    at = end + breakBytes[found]
  }
  if (breaks.every((found) => found === 'end' || found === 'missing')) return undefined
  return {
    separator: 'crlf',
    trailingSeparator: breaks.at(-1) === 'crlf',
    records,
    faults: [...faults, ...separatorFaults(breaks)],
    isCutShort: false,
  }
}

function endOfLine(bytes: Uint8Array, start: number): number {
  const full = start + recordBytes
  for (let at = start; at < bytes.length; at += 1) {
    const found = breakAt(bytes, at)
    if (at === full && found !== 'missing') return at
    if (found === 'missing') continue
    const next = at + breakBytes[found]
    if (next === bytes.length || isRecordKind(bytes[next])) return at
  }
  return bytes.length
}

function breakAt(bytes: Uint8Array, at: number): Break {
  if (at >= bytes.length) return 'end'
  if (bytes[at] === lf) return 'lf'
  if (bytes[at] !== cr) return 'missing'
  return bytes[at + 1] === lf ? 'crlf' : 'cr'
}

/** The records of a line that holds several, one after another; undefined if it does not. */
function fullRecords(line: Uint8Array): readonly Uint8Array[] | undefined {
  return line.length > 0 && isUnseparated(line) ? blocksOf(line) : undefined
}

const separatorWords = {
  lf: ['区切りがLFだけです', 'LF alone separates the records'],
  cr: ['区切りがCRだけです', 'CR alone separates the records'],
  missing: ['ここに区切り(CRLF)がありません', 'There is no separator (CRLF) here'],
} as const

function separatorFaults(breaks: readonly Break[]): readonly ZenginFault[] {
  const kinds = ['lf', 'cr', 'missing'] as const
  return kinds.flatMap((kind): ZenginFault[] => {
    const index = breaks.indexOf(kind)
    if (index < 0) return []
    const count = breaks.filter((found) => found === kind).length
    const [ja, en] = separatorWords[kind]
    return [
      {
        rule: 'separator',
        record: index + 1,
        field: null,
        offset: recordBytes,
        ja: `${ja}(${count}か所)。CRLFか、区切りなしにしてください。`,
        en: `${en} (${count} times). Use CRLF, or no separator at all.`,
      },
    ]
  })
}

const wrongLength = (record: number, length: number): ZenginFault => ({
  rule: 'record_length',
  record,
  field: null,
  offset: Math.min(length, recordBytes),
  ja: `レコードが${length}バイトです。${recordBytes}バイトでなければなりません。`,
  en: `The record is ${length} bytes long; it must be ${recordBytes}.`,
})

const blocksOf = (bytes: Uint8Array): Uint8Array[] =>
  Array.from({ length: Math.ceil(bytes.length / recordBytes) }, (_block, index) =>
    bytes.subarray(index * recordBytes, (index + 1) * recordBytes),
  )

/**
 * Cuts a file without separators. What follows an end record is left for the reader to refuse.
 *
 * A byte too many or too few moves all that follows, so the record where it happened is looked
 * for by its spaces at the end and by the first byte of the next, and nothing after it is read:
 * the faults found there would be nonsense.
 */
function splitBlocks(bytes: Uint8Array): SplitFile {
  const blocks = blocksOf(bytes)
  const end = blocks.findIndex(isEndRecord)
  const shifted = firstShifted(end < 0 ? blocks : blocks.slice(0, end + 1))
  const isCutShort = shifted !== undefined
  const records = isCutShort ? blocks.slice(0, shifted) : blocks
  const faults = isCutShort ? [shiftedRecord(shifted + 1, bytes.length)] : []
  return { separator: 'none', trailingSeparator: false, records, faults, isCutShort }
}

function firstShifted(blocks: readonly Uint8Array[]): number | undefined {
  const isUneven = blocks.at(-1)?.length !== recordBytes
  for (const [index, block] of blocks.entries()) {
    if (block.length < recordBytes) return index
    const isStrange = !isRecordKind(block[0])
    const next = blocks[index + 1]
    const isNextStrange = next !== undefined && !isRecordKind(next[0])
    if (isStrange && (isUneven || isNextStrange)) return Math.max(0, index - 1)
    if (isStrange || isFilled(block)) continue
    const isNextUnfilled = next !== undefined && !isFilled(next)
    if (isUneven || isNextStrange || (isNextUnfilled && endsInRecord(block))) return index
  }
  return undefined
}

const fillerOf = (block: Uint8Array): Uint8Array =>
  block.subarray(recordBytes - (fillerBytes[block[0] ?? 0] ?? 0))

const isFilled = (block: Uint8Array): boolean => fillerOf(block).every((byte) => byte === space)

/** Whether the next record seems to begin before this one should end. */
const endsInRecord = (block: Uint8Array): boolean =>
  isRecordKind(fillerOf(block).find((byte) => byte !== space))

const isEndRecord = (block: Uint8Array): boolean =>
  block.length === recordBytes && block[0] === 0x39 && isFilled(block)

const shiftedRecord = (record: number, fileBytes: number): ZenginFault => ({
  rule: 'record_length',
  record,
  field: null,
  offset: 0,
  ja: `このレコードは${recordBytes}バイトではありません(ファイルは${fileBytes}バイト)。この後は読めません。`,
  en: `This record is not ${recordBytes} bytes long (the file has ${fileBytes}). What follows cannot be read.`,
})
