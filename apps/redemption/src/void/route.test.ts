import { expect, test } from 'vitest'
import type { Deps } from '../deps.ts'
import { VOIDS_WAITING_MAX, voidRoute } from './route.ts'

/** The route over a pool in which so many wait; whoever asks for a connection gets none. */
function routeBehind(waitingCount: number) {
  let asked = 0
  const connect = async () => {
    asked += 1
    throw new Error('no connection')
  }
  const route = voidRoute({ pool: { waitingCount, connect } } as unknown as Deps)
  const voidOne = () =>
    route.handle({
      params: { redemptionId: '0-01957d1e-8c00-7000-8000-000000000000' },
      query: undefined,
      body: { reason: '返品' },
      bytes: undefined,
      actor: { role: 'shop_staff', tillId: 'till', shopId: 'shop' },
      headers: new Headers(),
      requestId: 'request',
      idempotencyKey: 'key',
    })
  return { route, voidOne, asked: () => asked }
}

test('a void behind 64 others is told to come again, before it is read and after', async () => {
  const { route, voidOne, asked } = routeBehind(VOIDS_WAITING_MAX)
  expect(route.hasRoom?.()).toBe(false)
  expect(await voidOne()).toMatchObject({ kind: 'problem', code: 'busy' })
  expect(asked()).toBe(0)
})

test('where there is room for one more it waits for a connection', async () => {
  const { route, voidOne, asked } = routeBehind(VOIDS_WAITING_MAX - 1)
  expect(route.hasRoom?.()).toBe(true)
  await expect(voidOne()).rejects.toThrow('no connection')
  expect(asked()).toBe(1)
})
