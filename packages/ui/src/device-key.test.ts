import { afterEach, expect, test, vi } from 'vitest'
import { forgetDevice, readDevice, registerDevice } from './device-key.ts'

afterEach(() => vi.unstubAllGlobals())

/** A browser in private mode: there is a database by name, and it opens for nobody. */
const keepsNothing = () =>
  vi.stubGlobal('indexedDB', {
    open: () => {
      throw new DOMException('denied', 'SecurityError')
    },
  })

test('a browser that keeps nothing has no phone, and says so at once', async () => {
  keepsNothing()
  expect(await readDevice()).toBe(null)
})

test('where nothing is kept no phone is registered, and nobody is asked to', async () => {
  keepsNothing()
  const asked: unknown[] = []
  vi.stubGlobal('fetch', (url: unknown) => {
    asked.push(url)
    return Promise.reject(new Error('not asked'))
  })
  expect(await registerDevice('スマホ')).toEqual({ kind: 'not_kept' })
  expect(asked).toEqual([])
})

test('where nothing is kept there is no key to forget', async () => {
  keepsNothing()
  await expect(forgetDevice()).resolves.toBeUndefined()
})
