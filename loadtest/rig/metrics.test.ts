import { expect, test } from 'vitest'
import { growth, means, parseSamples } from './metrics.ts'

const page = (count: number, sum: number, label = 'queue="first"'): string => `
# HELP batch_size Payments in a batch
# TYPE batch_size histogram
batch_size_bucket{${label},le="8"} ${count}
batch_size_sum{${label}} ${sum}
batch_size_count{${label}} ${count}
lag_seconds 0.25
`

test('what grew between two looks is counted, and what was measured has its mean', () => {
  const grown = growth(parseSamples(page(10, 80)), parseSamples(page(14, 120)))
  expect(grown).toEqual({
    'batch_size_sum{queue="first"}': 40,
    'batch_size_count{queue="first"}': 4,
  })
  expect(means(grown)).toEqual({ 'batch_size_mean{queue="first"}': 10 })
})

test('a label may hold anything, also what looks like the end of labels', () => {
  const samples = parseSamples('seen_count{route="/v1/{id} x"} 3\nseen_sum{route="/v1/{id} x"} 6\n')
  expect(means(growth(new Map(), samples))).toEqual({ 'seen_mean{route="/v1/{id} x"}': 2 })
})
