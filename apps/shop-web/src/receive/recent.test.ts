import { expect, test } from 'vitest'
import { withAmount } from './recent.ts'

test('the newest amount comes first, and none comes twice', () => {
  expect(withAmount([500, 800, 300], 800)).toEqual([800, 500, 300])
})

test('only a handful is kept', () => {
  expect(withAmount([1, 2, 3, 4, 5, 6], 7)).toEqual([7, 1, 2, 3, 4, 5])
})
