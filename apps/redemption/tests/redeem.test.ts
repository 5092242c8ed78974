import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { NOON, type Phone, type Stage, type TillSide, setStage } from './_stage.ts'
import { pay, send } from './_till.ts'

describe.each([
  { name: 'plain tables', partitioned: false },
  { name: 'tables partitioned by bucket', partitioned: true },
])('a payment by code, $name', ({ partitioned }) => {
  let stage: Stage
  let till: TillSide
  let phone: Phone
  beforeAll(async () => {
    stage = await setStage({ partitioned })
    till = await stage.openTill('SMALL')
  })
  afterAll(() => stage.drop())
  beforeEach(async () => {
    stage.moveTo(NOON)
    phone = await stage.openPhone(1)
  })
  const payHere = (code: string, yen: number, at = till) => pay(stage.service, at, code, yen)

  test('a small shop takes limited vouchers before common ones', async () => {
    const { status, body } = await payHere(await phone.code(), 7_000)
    expect(status).toBe(201)
    expect(body).toMatchObject({
      amountYen: 7_000,
      split: [
        { kind: 'LIMITED', yen: 6_500 },
        { kind: 'COMMON', yen: 500 },
      ],
      acceptedAt: new Date(NOON).toISOString(),
    })
    expect(body['redemptionId']).toMatch(new RegExp(`^${phone.bucket}-[0-9a-f-]{36}$`))
    expect(await stage.remaining(phone)).toEqual({ LIMITED: 0, COMMON: 5_500 })
  })

  test('a large shop takes common vouchers only, and says what would work', async () => {
    const large = await stage.openTill('LARGE')
    const { status, body } = await payHere(await phone.code(), 6_001, large)
    expect(status).toBe(409)
    expect(body).toMatchObject({
      code: 'balance_too_small',
      spendableYen: 6_000,
      here: [{ kind: 'COMMON', yen: 6_000 }],
      elsewhere: [{ kind: 'LIMITED', yen: 6_500, acceptedBy: ['SMALL'] }],
    })
    expect(await stage.remaining(phone)).toEqual({ LIMITED: 6_500, COMMON: 6_000 })
  })

  test('the same till, code and amount hear the first answer again', async () => {
    const code = await phone.code()
    const first = await payHere(code, 12_500)
    const again = await payHere(code, 12_500)
    expect(first.status).toBe(201)
    expect(again.status).toBe(201)
    expect(again.body).toEqual({ ...first.body, replayed: true, voidedYen: 0 })
    expect(await stage.remaining(phone)).toEqual({ LIMITED: 0, COMMON: 0 })
  })

  test('a replay is answered after the code, the till, the phone and the campaign have ended', async () => {
    const shop = await stage.openShop()
    const own = await stage.joinTill(shop.shopId)
    const code = await phone.code()
    const first = await payHere(code, 100, own)
    stage.moveTo(NOON + 3_600_000)
    await stage.owner
      .updateTable('redemption.till')
      .set({ revoked_at: new Date(NOON) })
      .where('till_id', '=', own.tillId)
      .execute()
    await stage.owner
      .updateTable('redemption.device')
      .set({ revoked_at: new Date(NOON) })
      .where('device_id', '=', phone.deviceId)
      .execute()
    expect((await payHere(code, 100, own)).body).toEqual({
      ...first.body,
      replayed: true,
      voidedYen: 0,
    })
    stage.moveTo(Date.parse('2028-01-01T00:00:00+09:00'))
    expect((await payHere(code, 100, own)).body).toMatchObject({ replayed: true })
    expect((await payHere(await phone.code(), 100, own)).body).toMatchObject({
      code: 'till_revoked',
    })
  })

  test('a replay writes a row of its own', async () => {
    const code = await phone.code()
    const count = async () =>
      Number(
        (
          await stage.owner
            .selectFrom('ledger.replay')
            .select((e) => e.fn.countAll().as('n'))
            .executeTakeFirstOrThrow()
        ).n,
      )
    await payHere(code, 100)
    const before = await count()
    await payHere(code, 100)
    expect(await count()).toBe(before + 1)
  })

  test('another amount with a used code tells this till what it took', async () => {
    const code = await phone.code()
    const first = await payHere(code, 300)
    const { status, body } = await payHere(code, 400)
    expect(status).toBe(409)
    expect(body).toMatchObject({
      code: 'code_already_used',
      redemptionId: first.body['redemptionId'],
      amountYen: 300,
      voidedYen: 0,
    })
  })

  test('another till hears only that the code is used', async () => {
    const code = await phone.code()
    await payHere(code, 300)
    const { status, body } = await payHere(code, 300, await stage.openTill())
    expect(status).toBe(409)
    expect(body['code']).toBe('code_already_used')
    expect(body).not.toHaveProperty('redemptionId')
    expect(body).not.toHaveProperty('amountYen')
  })

  test('a refusal does not burn the code', async () => {
    const code = await phone.code()
    expect((await payHere(code, 12_501)).body['code']).toBe('balance_too_small')
    expect((await payHere(code, 12_500)).status).toBe(201)
  })

  test.each([
    ['64.999 s after it was signed', 64_999, 201],
    ['65 s after it was signed', 65_000, 409],
  ])('a code is taken up to 65 s: %s', async (_, age, status) => {
    const code = await phone.code(NOON)
    stage.moveTo(NOON + age)
    const answer = await payHere(code, 100)
    expect(answer.status).toBe(status)
    expect(answer.body['code']).toBe(status === 409 ? 'code_expired' : undefined)
  })

  test('above the limit of one code the payer has to confirm', async () => {
    const rich = await stage.openPhone(5)
    const { status, body } = await payHere(await rich.code(), 50_001)
    expect(status).toBe(409)
    expect(body).toMatchObject({ code: 'confirmation_needed', perCodeYenMax: 50_000 })
    expect((await payHere(await rich.code(), 50_000)).status).toBe(201)
  })

  test.each([
    ['before the first day', '2027-01-31T23:59:59.999+09:00', 409],
    ['in the first moment', '2027-02-01T00:00:00+09:00', 201],
    ['in the last moment', '2027-07-31T23:59:59.999+09:00', 201],
    ['after the last day', '2027-08-01T00:00:00+09:00', 409],
  ])('vouchers are spent within the campaign only: %s', async (_, moment, status) => {
    stage.moveTo(Date.parse(moment))
    const answer = await payHere(await phone.code(), 100)
    expect(answer.status).toBe(status)
    expect(answer.body['code']).toBe(status === 409 ? 'campaign_closed' : undefined)
  })

  test('a suspended shop, a revoked phone and a stopped wallet are refused at the very next request', async () => {
    const shop = await stage.openShop()
    const own = await stage.joinTill(shop.shopId)
    await stage.owner
      .updateTable('shop.shop')
      .set({ state: 'suspended' })
      .where('shop_id', '=', shop.shopId)
      .execute()
    expect((await payHere(await phone.code(), 100, own)).body['code']).toBe('shop_suspended')
    await stage.owner
      .updateTable('ledger.wallet')
      .set({ stopped_at: new Date(NOON) })
      .where('wallet_id', '=', phone.walletId)
      .execute()
    expect((await payHere(await phone.code(), 100)).body['code']).toBe('wallet_stopped')
    await stage.owner
      .updateTable('redemption.device')
      .set({ revoked_at: new Date(NOON) })
      .where('device_id', '=', phone.deviceId)
      .execute()
    expect((await payHere(await phone.code(), 100)).body['code']).toBe('device_revoked')
  })

  test('a code of another system and a forged one are told apart from a used one', async () => {
    const code = await phone.code()
    const forged = (code.startsWith('0') ? '1' : '0') + code.slice(1)
    expect((await payHere('281006020000000000000000', 100)).body['code']).toBe('code_foreign')
    const answer = await payHere(forged, 100)
    expect(answer.status).toBe(422)
    expect(['code_foreign', 'code_forged']).toContain(answer.body['code'])
    const tail = code.slice(0, -3) + (code.endsWith('000') ? '111' : '000')
    expect((await payHere(tail, 100)).body['code']).toBe('code_forged')
    expect(await stage.remaining(phone)).toEqual({ LIMITED: 6_500, COMMON: 6_000 })
  })

  test('a preview shows the split and moves nothing', async () => {
    const code = await phone.code()
    const preview = await send(stage.service, {
      path: '/v1/redemptions/preview',
      token: till.token,
      body: { code, amountYen: 6_600 },
    })
    expect(preview.status).toBe(200)
    expect(preview.body).toEqual({
      amountYen: 6_600,
      split: [
        { kind: 'LIMITED', yen: 6_500 },
        { kind: 'COMMON', yen: 100 },
      ],
    })
    expect(await stage.remaining(phone)).toEqual({ LIMITED: 6_500, COMMON: 6_000 })
    const paid = await payHere(code, 6_600)
    expect(paid.body['split']).toEqual(preview.body['split'])
  })

  test('around midnight a payment belongs to the day on which it was decided', async () => {
    const code = await phone.code(Date.parse('2027-03-10T23:59:50+09:00'))
    stage.moveTo(Date.parse('2027-03-11T00:00:01+09:00'))
    await payHere(code, 100)
    const row = await stage.owner
      .selectFrom('ledger.redemption')
      .select('business_date')
      .where('device_id', '=', phone.deviceId)
      .executeTakeFirstOrThrow()
    expect(row.business_date).toBe('2027-03-11')
  })

  test('on a closed day a payment belongs to the next open one', async () => {
    stage.moveTo(Date.parse('2027-03-12T12:00:00+09:00'))
    await stage.owner
      .updateTable('ledger.bucket_day')
      .set({ state: 'closed' })
      .where('business_date', '<=', '2027-03-12')
      .execute()
    expect((await payHere(await phone.code(), 100)).status).toBe(201)
    const row = await stage.owner
      .selectFrom('ledger.redemption')
      .select('business_date')
      .where('device_id', '=', phone.deviceId)
      .executeTakeFirstOrThrow()
    expect(row.business_date).toBe('2027-03-13')
    await stage.owner.updateTable('ledger.bucket_day').set({ state: 'open' }).execute()
  })

  test('afterwards the books balance', async () => {
    expect(await stage.verify()).toMatchObject({ balanced: true })
  })
})
