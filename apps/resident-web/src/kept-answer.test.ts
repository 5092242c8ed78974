import { afterEach, beforeEach, expect, test, vi } from 'vitest'

const answered = (times: number) => ({ state: { dataUpdateCount: times } })

/** A page that has just been opened. */
const opened = () => import('./kept-answer.ts')

beforeEach(() => {
  vi.resetModules()
  vi.useFakeTimers({ toFake: ['performance'] })
})

afterEach(() => {
  vi.useRealTimers()
})

test('the first screen shows what was asked ahead for it', async () => {
  const { anew, askAhead } = await opened()
  askAhead()
  vi.advanceTimersByTime(2_999)
  expect(anew(answered(1))).toBe(true)
})

test('any later screen asks anew', async () => {
  const { anew, askAhead } = await opened()
  askAhead()
  expect(anew(answered(2))).toBe('always')
  vi.advanceTimersByTime(3_000)
  expect(anew(answered(1))).toBe('always')
})

test('so does the first where nothing was asked ahead, or answered yet', async () => {
  const { anew, askAhead } = await opened()
  expect(anew(answered(1))).toBe('always')
  askAhead()
  expect(anew(answered(0))).toBe('always')
})
