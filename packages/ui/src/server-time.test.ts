import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { learnServerTime, serverNow } from './server-time.ts'

beforeAll(() => {
  vi.useFakeTimers()
})
afterAll(() => {
  vi.useRealTimers()
})

const isAhead = (ms: number) => serverNow() - Date.now() === ms
const HOUR_MS = 3_600_000
const told = (ms: number) => ({ serverTime: new Date(Date.now() + ms).toISOString() })

test('the time of the service is learned from what it answers, and kept when it says nothing', () => {
  const now = Date.now()
  learnServerTime({ body: told(HOUR_MS), sentAt: now, receivedAt: now })
  expect(isAhead(HOUR_MS)).toBe(true)
  for (const body of [{}, null, 'text', { serverTime: 'later' }, { serverTime: 5 }])
    learnServerTime({ body, sentAt: now, receivedAt: now })
  expect(isAhead(HOUR_MS)).toBe(true)
})

test('it was written halfway between asking and hearing', () => {
  const now = Date.now()
  learnServerTime({ body: told(0), sentAt: now - 1_000, receivedAt: now + 1_000 })
  expect(isAhead(0)).toBe(true)
  learnServerTime({ body: told(0), sentAt: now, receivedAt: now + 2_000 })
  expect(isAhead(-1_000)).toBe(true)
})

test('an answer that took long says too little', () => {
  const now = Date.now()
  learnServerTime({ body: told(0), sentAt: now, receivedAt: now })
  learnServerTime({ body: told(HOUR_MS), sentAt: now - 5_000, receivedAt: now })
  expect(isAhead(0)).toBe(true)
})
