import { expect, test } from 'vitest'
import { Pace, type PaceSettings } from './pace.ts'

const settings: PaceSettings = {
  inFlightMax: 64,
  slowMs: 500,
  perSecondMin: 10,
  perSecondMax: 1_000,
}

const done = { ms: 10, wasOverloaded: false }

/** Lets so many in and out within a second, and calls while it does. */
function second(
  pace: Pace,
  from: number,
  each: Readonly<{ count: number; ms?: number; wasOverloaded?: boolean; calls?: boolean }>,
): void {
  const { count, ms = 10, wasOverloaded = false, calls = true } = each
  for (let n = 0; n < count; n++) {
    const at = from + (n * 1_000) / count
    if (calls) pace.takeCredit(at)
    pace.begin(at)
    pace.end({ ms, wasOverloaded }, at)
  }
}

test('while nobody waits the pace is what is being finished', () => {
  const pace = new Pace(settings, 0)
  for (let at = 0; at < 5; at++) second(pace, at * 1_000, { count: 300, calls: false })
  pace.begin(5_000)
  expect(pace.perSecond).toBeCloseTo(240, 0)
})

test('a second without pressure brings it up a little, and more while hardly anybody is at work', () => {
  const pace = new Pace(settings, 0)
  for (let at = 0; at < 3; at++) second(pace, at * 1_000, { count: 100 })
  const before = pace.perSecond
  second(pace, 3_000, { count: 100 })
  expect(pace.perSecond / before).toBeCloseTo(1.5)
  pace.takeCredit(4_000)
  for (let n = 0; n < 40; n++) pace.begin(4_000)
  const busy = pace.perSecond
  second(pace, 5_000, { count: 100 })
  expect(pace.perSecond / busy).toBeCloseTo(1.15)
})

test.each<[string, (pace: Pace, at: number) => void]>([
  [
    'as many at work as can be',
    (pace, at) => {
      for (let n = 0; n < 64; n++) pace.begin(at)
      for (let n = 0; n < 64; n++) pace.end(done, at)
    },
  ],
  ['slow work', (pace, at) => second(pace, at, { count: 20, ms: 501 })],
  [
    'one who found the service too busy',
    (pace, at) => second(pace, at, { count: 1, wasOverloaded: true }),
  ],
])('%s brings it down, by half at most', (_, press) => {
  const pace = new Pace(settings, 0)
  for (let at = 0; at < 6; at++) second(pace, at * 1_000, { count: 100 })
  const before = pace.perSecond
  press(pace, 6_000)
  pace.takeCredit(6_000)
  pace.takeCredit(7_000)
  expect(pace.perSecond).toBeLessThan(before)
  expect(pace.perSecond).toBeGreaterThanOrEqual(before / 2)
})

test('it never leaves its limits, so that the line always moves', () => {
  const pace = new Pace(settings, 0)
  for (let at = 0; at < 60; at++) {
    second(pace, at * 1_000, { count: 2 })
    expect(pace.perSecond).toBeLessThanOrEqual(1_000)
  }
  for (let at = 60; at < 120; at++) {
    second(pace, at * 1_000, { count: 2, wasOverloaded: true })
    expect(pace.perSecond).toBeGreaterThanOrEqual(10)
  }
})

test('a pause saves up a second of calls and no more, and a full service calls nobody', () => {
  const pace = new Pace({ ...settings, perSecondMin: 20, perSecondMax: 20 }, 0)
  expect(pace.takeCredit(600_000)).toBe(20)
  expect(pace.takeCredit(600_100)).toBe(2)
  pace.giveBack(2)
  expect(pace.takeCredit(600_100)).toBe(2)
  for (let n = 0; n < 64; n++) pace.begin(600_100)
  expect(pace.takeCredit(601_100)).toBe(0)
})

/** People who come some seconds after they are called, and a service of four hands, 10 ms a piece. */
function simulate(seconds: number): { finishedPerSecond: number; waitingMsMax: number } {
  const pace = new Pace(settings, 0)
  const arrivals: number[] = []
  const hands = [0, 0, 0, 0]
  const atWork: { until: number; ms: number }[] = []
  let [finished, waitingMsMax, dice] = [0, 0, 1]
  for (let now = 0; now < seconds * 1_000; now += 5) {
    for (let called = pace.takeCredit(now); called > 0; called--) {
      dice = (dice * 48_271) % 2_147_483_647
      arrivals.push(now + (dice % 4_000))
    }
    for (const [n, at] of [...arrivals.entries()].toReversed()) {
      if (at > now) continue
      arrivals.splice(n, 1)
      const hand = hands.indexOf(Math.min(...hands))
      const until = Math.max(now, hands[hand] ?? 0) + 10
      hands[hand] = until
      pace.begin(now)
      atWork.push({ until, ms: until - now })
    }
    for (const [n, { until, ms }] of [...atWork.entries()].toReversed()) {
      if (until > now) continue
      atWork.splice(n, 1)
      pace.end({ ms, wasOverloaded: false }, now)
      if (now < 20_000) continue
      finished += 1
      waitingMsMax = Math.max(waitingMsMax, ms)
    }
  }
  return { finishedPerSecond: finished / (seconds - 20), waitingMsMax }
}

test('with people who come late, the pace settles near what four hands can do', () => {
  const { finishedPerSecond, waitingMsMax } = simulate(120)
  expect(finishedPerSecond).toBeGreaterThan(400 * 0.7)
  expect(finishedPerSecond).toBeLessThanOrEqual(400)
  expect(waitingMsMax).toBeLessThan(2_000)
})
