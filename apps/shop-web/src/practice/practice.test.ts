import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { isPractising, practise } from './practice.ts'
import { UNTOUCHED_MS } from './until-untouched.ts'

let page = new EventTarget()
const touch = (name = 'pointerdown') => page.dispatchEvent(new Event(name))

beforeEach(() => {
  page = new EventTarget()
  vi.stubGlobal('window', page)
  vi.useFakeTimers()
  practise(true)
})
afterEach(() => {
  practise(false)
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('a till that nobody touches practises ten minutes and no longer', () => {
  vi.advanceTimersByTime(UNTOUCHED_MS - 1)
  expect(isPractising()).toBe(true)
  vi.advanceTimersByTime(1)
  expect(isPractising()).toBe(false)
})

test.each(['pointerdown', 'keydown'])('whoever is at it goes on: %s', (name) => {
  for (let times = 0; times < 3; times++) {
    vi.advanceTimersByTime(UNTOUCHED_MS - 1)
    touch(name)
  }
  expect(isPractising()).toBe(true)
})

test.each(['pointerdown', 'visibilitychange'])(
  'a till that slept for long takes real payments when it is used again: %s',
  (name) => {
    vi.setSystemTime(Date.now() + UNTOUCHED_MS)
    touch(name)
    expect(isPractising()).toBe(false)
  },
)

test('to look away for a moment ends nothing', () => {
  touch('visibilitychange')
  expect(isPractising()).toBe(true)
})

test('once it was ended it is not ended again by what began before', () => {
  practise(false)
  vi.advanceTimersByTime(UNTOUCHED_MS / 2)
  practise(true)
  vi.advanceTimersByTime(UNTOUCHED_MS - 1)
  expect(isPractising()).toBe(true)
})
