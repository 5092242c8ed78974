import { expect, test } from 'vitest'
import { climb } from './capacity.ts'

/** A machine that can do so much, and the rates that it was asked for. */
async function climbOn(most: number, isStalled: (measurement: number) => boolean = () => false) {
  const rates: number[] = []
  const best = await climb({ from: 400, factor: 2, steps: 4 }, async (rate) => {
    rates.push(rate)
    return { rate, isGood: rate <= most && !isStalled(rates.length) }
  })
  return { best: best?.rate ?? null, rates }
}

test('the rate grows until it is too much twice, and the highest that was good is the answer', async () => {
  expect(await climbOn(1_000)).toEqual({ best: 800, rates: [400, 800, 1_600, 1_600] })
  expect(await climbOn(1_000_000)).toEqual({ best: 3_200, rates: [400, 800, 1_600, 3_200] })
})

test('a machine that stalls once is asked again', async () => {
  const { best, rates } = await climbOn(1_000, (measurement) => measurement === 2)
  expect(best).toBe(800)
  expect(rates).toEqual([400, 800, 800, 1_600, 1_600])
})

test('a machine for which the first step is too much is asked for half, and again', async () => {
  expect(await climbOn(150)).toEqual({ best: 100, rates: [400, 400, 200, 200, 100] })
  expect((await climbOn(1)).best).toBeNull()
})
