import { assert, array, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { BatchCost } from './batch-cost.ts'

const learned = (sizes: readonly number[], msOf: (size: number) => number): BatchCost => {
  const cost = new BatchCost(10)
  for (const size of sizes) cost.saw({ size, ms: msOf(size) })
  return cost
}

const small = [1, 3, 2, 5, 1, 4, 2, 8, 3, 1, 6, 2].flatMap((size) => [size, size, size, size])

test('small batches tell how long a full one takes where every request costs', () => {
  const cost = learned(small, (size) => 3 + size * 4)
  expect(cost.ofMs({ batches: 1, requests: 256 })).toBeCloseTo(3 + 256 * 4, -1)
})

test('and where only the batch does', () => {
  const cost = learned(small, () => 5)
  expect(cost.ofMs({ batches: 4, requests: 1_000 })).toBeCloseTo(20, 0)
})

test('one that stood still for a moment makes no request expensive', () => {
  const cost = learned([...small, 1], (size) => 3 + size * 0.2)
  cost.saw({ size: 1, ms: 400 })
  expect(cost.ofMs({ batches: 4, requests: 1_000 })).toBeLessThan(4 * 100)
})

test('batches of one size tell about the batch', () => {
  const cost = learned(
    Array.from({ length: 60 }, () => 256),
    () => 300,
  )
  expect(cost.ofMs({ batches: 2, requests: 512 })).toBeCloseTo(600, -1)
})

test('nothing costs less than nothing, and more never costs less', () => {
  const seen = array(
    integer({ min: 1, max: 256 }).chain((size) =>
      integer({ min: 0, max: 2_000 }).map((ms) => ({ size, ms })),
    ),
    {
      maxLength: 60,
    },
  )
  assert(
    property(seen, integer({ min: 0, max: 2_000 }), (batches, requests) => {
      const cost = new BatchCost(10)
      for (const batch of batches) cost.saw(batch)
      const some = cost.ofMs({ batches: 1, requests })
      expect(some).toBeGreaterThanOrEqual(0)
      expect(cost.ofMs({ batches: 1, requests: requests + 1 })).toBeGreaterThanOrEqual(some)
    }),
    { numRuns: 300 },
  )
})
