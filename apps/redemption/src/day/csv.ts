import { type Instant, bucketedId } from '@minnaken/domain'
import type { Split } from '../redeem/facts.ts'
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
 * below zero, so that the column of amounts adds up to the day's total, and those of the kinds to
 * it too. A void of an earlier day's payment is named as one.
 *
 * A name or reason that a spreadsheet would take for a formula is written as text.
 */
export function dayCsv({ payments, voids }: ShopDay): string {
  const splits = [...payments, ...voids].flatMap(({ split }) => split)
  const kinds = [...new Set(splits.map(({ kind }) => kind))]
  const eachOf = (split: Split) =>
    kinds.map((kind) => split.find((part) => part.kind === kind)?.yen ?? 0)
  const lines: (string | number)[][] = [
    ['時刻', '種類', '受付番号', '担当', '金額', ...kinds, '取消済み', '理由'],
    ...payments.map((it) => [
      timeOf(it.decidedAt),
      '支払い',
      bucketedId(it.bucket, it.redemptionId),
      it.tillName,
      it.amount,
      ...eachOf(it.split),
      it.voided,
      '',
    ]),
    ...voids.map((it) => [
      timeOf(it.decidedAt),
      it.isOfEarlierDay ? '前の日までの支払いの取消' : '取消',
      bucketedId(it.bucket, it.redemptionId),
      voiders[it.voidedBy],
      0 - it.amount,
      ...eachOf(it.split).map((yen) => 0 - yen),
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
