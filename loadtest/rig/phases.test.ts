import { expect, test } from 'vitest'
import type { Entry } from './journal.ts'
import { begunAt, perSecond, sentWithin } from './phases.ts'

const BEGUN = 1_000_000
const payment = { by: 'till', wallet: 0, till: 0, yen: 10, issuedAt: 0, code: 'CODE' } as const

/** A payment that was sent so long after the beginning, and answered so much later. */
const sent = (afterMs: number, ms: number, isTaken = true): Entry => ({
  payment,
  status: isTaken ? 201 : 503,
  heard: isTaken
    ? { kind: 'taken', redemptionId: `${afterMs}`, yen: 10 }
    : { kind: 'refused', code: 'busy' },
  at: BEGUN + afterMs + ms,
  ms,
})

test('a request belongs to the second in which it was sent, not to that of its answer', () => {
  const entries = [sent(0, 10), sent(999, 5_000, false), sent(1_000, 20), sent(2_500, 1)]
  expect(perSecond(entries, { begun: BEGUN, seconds: 3 })).toEqual([
    { second: 0, sent: 2, taken: 1, p50: 10, p99: 5_000, max: 5_000 },
    { second: 1, sent: 1, taken: 1, p50: 20, p99: 20, max: 20 },
    { second: 2, sent: 1, taken: 1, p50: 1, p99: 1, max: 1 },
  ])
  expect(sentWithin(entries, { begun: BEGUN, from: 0, until: 1 })).toEqual(entries.slice(0, 2))
  expect(sentWithin(entries, { begun: BEGUN, from: 1, until: 3 })).toEqual(entries.slice(2))
})

test('a journal says when its script began, or cannot be read', () => {
  expect(begunAt(['F 0 first {}', `B ${BEGUN}`])).toBe(BEGUN)
  expect(() => begunAt([])).toThrow('did not write down')
})
