import { expect, test } from 'vitest'
import { recoveredAfter, wasSent } from './overload.ts'

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
  recoveredAfter(seconds, { floodSeconds, wellMs: 100 })

test('a service is well again from the second after which nothing is refused and nothing slow', () => {
  expect(after([flood, flood, well, well], 2)).toBe(0)
  expect(after([flood, flood, slow, well, well], 2)).toBe(1_000)
  expect(after([flood, flood, well, second(10, 9, 20), well], 2)).toBe(2_000)
})

test('a service that is not well at the end never was', () => {
  expect(after([flood, well, well, slow], 1)).toBeNull()
})

test('a load counts only when at least eight of ten payments of it were sent', () => {
  expect(wasSent({ asked: 1_000, sentPerSecond: 800 })).toBe(true)
  expect(wasSent({ asked: 1_000, sentPerSecond: 799 })).toBe(false)
})
