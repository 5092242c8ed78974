import { type Instant, bucketedId } from '@minnaken/domain'
import type { ShopDay } from './day.ts'

/** Excel in Japan reads UTF-8 only when a file says so in its first bytes. */
const BOM = '\u{feff}'

const timeInJapan = new Intl.DateTimeFormat('ja-JP', {
  timeZone: 'Asia/Tokyo',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})

/**
 * The day as a table for the shop's own books: every payment, then every void of the day as a line
 * below zero, so that the column of amounts adds up to the day's total.
 *
 * A name or reason that a spreadsheet would take for a formula is written as text.
 */
export function dayCsv({ payments, voids }: ShopDay): string {
  const kinds = [...new Set(payments.flatMap(({ split }) => split.map(({ kind }) => kind)))]
  const lines: (string | number)[][] = [
    ['時刻', '種類', '受付番号', '担当', '金額', ...kinds, '取消済み', '理由'],
    ...payments.map((it) => [
      timeOf(it.decidedAt),
      '支払い',
      bucketedId(it.bucket, it.redemptionId),
      it.tillName,
      it.amount,
      ...kinds.map((kind) => it.split.find((part) => part.kind === kind)?.yen ?? 0),
      it.voided,
      '',
    ]),
    ...voids.map((it) => [
      timeOf(it.decidedAt),
      '取消',
      bucketedId(it.bucket, it.redemptionId),
      voiders[it.voidedBy],
      0 - it.amount,
      ...kinds.map(() => ''),
      '',
      it.reason,
    ]),
  ]
  return BOM + lines.map((line) => `${line.map(cellOf).join(',')}\r\n`).join('')
}

const voiders = { staff: 'スタッフ', owner: '店主', federation: '事務局' } as const

const timeOf = (at: Instant): string => timeInJapan.format(at)

function cellOf(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
