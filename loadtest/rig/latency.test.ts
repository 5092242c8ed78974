import { expect, test } from 'vitest'
import { latencyOf, spreadOf } from './latency.ts'

test('a percentile is the smallest value that so many percent do not exceed', () => {
  const values = Array.from({ length: 1_000 }, (_, place) => 1_000 - place)
  expect(latencyOf(values)).toEqual({ p50: 500, p90: 900, p99: 990, max: 1_000 })
  expect(latencyOf([7])).toEqual({ p50: 7, p90: 7, p99: 7, max: 7 })
  expect(latencyOf([])).toEqual({ p50: 0, p90: 0, p99: 0, max: 0 })
})

test('a spread has the middle value, not the mean', () => {
  expect(spreadOf([9, 1, 2])).toEqual({ median: 2, min: 1, max: 9 })
})
