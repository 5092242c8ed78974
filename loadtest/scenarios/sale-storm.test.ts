import { expect, test } from 'vitest'
import { didCome } from './sale-storm.ts'

test('a storm counts only when no more than two of a hundred people never came', () => {
  expect(didCome({ asked: 55_000, neverCame: 1_100 })).toBe(true)
  expect(didCome({ asked: 55_000, neverCame: 1_101 })).toBe(false)
})
