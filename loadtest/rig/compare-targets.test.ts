import { expect, test } from 'vitest'
import { missedRatios } from './compare-targets.ts'
import { type Round, ratioOf } from './rounds.ts'

const spread = (min: number, max: number) => ({ median: (min + max) / 2, min, max })

test('the best of the rounds meets a ratio: the most throughput, the least CPU', () => {
  const ceiling = { throughput: spread(0.3, 0.6), cpu: spread(1.8, 3) }
  const conventional = { throughput: spread(2, 3), cpu: spread(0.4, 0.9) }
  expect(missedRatios({ ceiling, conventional })).toEqual([])
  const slower = { throughput: spread(2, 2.9), cpu: spread(0.41, 0.9) }
  const missed = missedRatios({ ceiling, conventional: slower })
  expect(missed.map((line) => line.replace(/:.*next:.*/, ''))).toEqual([
    'MISSED CPU a payment, of the conventional design’s <= 0.4 x',
    'MISSED throughput, of the conventional design’s >= 3 x',
  ])
})

test('what was not measured is not missed', () => {
  expect(missedRatios({})).toEqual([])
})

test('rounds are compared with those beside them, not with the middle of all', () => {
  const round = (of: string, perSecond: number, totalUs: number): Round => ({
    of,
    perSecond,
    latency: { p50: 1, p90: 1, p99: 1, max: 1 },
    cpu: { serverUs: 0, postgresUs: 0, totalUs, walBytes: 0 },
    means: {},
    taken: 1,
    count: 1,
  })
  const rounds = [
    round('ours', 100, 20),
    round('other', 50, 40),
    round('ours', 400, 10),
    round('other', 100, 40),
  ]
  expect(ratioOf(rounds, 'ours', 'other')).toEqual({
    throughput: { median: 4, min: 2, max: 4 },
    cpu: { median: 0.5, min: 0.25, max: 0.5 },
  })
})
