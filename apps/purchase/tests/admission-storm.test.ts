import { describe, expect, test } from 'vitest'
import { type Plan, storm } from './_storm.ts'

/** Two hands and a fortieth of a second for each: eighty in a second. */
const service = { hands: 2, workMs: 25 } as const
const quiet = { perSecond: 2, seconds: 3 } as const

const mixes = [2, 10, 50, 100].flatMap((stay) => [1.1, 2, 5].map((times) => ({ stay, times })))

describe.each(mixes)('$stay of 100 stay, and $times times as many come as can be served', (mix) => {
  const plan: Plan = {
    ...service,
    stay: mix.stay,
    arrivals: [quiet, { perSecond: 80 * mix.times, seconds: 20 }],
  }

  test('the service is kept busy, and no busier than it can be', async () => {
    const came = await storm(plan, 30)
    const { seconds, share, worst } = came.busy(5)
    expect(seconds).toBeGreaterThanOrEqual(5)
    expect(share).toBeGreaterThan(0.9)
    expect(worst).toBeGreaterThan(0.5)
    expect(came.mostAtWork).toBeLessThanOrEqual(came.settings.inFlightMax)
    // Those who came first are let in first, as far as they are there.
    expect(came.total('overtaken') / came.total('refused')).toBeLessThan(0.05)
  })
})

test('a thousand who come within eight seconds to a slow start are nearly all served', async () => {
  const came = await storm(
    {
      hands: 2,
      workMs: 15,
      stay: 2,
      slow: { from: 0, until: 2, workMs: 60 },
      arrivals: [{ perSecond: 125, seconds: 8 }],
    },
    30,
  )
  expect(came.order.length).toBeGreaterThan(900)
  expect(came.busy(3).share).toBeGreaterThan(0.9)
})

test('when work is slow for three seconds, the service is busy again in the next', async () => {
  const came = await storm(
    {
      ...service,
      stay: 10,
      slow: { from: 8, until: 11, workMs: 400 },
      arrivals: [quiet, { perSecond: 200, seconds: 20 }],
    },
    23,
  )
  // What was begun slowly has to end first: as many as can be, by two hands.
  const recovered = 11 + Math.ceil((came.settings.inFlightMax / 2) * 0.4) + 1
  expect(came.seconds.slice(9, 11).every(({ finished }) => finished < 20)).toBe(true)
  expect(came.busy(recovered).share).toBeGreaterThan(0.95)
})

test.each([50, 100])('with %i of 100 who wait on the page, and come later', async (stay) => {
  const arrivals = [quiet, { perSecond: 160, seconds: 30 }]
  const came = await storm({ ...service, stay, onPage: true, arrivals }, 33)
  // The first of them come some seconds after the line began.
  expect(came.busy(10).share).toBeGreaterThan(0.8)
  // A turn is not waited for twice: some more than that may come in.
  expect(came.mostAtWork).toBeLessThanOrEqual(came.settings.inFlightMax * 2)
})

test('a moment of too many lets only those wait for whom there is no room', async () => {
  const arrivals = [
    { perSecond: 60, seconds: 5 },
    { perSecond: 1_000, seconds: 0.04 },
    { perSecond: 60, seconds: 10 },
  ]
  const came = await storm({ ...service, stay: 100, arrivals }, 30)
  const tooMany = 40 - came.settings.inFlightMax
  expect(came.total('refused')).toBeLessThanOrEqual(tooMany)
  expect(came.order).toHaveLength(940)
})
