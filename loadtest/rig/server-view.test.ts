import { expect, test } from 'vitest'
import { parseSamples } from './metrics.ts'
import { servedWithin } from './server-view.ts'

const ROUTE = '/v1/redemptions'

/** A page with so many answers within 10 ms, within 100 ms and in all, and as many refusals within 10. */
const page = (at: number, [fast, slow, all]: readonly [number, number, number], refused = 0) => ({
  at,
  samples: parseSamples(
    [
      ...[
        ['0.01', fast],
        ['0.1', slow],
        ['+Inf', all],
      ].map(
        ([le, count]) =>
          `minnaken_http_request_seconds_bucket{method="POST",route="${ROUTE}",status="201",le="${le}"} ${count}`,
      ),
      ...['0.01', '0.1', '+Inf'].map(
        (le) =>
          `minnaken_http_request_seconds_bucket{method="POST",route="${ROUTE}",status="503",le="${le}"} ${refused}`,
      ),
      `minnaken_http_request_seconds_bucket{method="GET",route="/metrics",status="200",le="0.01"} 9999`,
    ].join('\n'),
  ),
})

const pages = [
  page(1_000, [100, 100, 100]),
  page(2_000, [150, 200, 200]),
  page(3_000, [150, 200, 300]),
]
const within = (from: number, until: number, quantile: number) =>
  servedWithin(pages, { route: ROUTE, from, until, quantile })

test('a quantile is that of the answers between two moments, not of all there ever were', () => {
  expect(within(1_000, 2_000, 0.5)).toBe(10)
  expect(within(1_000, 2_000, 1)).toBe(100)
  expect(within(1_000, 2_000, 0.75)).toBe(55)
  // Beyond the last bound all that is known is that it was longer.
  expect(within(2_000, 3_000, 0.5)).toBe(100)
})

test('answers of every status count, and a service that was not asked has no latency', () => {
  const refusals = [page(0, [0, 0, 0]), page(1_000, [0, 100, 100], 100)]
  expect(servedWithin(refusals, { route: ROUTE, from: 0, until: 1_000, quantile: 0.5 })).toBe(10)
  expect(within(2_500, 2_900, 0.99)).toBeNull()
  expect(servedWithin([], { route: ROUTE, from: 0, until: 1, quantile: 0.99 })).toBeNull()
})
