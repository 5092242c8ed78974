import { expect, test } from 'vitest'
import { isGood, recoveredAfter } from './overload.ts'

const second = (sent: number, taken: number, p99: number) => ({
  second: 0,
  sent,
  taken,
  p50: 1,
  p99,
  max: p99,
})
const [flood, well, slow] = [second(100, 20, 900), second(10, 10, 20), second(10, 10, 101)] as const

const after = (seconds: readonly ReturnType<typeof second>[], floodSeconds: number) =>
  recoveredAfter(seconds, { floodSeconds, calm: 10, wellMs: 100 })

test('a service is well again from the second after which nothing is refused and nothing slow', () => {
  expect(after([flood, flood, well, well], 2)).toBe(0)
  expect(after([flood, flood, slow, well, well], 2)).toBe(1_000)
  expect(after([flood, flood, well, second(10, 9, 20), well], 2)).toBe(2_000)
})

test('a second in which nobody came, because all still wait for an answer, is not well', () => {
  const [empty, thin] = [second(0, 0, 0), second(8, 8, 20)]
  expect(after([flood, flood, well, empty, well], 2)).toBe(2_000)
  expect(after([flood, flood, thin, second(9, 9, 20), well], 2)).toBe(1_000)
})

test('a service that is not well at the end never was', () => {
  expect(after([flood, well, well, slow], 1)).toBeNull()
})

const latency = { p50: 1, p90: 1, p99: 49, max: 60 }
const good = {
  asked: 1_000,
  sentPerSecond: 990,
  unknown: 0,
  refused: { count: 9, latency, withoutRetryAfter: 0 },
  recoveredAfterMs: 5_000,
}

test('a load is borne when all heard at once what became of them, and all is well in five seconds', () => {
  expect(isGood(good)).toBe(true)
  expect(isGood({ ...good, sentPerSecond: 989 })).toBe(false)
  expect(isGood({ ...good, unknown: 1 })).toBe(false)
  expect(isGood({ ...good, refused: { ...good.refused, withoutRetryAfter: 1 } })).toBe(false)
  const late = { ...latency, p99: 50 }
  expect(isGood({ ...good, refused: { ...good.refused, latency: late } })).toBe(false)
  expect(isGood({ ...good, recoveredAfterMs: 6_000 })).toBe(false)
  expect(isGood({ ...good, recoveredAfterMs: null })).toBe(false)
})
