import type { JstDate } from '@minnaken/domain'
import type { ZenginFault } from './fault.ts'
import { headerLayout } from './layout.ts'
import { walkRecords } from './record-walk.ts'
import { sourceText, type SourceText } from './source-text.ts'
import { splitRecords } from './split.ts'
import type { ZenginFile } from './zengin-file.ts'

export type CheckedFile =
  | (Readonly<{ valid: true; faults: readonly [] }> & ZenginFile)
  | Readonly<{ valid: false; faults: readonly ZenginFault[] }>

/**
 * Reads a 総合振込 file and tells what it says, or everything that is wrong with it.
 *
 * All faults are told, in the order of the file, except those that a wrong length would make up:
 * a record of the wrong length is not read, and without separators nothing after it is.
 *
 * The file has no year, so of the days on which banks are closed only 31 December to 3 January
 * can be seen here; they are no 振込指定日 in any year. With `madeOn`, the day the file was made,
 * a day that does not exist next (0229) is a fault; without, 0229 passes.
 */
export function checkZengin(
  file: Uint8Array,
  { madeOn }: Readonly<{ madeOn?: JstDate }> = {},
): CheckedFile {
  const source = sourceText(file)
  if (source.unreadable) return { valid: false, faults: [source.unreadable] }
  const split = splitRecords(source.bytes)
  const { separator, trailingSeparator, records } = split
  const walked = walkRecords(records, madeOn)
  const { endRecord = Infinity } = walked
  const lengths = split.faults.filter(({ record }) => record <= endRecord)
  const faults = [...encodingFaults(source, records), ...lengths, ...walked.faults]
  if (walked.endRecord === undefined && !split.isCutShort) faults.push(noEnd(records.length + 1))
  if (faults.length > 0) return { valid: false, faults: faults.toSorted(byPlace) }
  return {
    valid: true,
    separator,
    trailingSeparator,
    records: records.length,
    batches: walked.batches,
    faults: [],
  }
}

const byPlace = (a: ZenginFault, b: ZenginFault): number =>
  a.record - b.record || a.offset - b.offset

function encodingFaults(
  { bytes, foreignAt, hasByteOrderMark }: SourceText,
  records: readonly Uint8Array[],
): readonly ZenginFault[] {
  const faults: ZenginFault[] = []
  if (hasByteOrderMark) faults.push(byteOrderMark)
  if (foreignAt !== undefined) {
    const at = bytes.byteOffset + foreignAt
    const index = records.findIndex((record) => at < record.byteOffset + record.length)
    const offset = Math.max(0, at - (records[index]?.byteOffset ?? at))
    faults.push({ ...utf8, record: Math.max(1, index + 1), offset })
  }
  return faults
}

const byteOrderMark: ZenginFault = {
  rule: 'charset',
  record: 1,
  field: headerLayout[0]?.name ?? null,
  offset: 0,
  ja: 'ファイルの先頭にBOM(EF BB BF)があります。取り除いてください。',
  en: 'The file begins with a byte order mark (EF BB BF). Take it away.',
}

const utf8: Omit<ZenginFault, 'record' | 'offset'> = {
  rule: 'charset',
  field: null,
  ja: 'UTF-8で保存されています。JIS(Shift_JISの1バイト文字)で作り直してください。',
  en: 'The file is UTF-8. Make it again in JIS (the single bytes of Shift_JIS).',
}

const noEnd = (record: number): ZenginFault => ({
  rule: 'no_end',
  record,
  field: headerLayout[0]?.name ?? null,
  offset: 0,
  ja: 'エンド・レコード(9)がないまま、ファイルが終わっています。',
  en: 'The file ends without its end record (9).',
})
