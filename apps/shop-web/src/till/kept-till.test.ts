import { databaseOf } from '@minnaken/ui/testing'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Till } from './kept-till.ts'

const till: Till = {
  tillId: '01900000-0000-7000-8000-000000000001',
  name: 'レジ1',
  token: 'till_invented',
  expiresAt: '2027-11-22T00:00:00Z',
  shop: { shopId: '01900000-0000-7000-8000-000000000002', shopNo: '123456', name: 'みらい青果' },
}

/** A page that has just been opened. */
const opened = () => import('./kept-till.ts')

beforeEach(() => vi.resetModules())
afterEach(() => vi.unstubAllGlobals())

test('whether a device is a till is unknown until its browser said so', async () => {
  const { readTill, tillNow } = await opened()
  expect(tillNow()).toBeUndefined()
  await readTill()
  expect(tillNow()).toBeNull()
})

test('a till is the same one after it was closed, and asks its browser once', async () => {
  const database = databaseOf(new Map())
  const open = vi.spyOn(database, 'open')
  vi.stubGlobal('indexedDB', database)
  const before = await opened()
  await before.keepTill(till)
  vi.resetModules()
  const { readTill, tillNow } = await opened()
  open.mockClear()
  await Promise.all([readTill(), readTill()])
  expect(tillNow()).toEqual(till)
  expect(open).toHaveBeenCalledTimes(1)
})

test('where the browser keeps nothing a device is a till until it leaves, and who looks hears of it', async () => {
  const { keepTill, leaveTill, onOtherTill, tillNow } = await opened()
  const hear = vi.fn<() => void>()
  const end = onOtherTill(hear)
  await keepTill(till)
  expect(tillNow()).toBe(till)
  await leaveTill()
  expect(tillNow()).toBeNull()
  expect(hear).toHaveBeenCalledTimes(2)
  end()
  await keepTill(till)
  expect(hear).toHaveBeenCalledTimes(2)
})
