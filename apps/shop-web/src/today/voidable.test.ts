import { expect, test } from 'vitest'
import type { DayPayment } from './day.ts'
import { dayBefore, tokyoDate } from './day.ts'
import { STAFF_VOID_MS, voidableBy } from './voidable.ts'

const AT = Date.parse('2027-02-14T12:00:00+09:00')

const payment = (changes: Partial<DayPayment> = {}): DayPayment => ({
  redemptionId: '0-1',
  amountYen: 800,
  voidedYen: 0,
  split: [],
  acceptedAt: new Date(AT).toISOString(),
  tillId: 'till',
  tillName: 'レジ',
  isPrinted: false,
  ...changes,
})

test('staff void within fifteen minutes, the owner later too, and nobody twice', () => {
  const late = { now: AT + STAFF_VOID_MS, isOwner: false }
  expect(voidableBy(payment(), { ...late, now: late.now - 1 })).toBe('staff')
  expect(voidableBy(payment(), late)).toBe('owner_only')
  expect(voidableBy(payment(), { ...late, isOwner: true })).toBe('owner')
  expect(voidableBy(payment({ voidedYen: 800 }), { now: AT, isOwner: true })).toBe('nobody')
})

test('a day is a day in Tokyo', () => {
  expect(tokyoDate(Date.parse('2027-02-14T15:00:00Z'))).toBe('2027-02-15')
  expect(dayBefore('2027-03-01')).toBe('2027-02-28')
  expect(dayBefore('2027-02-14', -1)).toBe('2027-02-15')
})
