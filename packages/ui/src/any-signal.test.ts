import { afterEach, expect, test, vi } from 'vitest'
import { anyOf } from './any-signal.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

const phones = ['new', 'old'] as const

test.each(phones)('on a phone that is %s one that ends, ends all, with its reason', (phone) => {
  if (phone === 'old') vi.stubGlobal('AbortSignal', {})
  const [one, two] = [new AbortController(), new AbortController()]
  const either = anyOf([one.signal, two.signal])
  expect(either.aborted).toBe(false)
  two.abort(new Error('two'))
  expect([either.aborted, either.reason]).toEqual([true, new Error('two')])
})

test.each(phones)('on a phone that is %s what has ended already ends all at once', (phone) => {
  if (phone === 'old') vi.stubGlobal('AbortSignal', {})
  const ended = new AbortController()
  ended.abort(new Error('left'))
  const either = anyOf([new AbortController().signal, ended.signal])
  expect([either.aborted, either.reason]).toEqual([true, new Error('left')])
})
