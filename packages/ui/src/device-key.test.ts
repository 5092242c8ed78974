import { afterEach, expect, test, vi } from 'vitest'
import { forgetDevice, readDevice } from './device-key.ts'
import { keepsNothing } from './testing.ts'

afterEach(() => vi.unstubAllGlobals())

test('a browser that keeps nothing has no phone, and says so at once', async () => {
  vi.stubGlobal('indexedDB', keepsNothing)
  expect(await readDevice()).toBe(null)
})

test('where nothing is kept there is no key to forget', async () => {
  vi.stubGlobal('indexedDB', keepsNothing)
  await expect(forgetDevice()).resolves.toBeUndefined()
})
