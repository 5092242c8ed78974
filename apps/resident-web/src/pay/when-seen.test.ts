import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { whenSeen } from './when-seen.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function pageThatIs(visibilityState: DocumentVisibilityState) {
  const page = Object.assign(new EventTarget(), { visibilityState })
  const becomes = (state: DocumentVisibilityState) => {
    page.visibilityState = state
    page.dispatchEvent(new Event('visibilitychange'))
  }
  return { page: page as unknown as Document, becomes }
}

test('what is in sight for a second was seen, once', () => {
  const { page } = pageThatIs('visible')
  const then = vi.fn<() => void>()
  whenSeen(page, then)
  vi.advanceTimersByTime(999)
  expect(then).not.toHaveBeenCalled()
  vi.advanceTimersByTime(10_000)
  expect(then).toHaveBeenCalledTimes(1)
})

test('a phone that is locked shows nothing until it is opened again', () => {
  const { page, becomes } = pageThatIs('hidden')
  const then = vi.fn<() => void>()
  whenSeen(page, then)
  vi.advanceTimersByTime(60_000)
  expect(then).not.toHaveBeenCalled()
  becomes('visible')
  vi.advanceTimersByTime(500)
  becomes('hidden')
  vi.advanceTimersByTime(60_000)
  expect(then).not.toHaveBeenCalled()
  becomes('visible')
  vi.advanceTimersByTime(1_000)
  expect(then).toHaveBeenCalledTimes(1)
})

test('what was left before was not seen', () => {
  const { page, becomes } = pageThatIs('visible')
  const then = vi.fn<() => void>()
  whenSeen(page, then)()
  becomes('visible')
  vi.advanceTimersByTime(60_000)
  expect(then).not.toHaveBeenCalled()
})
