import { expect, test } from 'vitest'
import { Pace, type PaceSettings } from './pace.ts'

const settings: PaceSettings = {
  inFlightMax: 64,
  slowMs: 500,
  perSecondMin: 10,
  perSecondMax: 1_000,
}

const done = { ms: 10, wasOverloaded: false }

/** One person asks, who is next. */
const ask = (pace: Pace, now: number, more: { number?: number; expected?: number } = {}) => {
  const { number = 1, expected = 0 } = more
  return pace.admits(number, { now, length: 100_000, expected, comesLater: false })
}

/** How many of those who are next can come in now. */
function admitted(pace: Pace, now: number): number {
  let count = 0
  while (ask(pace, now)) count += 1
  return count
}

/** Lets so many in and out within a second, while more ask. */
function second(
  pace: Pace,
  from: number,
  each: Readonly<{ count: number; ms?: number; wasOverloaded?: boolean; isRush?: boolean }>,
): void {
  const { count, ms = 10, wasOverloaded = false, isRush = true } = each
  for (let n = 0; n < count; n++) {
    const at = from + (n * 1_000) / count
    if (isRush) admitted(pace, at)
    pace.begin(at)
    pace.end({ ms, wasOverloaded }, at)
  }
}

test('the pace is at least what is finished while nobody waits', () => {
  const pace = new Pace(settings, 0)
  second(pace, 0, { count: 300, isRush: false })
  second(pace, 1_000, { count: 20, isRush: false })
  pace.begin(2_000)
  expect(pace.perSecond).toBeCloseTo(300, 0)
})

test('a second without pressure brings it up a little, and more while hardly anybody is at work', () => {
  const pace = new Pace(settings, 0)
  for (let at = 0; at < 3; at++) second(pace, at * 1_000, { count: 100 })
  const before = pace.perSecond
  second(pace, 3_000, { count: 100 })
  expect(pace.perSecond / before).toBeCloseTo(1.5)
  for (let n = 0; n < 40; n++) pace.begin(4_000)
  const busy = pace.perSecond
  second(pace, 4_000, { count: 600 })
  admitted(pace, 5_000)
  expect(pace.perSecond / busy).toBeGreaterThan(1)
  expect(pace.perSecond / busy).toBeLessThan(1.1)
})

test('nobody is let in faster because those who were are still on their way', () => {
  const pace = new Pace(settings, 0)
  let expected = 0
  for (let at = 0; at < 10_000; at += 10) if (ask(pace, at, { number: 1, expected })) expected += 1
  expect(pace.perSecond).toBe(10)
  expect(expected).toBeLessThan(settings.inFlightMax / 2 + 10 * 11)
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
  ask(pace, 6_000)
  const before = pace.perSecond
  press(pace, 6_000)
  ask(pace, 6_000)
  ask(pace, 7_000)
  expect(pace.perSecond).toBeLessThan(before)
  expect(pace.perSecond).toBeGreaterThanOrEqual(before / 2)
})

test('a service that stays full is let in what it finishes', () => {
  const pace = new Pace(settings, 0)
  second(pace, 0, { count: 300, isRush: false })
  for (let n = 0; n < 64; n++) pace.begin(1_000)
  for (let at = 1_000; at < 8_000; at += 10) {
    ask(pace, at)
    pace.end(done, at)
    pace.begin(at)
  }
  expect(pace.perSecond).toBeGreaterThanOrEqual(80)
  expect(pace.perSecond).toBeLessThan(100)
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
  expect(admitted(pace, 600_000)).toBe(20)
  expect(admitted(pace, 600_100)).toBe(2)
  for (let n = 0; n < 64; n++) pace.begin(600_100)
  expect(admitted(pace, 601_100)).toBe(0)
  const later = { now: 601_100, length: 9, expected: 0, comesLater: true }
  expect(pace.admits(1, later)).toBe(true)
  for (let n = 0; n < 64; n++) pace.begin(601_100)
  expect(pace.admits(1, later)).toBe(false)
})

test('what is free is kept for those in front, until it has been free for a moment', () => {
  const pace = new Pace({ ...settings, perSecondMin: 20, perSecondMax: 20 }, 0)
  for (let n = 0; n < 40; n++) pace.begin(0)
  expect(ask(pace, 100, { number: 21 })).toBe(false)
  expect(ask(pace, 200, { number: 20 })).toBe(true)
  expect(ask(pace, 300, { number: 100 })).toBe(false)
  expect(ask(pace, 1_300, { number: 100 })).toBe(false)
  expect(ask(pace, 2_300, { number: 100 })).toBe(true)
  admitted(pace, 2_300)
  // They come again: what is behind them is out of reach after a while.
  for (let at = 2_400; at < 20_000; at += 50) admitted(pace, at)
  expect(ask(pace, 20_000, { number: 21 })).toBe(false)
})
