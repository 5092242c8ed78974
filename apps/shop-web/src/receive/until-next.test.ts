import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Page, untilNext } from './until-next.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** A result that is shown: what happens on its page, and how often it led on. */
function shown({ stays = false } = {}) {
  const listeners = new Map<string, (event: Event) => void>()
  const page: Page = {
    addEventListener: (name, hear) => listeners.set(name, hear),
    removeEventListener: (name) => listeners.delete(name),
  }
  let times = 0
  const end = untilNext(() => times++, { stays, page })
  const happens = (name: string, event: object = {}) => listeners.get(name)?.(event as Event)
  return { happens, end, listeners, next: () => times }
}

/** An element that all these selectors find. */
const under = (...selectors: readonly string[]) => ({
  closest: (asked: string) => (selectors.includes(asked) ? {} : null),
})
const heading = under('[data-result]', '[data-result] > *', '[data-result] h1')
const button = under('[data-result]', '[data-result] > *')
const moved = { movementX: 1, movementY: 0 }

test('a result leads on to the next customer after three seconds, once', () => {
  const { next } = shown()
  vi.advanceTimersByTime(2_999)
  expect(next()).toBe(0)
  vi.advanceTimersByTime(60_000)
  expect(next()).toBe(1)
})

test('where it is to stay it leads on by a tap, and never by itself', () => {
  const { next, happens } = shown({ stays: true })
  happens('focusin', { target: button })
  happens('focusin', { target: heading })
  vi.advanceTimersByTime(24 * 3_600_000)
  expect(next()).toBe(0)
  happens('click')
  expect(next()).toBe(1)
})

test('a pointer that rests on a result holds it, and lets it go when it leaves', () => {
  const { next, happens } = shown()
  happens('pointermove', { target: heading, ...moved })
  vi.advanceTimersByTime(60_000)
  expect(next()).toBe(0)
  happens('pointermove', { target: under('[data-result]'), ...moved })
  happens('pointermove', { target: button, ...moved })
  vi.advanceTimersByTime(60_000)
  expect(next()).toBe(0)
  happens('pointerout', { relatedTarget: null })
  vi.advanceTimersByTime(3_000)
  expect(next()).toBe(1)
})

test('a pointer under which the result came holds nothing until it is moved', () => {
  const { next, happens } = shown()
  happens('pointermove', { target: heading, movementX: 0, movementY: 0 })
  vi.advanceTimersByTime(3_000)
  expect(next()).toBe(1)
})

test('the focus holds a result once it went from its heading to something else in it', () => {
  const { next, happens } = shown()
  happens('focusin', { target: heading })
  vi.advanceTimersByTime(1_000)
  happens('focusin', { target: button })
  vi.advanceTimersByTime(60_000)
  expect(next()).toBe(0)
  happens('focusin', { target: heading })
  vi.advanceTimersByTime(3_000)
  expect(next()).toBe(1)
})

test('a result that left hears nothing any more', () => {
  const { next, end, listeners } = shown()
  end()
  vi.advanceTimersByTime(60_000)
  expect([next(), listeners.size]).toEqual([0, 0])
})
