import { expect, test } from 'vitest'
import { lagSeconds } from './metrics-process.ts'

test.each([
  ['looks that came on time', 10_000_000, 0],
  ['a look that came early', 9_158_656, 0],
  ['no look at all', 0, 0],
  ['a look that came 100 ms late', 110_000_000, 0.1],
])('%s: %i ns are a lag of %f s', (_, nanoseconds, seconds) => {
  expect(lagSeconds(nanoseconds)).toBeCloseTo(seconds, 9)
})
