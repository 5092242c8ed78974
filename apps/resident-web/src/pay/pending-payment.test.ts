import { storageOf } from '@minnaken/ui/testing'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import {
  closeOpenPayment,
  forgetPending,
  holdPending,
  keepPending,
  onOpenPayment,
  openPayment,
  type PendingPayment,
  readPending,
} from './pending-payment.ts'

const pending = (payment: string): PendingPayment => ({
  payment,
  nonce: '00',
  shopNo: '100234',
  shopName: 'みらい商店',
  amountYen: 800,
})

const stored = new Map<string, string>()

beforeEach(() => {
  stored.clear()
  vi.stubGlobal('localStorage', storageOf(stored))
})
afterEach(() => {
  closeOpenPayment()
  vi.unstubAllGlobals()
})

test('a payment on its way is left to the screen that sends it, and open when that is left', () => {
  const hear = vi.fn<() => void>()
  const stop = onOpenPayment(hear)
  const release = holdPending()
  keepPending(pending('A'))
  expect(openPayment()).toBeNull()
  release()
  expect([openPayment(), hear.mock.calls.length]).toEqual([pending('A'), 1])
  stop()
})

test('a payment on its way is open only when the last screen that could tell of it is left', () => {
  const stop = onOpenPayment(() => {})
  const [sends, shows] = [holdPending(), holdPending()]
  keepPending(pending('A'))
  sends()
  expect(openPayment()).toBeNull()
  shows()
  expect(openPayment()).toEqual(pending('A'))
  stop()
})

test('what an earlier visit left in doubt is open as soon as somebody looks', async () => {
  keepPending(pending('A'))
  const stop = onOpenPayment(() => {})
  await Promise.resolve()
  expect(openPayment()).toEqual(pending('A'))
  stop()
})

test('an open payment stays open while its outcome is shown, and is closed once that was seen', () => {
  keepPending(pending('A'))
  holdPending()()
  forgetPending(pending('A'))
  expect([openPayment(), readPending()]).toEqual([pending('A'), null])
  closeOpenPayment()
  expect(openPayment()).toBeNull()
})

test('who forgets a payment forgets no other that was kept by another window', () => {
  keepPending(pending('A'))
  holdPending()()
  keepPending(pending('B'))
  forgetPending(pending('A'))
  expect(readPending()).toEqual(pending('B'))
  closeOpenPayment()
  expect(openPayment()).toEqual(pending('B'))
  forgetPending(pending('B'))
})

test('a phone that keeps nothing knows of a payment in doubt until the page is closed', () => {
  vi.stubGlobal('localStorage', undefined)
  keepPending(pending('A'))
  expect(readPending()).toEqual(pending('A'))
  forgetPending(pending('A'))
  expect(readPending()).toBeNull()
})
