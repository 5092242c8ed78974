import { afterEach, expect, test } from 'vitest'
import { forgetPending, keepPending, readPending } from './pending.ts'

const AT = Date.parse('2027-02-14T12:00:00+09:00')
const pending = { tillId: 'till', payment: { code: 'CODE', yen: 800, since: AT } }

afterEach(forgetPending)

test('a browser that keeps nothing knows of a payment in doubt until the window is closed', async () => {
  await keepPending(pending)
  expect(await readPending('till', AT)).toEqual(pending.payment)
  await forgetPending()
  expect(await readPending('till', AT)).toBeNull()
})

test('a payment of another till, or of the day before, is nobody here to ask for', async () => {
  await keepPending(pending)
  expect(await readPending('another', AT)).toBeNull()
  expect(await readPending('till', AT + 25 * 3_600_000)).toBeNull()
})
