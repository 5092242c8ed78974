import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { chosenDay, lookAgain, today } from './day.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** A screen that is left open at ten to midnight in Tokyo, and the days that it came to show. */
function leftOpen() {
  vi.setSystemTime(Date.parse('2027-02-14T23:50:00+09:00'))
  const shown = [today()]
  const page = new EventTarget()
  const leave = lookAgain(() => {
    const now = today()
    if (shown.at(-1) !== now) shown.push(now)
  }, page)
  return { shown, page, leave }
}

test('a screen that is left open over midnight shows the new day', () => {
  const { shown, leave } = leftOpen()
  vi.advanceTimersByTime(10 * 60_000 - 1)
  expect(shown).toEqual(['2027-02-14'])
  vi.advanceTimersByTime(10_000)
  expect(shown).toEqual(['2027-02-14', '2027-02-15'])
  leave()
})

test('a device that slept over midnight shows the new day as soon as it is looked at', () => {
  const { shown, page, leave } = leftOpen()
  vi.setSystemTime(Date.parse('2027-02-15T08:30:00+09:00'))
  page.dispatchEvent(new Event('visibilitychange'))
  expect(shown).toEqual(['2027-02-14', '2027-02-15'])
  leave()
})

test('a screen that was left looks no more', () => {
  const { shown, page, leave } = leftOpen()
  leave()
  vi.advanceTimersByTime(20 * 60_000)
  page.dispatchEvent(new Event('visibilitychange'))
  expect(shown).toEqual(['2027-02-14'])
})

test.each([
  { date: '2027-02-13', chosen: '2027-02-13', why: 'an earlier day stays over midnight' },
  { date: '2027-02-14', chosen: null, why: 'whoever comes back to today follows it' },
  { date: '', chosen: null, why: 'no day is today' },
])('a choice of $date: $why', ({ date, chosen }) => {
  expect(chosenDay(date, '2027-02-14')).toBe(chosen)
})
