import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accountBody, applicationBody, confirm, openShop } from './_shop.ts'
import { type Person, type Stage, send, setStage } from './_stage.ts'

let stage: Stage
let clerk: Person
beforeAll(async () => {
  stage = await setStage()
  clerk = await stage.person('clerk')
})
afterAll(() => stage.drop())

const apply = async (given: Readonly<Record<string, unknown>> = {}, owner?: Person) => {
  const person = owner ?? (await stage.person('shop_owner'))
  const answer = await send(stage.service, person, 'POST /v1/shops', applicationBody(given))
  return { ...answer, owner: person, shopId: String(answer.body['shopId']) }
}

describe('applying', () => {
  test('shows the class with its reason and the holder as the bank will see it', async () => {
    const { status, body } = await apply({
      category: 'dental_clinic',
      largeRetailFacility: 'tenant',
      account: accountBody({ holder: 'みらい　キャノン（カ' }),
    })
    expect(status).toBe(201)
    expect(body).toMatchObject({
      state: 'applied',
      shopClass: 'MEDICAL',
      classReason: { kind: 'gives_medical_care', category: 'dental_clinic' },
      account: null,
      proposedAccount: {
        bankName: 'みらい銀行',
        branchName: 'みらい駅前',
        holderHalf: 'ﾐﾗｲ ｷﾔﾉﾝ(ｶ',
        confirmedAt: null,
        checkedAt: null,
      },
    })
    expect(body['shopNo']).toMatch(/^\d{6}$/)
  })

  test('a tenant of a large facility is LARGE, and the fact is shown', async () => {
    const { body } = await apply({ largeRetailFacility: 'tenant' })
    expect(body).toMatchObject({
      shopClass: 'LARGE',
      largeRetailFacility: 'tenant',
      classReason: { kind: 'large_retail_facility', role: 'tenant' },
    })
  })

  test('the real bank of a code is found with its leading zeros', async () => {
    const { body } = await apply({ account: accountBody({ bankCode: '0001', branchCode: '054' }) })
    expect(body).toMatchObject({ proposedAccount: { bankName: 'みずほ', branchName: '芝' } })
  })

  test.each([
    [
      'a kanji in the holder, with its place',
      accountBody({ holder: 'ミライ東店' }),
      {
        status: 422,
        code: 'holder_not_writable',
        field: 'account.holder',
        rule: 'not_permitted',
        character: 'U+6771 東',
        position: 3,
      },
    ],
    [
      'a stranded mark',
      accountBody({ holder: 'アﾞ' }),
      { code: 'holder_not_writable', rule: 'stranded_mark', position: 1 },
    ],
    [
      'a comma',
      accountBody({ holder: 'ミライ,テン' }),
      { code: 'holder_not_writable', character: 'U+002C ,', position: 3 },
    ],
    [
      'a legal form in kanji, with what would do',
      accountBody({ holder: '株式会社ミライ' }),
      { code: 'holder_not_writable', position: 0, suggestion: 'カ)ミライ' },
    ],
    [
      'sixteen voiced kana, 32 bytes',
      accountBody({ holder: 'ガ'.repeat(16) }),
      { code: 'holder_too_long', bytes: 32, bytesMax: 30, fits: 'ｶﾞ'.repeat(15) },
    ],
    [
      'an unknown bank',
      accountBody({ bankCode: '9998' }),
      { status: 422, code: 'bank_unknown', field: 'account.bankCode', bankCode: '9998' },
    ],
    [
      'an unknown branch',
      accountBody({ branchCode: '555' }),
      { code: 'branch_unknown', field: 'account.branchCode', branchCode: '555' },
    ],
  ])('is refused for %s, and nothing is written', async (_, account, refusal) => {
    const { body, owner } = await apply({ account })
    expect(body).toMatchObject(refusal)
    expect((await send(stage.service, owner, 'GET /v1/shops/mine')).body).toEqual({ shops: [] })
  })

  test('the invented bank exists only where everything is invented', async () => {
    const strict = stage.startService({ isBankInvented: false })
    const owner = await stage.person('shop_owner')
    const answer = await send(strict, owner, 'POST /v1/shops', applicationBody())
    expect(answer.body).toMatchObject({ code: 'bank_unknown', bankCode: '9999' })
  })

  test('the same application again is the same shop', async () => {
    const first = await apply({ name: '二重申込店' })
    const again = await apply({ name: '二重申込店' }, first.owner)
    expect(again).toMatchObject({
      status: 409,
      body: { code: 'shop_applied_already', shopId: first.shopId },
    })
  })

  test('shops of one owner with the same account share a payee; of two owners they do not', async () => {
    const account = accountBody()
    const first = await apply({ name: '一号店', account })
    const second = await apply({ name: '二号店', account }, first.owner)
    const stranger = await apply({ name: '三号店', account })
    expect(second.body['payeeNo']).toBe(first.body['payeeNo'])
    expect(second.body['sharesAccountWith']).toEqual([first.body['shopNo']])
    expect(stranger.body['payeeNo']).not.toBe(first.body['payeeNo'])
    expect(stranger.body['sharesAccountWith']).toEqual([])
  })
})

describe('screening', () => {
  test('a shop is accepted once its owner confirmed the name, and then listed for anyone', async () => {
    const { shopId, owner, body } = await apply({ name: '審査店' })
    const decision = `POST /v1/shops/${shopId}/decision`
    expect(await send(stage.service, clerk, decision, { decision: 'accept' })).toMatchObject({
      status: 409,
      body: { code: 'account_unconfirmed' },
    })
    expect((await confirm(stage, { owner, shopId })).status).toBe(200)
    expect(await send(stage.service, clerk, decision, { decision: 'accept' })).toMatchObject({
      status: 200,
      body: { state: 'active' },
    })
    const open = await send(stage.service, null, 'GET /v1/public/shops')
    expect(open.body['shops']).toContainEqual({
      shopNo: body['shopNo'],
      name: '審査店',
      address: 'みらい区中央1-2-3',
      category: 'retail',
      shopClass: 'SMALL',
      hours: null,
      closedDays: null,
      languages: [],
      isStepFree: null,
      location: null,
      website: null,
    })
  })

  test('whoever has the list hears that it is still so, until a shop comes or goes', async () => {
    const listed = { headers: {} as Record<string, string> }
    const ask = () => send(stage.service, listed, 'GET /v1/public/shops')
    const { shopId } = await openShop(stage)
    listed.headers['if-none-match'] = (await ask()).headers.get('etag') ?? ''
    expect(await ask()).toMatchObject({ status: 304, body: {} })
    const leave = `POST /v1/shops/${shopId}/leave`
    expect((await send(stage.service, clerk, leave, { reason: '閉店' })).status).toBe(200)
    expect((await ask()).status).toBe(200)
  })

  test('a name that is not the one in the file is not confirmed', async () => {
    const { shopId, owner } = await apply()
    const path = `POST /v1/shops/${shopId}/account/confirmation`
    expect(await send(stage.service, owner, path, { holderHalf: 'ﾐﾗｲ' })).toMatchObject({
      status: 409,
      body: { code: 'holder_differs', holderHalf: 'ﾐﾗｲｼﾖｳﾃﾝ' },
    })
  })

  test('a rejection needs a reason and is final', async () => {
    const { shopId, owner } = await apply()
    const decision = `POST /v1/shops/${shopId}/decision`
    expect((await send(stage.service, clerk, decision, { decision: 'reject' })).status).toBe(400)
    const reason = '区外の店舗のため'
    expect(
      (await send(stage.service, clerk, decision, { decision: 'reject', reason })).body,
    ).toMatchObject({ state: 'rejected', stateReason: reason })
    await confirm(stage, { owner, shopId })
    expect((await send(stage.service, clerk, decision, { decision: 'accept' })).body).toMatchObject(
      { code: 'shop_wrong_state', is: 'rejected', needs: ['applied'] },
    )
  })

  test('a shop is suspended, resumed, held, released and leaves, each with its reason kept', async () => {
    const { shopId } = await openShop(stage)
    const reason = '確認のため'
    const step = async (name: string) => {
      stage.moveTo(stage.now() + 1_000)
      return (await send(stage.service, clerk, `POST /v1/shops/${shopId}/${name}`, { reason })).body
    }
    expect(await step('suspension')).toMatchObject({ state: 'suspended', stateReason: reason })
    expect(await step('suspension')).toMatchObject({ code: 'shop_wrong_state', is: 'suspended' })
    expect(await step('hold')).toMatchObject({ state: 'suspended', heldReason: reason })
    expect(await step('resumption')).toMatchObject({ state: 'active', heldReason: reason })
    expect(await step('release')).toMatchObject({ heldSince: null, heldReason: null })
    expect(await step('leave')).toMatchObject({ state: 'left' })
    const changes = await stage.owner
      .selectFrom('shop.shop_change')
      .select(['change', 'reason', 'changed_by'])
      .where('shop_id', '=', shopId)
      .orderBy('changed_at')
      .execute()
    expect(changes.map(({ change }) => change)).toEqual([
      'accept',
      'suspend',
      'hold',
      'resume',
      'release',
      'leave',
    ])
    expect(changes.slice(1).every((each) => each.reason === reason)).toBe(true)
    expect(changes.slice(1).every((each) => each.changed_by === clerk.accountId)).toBe(true)
  })

  test('the list is by state, and auditors see only the end of an account number', async () => {
    const { shopId } = await openShop(stage)
    const find = async (person: Person, state: string) => {
      const { body } = await send(stage.service, person, `GET /v1/shops?state=${state}`)
      const shops = body['shops'] as { shopId: string; account: { accountNumber: string } }[]
      return shops.find((each) => each.shopId === shopId)
    }
    expect(await find(clerk, 'applied')).toBeUndefined()
    expect((await find(clerk, 'active'))?.account.accountNumber).toMatch(/^\d{7}$/)
    const auditor = await stage.person('auditor')
    expect((await find(auditor, 'active'))?.account.accountNumber).toMatch(/^\*{4}\d{3}$/)
  })
})
