import { expect, test } from 'vitest'
import { wasSent } from './asked.ts'
import { isWhole } from './steady.ts'

test('a load counts only when at least 99 of 100 of what was asked for was sent', () => {
  expect(wasSent({ asked: 55_000, sent: 54_450 })).toBe(true)
  expect(wasSent({ asked: 55_000, sent: 54_449 })).toBe(false)
})

test('a steady load is whole when all that was asked for was sent, and all that was sent was taken', () => {
  const whole = { asked: 1_000, sent: 1_001, taken: 1_001, dropped: 0 }
  expect(isWhole(whole)).toBe(true)
  expect(isWhole({ ...whole, taken: 1_000 })).toBe(false)
  expect(isWhole({ ...whole, dropped: 1 })).toBe(false)
  // Those that never started were neither refused nor dropped.
  expect(isWhole({ ...whole, sent: 900, taken: 900 })).toBe(false)
})
