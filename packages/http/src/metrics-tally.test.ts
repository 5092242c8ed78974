import { expect, test } from 'vitest'
import { tallyFamily } from './metrics-tally.ts'

const of = { name: 'size', help: 'How big.', bounds: [1, 2.5, 10], always: { service: 'test' } }

test('an amount counts up to its own bound and every larger one', () => {
  const family = tallyFamily(of)
  const tally = family.member({ queue: 'first' })
  for (const amount of [0, 1, 1.5, 2.5, 2.6, 10, 11, 1e9]) tally(amount)
  expect(family.text()).toBe(`# HELP size How big.
# TYPE size histogram
size_bucket{queue="first",service="test",le="1"} 2
size_bucket{queue="first",service="test",le="2.5"} 4
size_bucket{queue="first",service="test",le="10"} 6
size_bucket{queue="first",service="test",le="+Inf"} 8
size_sum{queue="first",service="test"} 1000000028.6
size_count{queue="first",service="test"} 8
`)
})

test('members count apart, and are there at zero', () => {
  const family = tallyFamily(of)
  family.member({ queue: 'first' })(2)
  family.member({ queue: 'second' })
  expect(family.text()).toContain('size_count{queue="first",service="test"} 1\n')
  expect(family.text()).toContain('size_count{queue="second",service="test"} 0\n')
})
