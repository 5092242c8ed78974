import { expect, test } from 'vitest'
import { byMonth, receiptOf } from './by-month.ts'

test('entries stand under the month of their business day', () => {
  const entries = ['2027-03-01', '2027-02-28', '2027-02-01'].map((businessDate) => ({
    businessDate,
  }))
  expect(byMonth(entries).map(({ month, entries: list }) => [month, list.length])).toEqual([
    ['2027-03', 1],
    ['2027-02', 2],
  ])
})

const paid = { kind: 'payment', redemptionId: 'r', yen: 800 } as const
const back = { kind: 'void', redemptionId: 'r', yen: 300 } as const
const other = { kind: 'payment', redemptionId: 's', yen: 100 } as const

test('a receipt says what came back and what is left', () => {
  expect(receiptOf([back, paid, other, { ...back, yen: 100 }], 'r')).toEqual({
    payment: paid,
    voids: [back, { ...back, yen: 100 }],
    leftYen: 400,
  })
  expect(receiptOf([paid], 'r')?.leftYen).toBe(800)
})

test('a payment that is not in the list yet has no receipt', () => {
  expect(receiptOf([back], 'r')).toBeNull()
})
