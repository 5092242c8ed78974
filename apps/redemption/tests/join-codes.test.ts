import { afterAll, beforeAll, expect, test } from 'vitest'
import { NOON, type Stage, setStage } from './_stage.ts'
import { send } from './_till.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})
afterAll(() => stage.drop())

test('join codes that are over are cleared away when the next one is made, and no other', async () => {
  const shop = await stage.openShop()
  const make = async () => {
    const { status } = await send(stage.service, {
      method: 'POST',
      path: `/v1/shops/${shop.shopId}/join-codes`,
      headers: { cookie: `__Host-shop=${shop.ownerToken}`, origin: 'http://localhost:8081' },
    })
    expect(status).toBe(201)
  }
  const count = async () => {
    const rows = await stage.owner.selectFrom('redemption.join_code').select('shop_id').execute()
    return rows.length
  }
  for (let n = 0; n < 12; n++) await make()
  stage.moveTo(NOON + 599_999)
  await make()
  expect(await count()).toBe(13)
  stage.moveTo(NOON + 600_000)
  await make()
  expect(await count()).toBe(4)
  await make()
  expect(await count()).toBe(3)
})
