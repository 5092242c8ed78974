import { expect, test } from 'vitest'
import { daysUntil, isIn, lastMomentOf } from './days.ts'

const at = (text: string) => Date.parse(`${text}+09:00`)

test('a period begins with its first moment and ends before its last', () => {
  const period = { from: '2027-02-01T10:00:00+09:00', until: '2027-02-15T00:00:00+09:00' }
  expect(isIn(period, at('2027-02-01T09:59:59'))).toBe(false)
  expect(isIn(period, at('2027-02-01T10:00:00'))).toBe(true)
  expect(isIn(period, at('2027-02-14T23:59:59'))).toBe(true)
  expect(isIn(period, at('2027-02-15T00:00:00'))).toBe(false)
})

test('what ends at midnight is told as the day before', () => {
  expect(new Date(lastMomentOf('2027-02-15T00:00:00+09:00')).toISOString()).toBe(
    '2027-02-14T14:59:59.999Z',
  )
})

test('days are counted by the calendar of Tokyo', () => {
  expect(daysUntil('2027-07-31', at('2027-07-31T23:59:59'))).toBe(0)
  expect(daysUntil('2027-07-31', at('2027-07-31T00:00:00'))).toBe(0)
  expect(daysUntil('2027-07-31', at('2027-07-30T23:59:59'))).toBe(1)
  expect(daysUntil('2027-07-31', at('2027-08-01T00:00:00'))).toBe(-1)
  expect(daysUntil('2027-03-01', at('2027-02-17T12:00:00'))).toBe(12)
})
