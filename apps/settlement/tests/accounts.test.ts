import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accountBody, applicationBody, checkProposed, confirm, openShop } from './_shop.ts'
import { type Person, type Stage, send, setStage } from './_stage.ts'

let stage: Stage
let clerk: Person
let approver: Person
beforeAll(async () => {
  stage = await setStage()
  clerk = await stage.person('clerk')
  approver = await stage.person('approver')
})
afterAll(() => stage.drop())

const apply = async (given: Readonly<Record<string, unknown>>) => {
  const owner = await stage.person('shop_owner')
  const answer = await send(stage.service, owner, 'POST /v1/shops', applicationBody(given))
  return { owner, shopId: String(answer.body['shopId']) }
}

describe('accounts', () => {
  test('a new account is paid only after another person checked it', async () => {
    const { shopId, owner } = await openShop(stage)
    const account = accountBody({ holder: 'ミライ カイシャ' })
    const changed = await send(stage.service, owner, `PUT /v1/shops/${shopId}/account`, account)
    expect(changed.body).toMatchObject({
      account: { holderHalf: 'ﾐﾗｲｼﾖｳﾃﾝ' },
      proposedAccount: { holderHalf: 'ﾐﾗｲ ｶｲｼﾔ', state: 'proposed' },
    })
    expect(await checkProposed(stage, { shopId, checker: approver })).toMatchObject({
      status: 409,
      body: { code: 'account_unconfirmed' },
    })
    await confirm(stage, { owner, shopId })
    expect((await checkProposed(stage, { shopId, checker: approver }))?.status).toBe(200)
    expect((await send(stage.service, owner, 'GET /v1/shops/mine')).body['shops']).toMatchObject([
      { account: { holderHalf: 'ﾐﾗｲ ｶｲｼﾔ', state: 'active' }, proposedAccount: null },
    ])
  })

  test('a second proposal takes the first one back', async () => {
    const { shopId, owner } = await openShop(stage)
    const change = () =>
      send(stage.service, owner, `PUT /v1/shops/${shopId}/account`, accountBody())
    const first = (await change()).body['proposedAccount'] as { payeeAccountId: string }
    expect((await change()).status).toBe(200)
    expect(
      await send(stage.service, approver, `POST /v1/payee-accounts/${first.payeeAccountId}/check`, {
        decision: 'accept',
      }),
    ).toMatchObject({ status: 409, body: { code: 'account_wrong_state', is: 'withdrawn' } })
  })

  test('a refused account leaves the one in force', async () => {
    const { shopId, owner } = await openShop(stage)
    const changed = await send(
      stage.service,
      owner,
      `PUT /v1/shops/${shopId}/account`,
      accountBody(),
    )
    const { payeeAccountId } = changed.body['proposedAccount'] as { payeeAccountId: string }
    const path = `POST /v1/payee-accounts/${payeeAccountId}/check`
    expect((await send(stage.service, clerk, path, { decision: 'refuse' })).status).toBe(400)
    expect(
      (await send(stage.service, clerk, path, { decision: 'refuse', reason: '通帳と違う' })).body,
    ).toMatchObject({ state: 'refused' })
    expect((await send(stage.service, owner, 'GET /v1/shops/mine')).body['shops']).toMatchObject([
      { account: { state: 'active' }, proposedAccount: null },
    ])
  })

  test('the account in force is not proposed again', async () => {
    const account = accountBody()
    const { shopId, owner } = await openShop(stage, { body: { account } })
    expect(
      await send(stage.service, owner, `PUT /v1/shops/${shopId}/account`, account),
    ).toMatchObject({ status: 409, body: { code: 'account_unchanged' } })
  })

  test('an account is never paid for two owners', async () => {
    const account = accountBody()
    await openShop(stage, { body: { account } })
    const { shopId, owner } = await apply({ account })
    await confirm(stage, { owner, shopId })
    expect(await checkProposed(stage, { shopId, checker: approver })).toMatchObject({
      status: 409,
      body: { code: 'account_of_another_owner' },
    })
  })

  test('an owner who names the account of another payee has both paid by one transfer', async () => {
    const account = accountBody()
    const first = await openShop(stage, { body: { account } })
    const second = await openShop(stage, { owner: first.owner })
    await send(stage.service, first.owner, `PUT /v1/shops/${second.shopId}/account`, account)
    await confirm(stage, second)
    const checked = await checkProposed(stage, { shopId: second.shopId, checker: approver })
    expect(checked?.body['shops']).toEqual(expect.arrayContaining([first.shopNo, second.shopNo]))
    const { body } = await send(stage.service, first.owner, 'GET /v1/shops/mine')
    const shops = body['shops'] as { payeeNo: string; account: { accountNumber: string } }[]
    expect(new Set(shops.map((shop) => shop.payeeNo)).size).toBe(1)
    expect(shops.map((shop) => shop.account.accountNumber)).toEqual([
      account.accountNumber,
      account.accountNumber,
    ])
  })

  test('two who check rival accounts at once leave one of them in force', async () => {
    const account = accountBody()
    const rivals = await Promise.all([apply({ account }), apply({ account })])
    for (const rival of rivals) await confirm(stage, rival)
    const answers = await Promise.all(
      rivals.map(({ shopId }) => checkProposed(stage, { shopId, checker: approver })),
    )
    expect(answers.map((answer) => `${answer?.status}`).toSorted()).toEqual(['200', '409'])
  })
})

describe("another person's shop", () => {
  test.each([
    ['POST', 'account/confirmation', { holderHalf: 'ﾐﾗｲ' }],
    ['PUT', 'account', accountBody()],
  ])('is answered like one that does not exist: %s %s', async (method, path, body) => {
    const { shopId } = await openShop(stage)
    const stranger = await stage.person('shop_owner')
    const answers = [shopId, '00000000-0000-4000-8000-000000000000'].map((id) =>
      send(stage.service, stranger, `${method} /v1/shops/${id}/${path}`, body),
    )
    const [other, none] = (await Promise.all(answers)).map(({ status, body: answer }) => ({
      status,
      ...answer,
      requestId: null,
    }))
    expect(other).toEqual(none)
    expect(other?.status).toBe(404)
  })
})
