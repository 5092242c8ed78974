import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { forgetOnceSeen } from './forgetting.ts'
import type { Receiving } from './receiving.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** How often a payment was forgotten by a till that showed these one after the other. */
function timesForgotten(
  kinds: readonly Receiving['kind'][],
  { stayedMs = 0, isLeft = false } = {},
): number {
  const forget = vi.fn<() => void>()
  const seen = forgetOnceSeen(forget)
  for (const kind of kinds) {
    vi.advanceTimersByTime(stayedMs)
    seen.shows(kind)
  }
  vi.advanceTimersByTime(stayedMs)
  if (isLeft) seen.leaves()
  return forget.mock.calls.length
}

test.each(['taken', 'refused'] as const)(
  'what was %s is forgotten once the till goes on',
  (kind) => {
    expect(timesForgotten(['amount', 'asking', kind])).toBe(0)
    expect(timesForgotten(['amount', 'asking', kind, 'amount'])).toBe(1)
    expect(timesForgotten(['amount', 'asking', kind, 'amount', 'amount'])).toBe(1)
  },
)

test.each(['taken', 'refused'] as const)(
  'what was %s is forgotten after three seconds, however long it stays',
  (kind) => {
    expect(timesForgotten(['asking', kind], { stayedMs: 2_999 })).toBe(0)
    expect(timesForgotten(['asking', kind], { stayedMs: 3_000 })).toBe(1)
    expect(timesForgotten(['asking', kind, 'amount'], { stayedMs: 60_000, isLeft: true })).toBe(1)
  },
)

test('whoever opens another screen while a result is there has seen it', () => {
  expect(timesForgotten(['asking', 'taken'], { isLeft: true })).toBe(1)
  expect(timesForgotten(['asking', 'taken', 'amount'], { isLeft: true })).toBe(1)
})

test('what nobody has seen an outcome of is kept, wherever one goes', () => {
  expect(timesForgotten(['amount', 'asking', 'amount'], { isLeft: true })).toBe(0)
  expect(timesForgotten(['amount', 'asking'], { isLeft: true })).toBe(0)
  expect(timesForgotten(['amount', 'asking'], { stayedMs: 60_000, isLeft: true })).toBe(0)
})

test('what is asked for next is kept in the place of what was seen', () => {
  expect(timesForgotten(['asking', 'refused', 'asking'], { isLeft: true })).toBe(0)
  const stayedMs = 2_000
  expect(timesForgotten(['asking', 'refused', 'asking'], { stayedMs, isLeft: true })).toBe(0)
})
