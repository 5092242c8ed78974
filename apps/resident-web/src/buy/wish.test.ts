import { storageOf } from '@minnaken/ui/testing'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { forgetWish, keepWish, openWish, type Wish } from './wish.ts'

const wish: Wish = { campaign: 'AKI', sale: 'win', units: 3, method: 'slip', card: null }
const AT = Date.parse('2027-02-14T12:00:00+09:00')
const MINUTE_MS = 60_000
const stored = new Map<string, string>()

beforeEach(() => {
  stored.clear()
  vi.stubGlobal('localStorage', storageOf(stored))
})
afterEach(() => {
  vi.unstubAllGlobals()
})

test('a wish keeps its name over reloads, with all that was wished for', () => {
  const sent = keepWish(wish, AT)
  expect(openWish(wish, AT + MINUTE_MS)).toEqual(sent)
  expect(sent).toMatchObject(wish)
})

test('the same wish at another time has another name', () => {
  const { id } = keepWish(wish, AT)
  forgetWish(wish)
  expect(keepWish(wish, AT).id).not.toBe(id)
})

test('each sale has its own', () => {
  keepWish(wish, AT)
  expect(openWish({ ...wish, sale: 'second_sale' }, AT)).toBeNull()
  expect(openWish({ ...wish, campaign: 'HARU' }, AT)).toBeNull()
})

test('what was wished for a while ago is sent no more, and does not stand for a new wish', () => {
  keepWish(wish, AT)
  expect(openWish(wish, AT + 15 * MINUTE_MS)).toBeNull()
  expect(stored.size).toBe(0)
})

test('what cannot be read is no wish', () => {
  stored.set('minnaken.wish.AKI.win', '5f0c')
  expect(openWish(wish, AT)).toBeNull()
})
