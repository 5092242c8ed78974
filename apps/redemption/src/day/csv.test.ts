import { yen } from '@minnaken/domain'
import { expect, test } from 'vitest'
import { dayCsv } from './csv.ts'
import type { DayPayment, DayVoid, ShopDay } from './day.ts'

const at = Date.parse('2027-03-10T00:05:09+09:00')
const id = '0195a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b'
const payment: DayPayment = {
  bucket: 1,
  redemptionId: id,
  nonce: new Uint8Array(16),
  amount: yen(800),
  voided: yen(300),
  split: [
    { kind: 'LIMITED', yen: yen(600) },
    { kind: 'COMMON', yen: yen(200) },
  ],
  decidedAt: at,
  tillId: id,
  tillName: '山田',
  isPrinted: false,
}
const back: DayVoid = {
  bucket: 1,
  voidId: id,
  redemptionId: id,
  amount: yen(300),
  split: [
    { kind: 'COMMON', yen: yen(200) },
    { kind: 'LIMITED', yen: yen(100) },
  ],
  isOfEarlierDay: false,
  voidedBy: 'owner',
  reason: '返品、"箱"なし',
  decidedAt: at + 60_000,
}
const day = (changes: Partial<ShopDay> = {}): ShopDay => ({
  payments: [payment],
  voids: [back],
  redeemed: yen(800),
  voided: yen(300),
  earlierVoided: yen(0),
  byKind: [],
  ...changes,
})

test('the day is a table that a spreadsheet in Japan opens, and its amounts add up', () => {
  expect(dayCsv(day())).toBe(
    '\u{feff}' +
      '時刻,種類,受付番号,担当,金額,LIMITED,COMMON,取消済み,理由\r\n' +
      `00:05:09,支払い,1-${id},山田,800,600,200,300,\r\n` +
      `00:06:09,取消,1-${id},店主,-300,-100,-200,,"返品、""箱""なし"\r\n`,
  )
})

test('a void of an earlier day says so, and its kinds are there without a payment of the day', () => {
  expect(dayCsv(day({ payments: [], voids: [{ ...back, isOfEarlierDay: true }] }))).toBe(
    '\u{feff}' +
      '時刻,種類,受付番号,担当,金額,COMMON,LIMITED,取消済み,理由\r\n' +
      `00:06:09,前の日までの支払いの取消,1-${id},店主,-300,-200,-100,,"返品、""箱""なし"\r\n`,
  )
})

test('a day without payments has its head', () => {
  expect(dayCsv(day({ payments: [], voids: [] }))).toBe(
    '\u{feff}時刻,種類,受付番号,担当,金額,取消済み,理由\r\n',
  )
})

test.each(['=HYPERLINK("http://evil.example")', '+1', '-1', '@x', '\tx'])(
  'a member of staff called %j is text and no formula',
  (tillName) => {
    const [, line = ''] = dayCsv(day({ payments: [{ ...payment, tillName }] })).split('\r\n')
    expect(line).toContain(`'${tillName.replaceAll('"', '""')}`)
    expect(line).not.toMatch(/,[=+@\t-]/)
  },
)
