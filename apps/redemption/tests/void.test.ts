import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { NOON, type Phone, type Stage, type TillSide, setStage } from './_stage.ts'
import { pay, send, voidPayment } from './_till.ts'

const reason = '打ち間違い'
const MINUTE = 60_000

describe.each([
  { name: 'plain tables', partitioned: false },
  { name: 'tables partitioned by bucket', partitioned: true },
])('a void, $name', ({ partitioned }) => {
  let stage: Stage
  let shop: Awaited<ReturnType<Stage['openShop']>>
  let till: TillSide
  let phone: Phone
  let clerkToken: string
  beforeAll(async () => {
    stage = await setStage({ partitioned })
    shop = await stage.openShop()
    till = await stage.joinTill(shop.shopId)
    clerkToken = (await stage.account('clerk')).sessionToken
  })
  afterAll(() => stage.drop())
  beforeEach(async () => {
    stage.moveTo(NOON)
    phone = await stage.openPhone(1)
  })
  const takePayment = async (yen: number): Promise<string> =>
    String((await pay(stage.service, till, await phone.code(), yen)).body['redemptionId'])
  const voidBy = (cookie: string, origin: string, redemptionId: string, body: object) =>
    send(stage.service, {
      path: `/v1/redemptions/${redemptionId}/voids`,
      body,
      headers: { cookie, origin, 'idempotency-key': randomUUID() },
    })
  const byOwner = (redemptionId: string, body: object) =>
    voidBy(`__Host-shop=${shop.ownerToken}`, 'http://localhost:8081', redemptionId, body)
  const byClerk = (redemptionId: string, body: object) =>
    voidBy(`__Host-staff=${clerkToken}`, 'http://localhost:8082', redemptionId, body)
  const closeDay = (state: 'open' | 'closed') =>
    stage.owner
      .updateTable('ledger.bucket_day')
      .set({ state })
      .where('business_date', '=', '2027-03-10')
      .execute()

  test('of a part gives back what was taken last, and the rest can be voided later', async () => {
    const redemptionId = await takePayment(7_000)
    const part = await voidPayment(stage.service, till, redemptionId, { amountYen: 600, reason })
    expect(part.status).toBe(201)
    expect(part.body).toMatchObject({
      redemptionId,
      amountYen: 600,
      split: [
        { kind: 'COMMON', yen: 500 },
        { kind: 'LIMITED', yen: 100 },
      ],
    })
    expect(await stage.remaining(phone)).toEqual({ LIMITED: 100, COMMON: 6_000 })
    const rest = await voidPayment(stage.service, till, redemptionId, { reason })
    expect(rest.body).toMatchObject({ amountYen: 6_400, split: [{ kind: 'LIMITED', yen: 6_400 }] })
    expect(await stage.remaining(phone)).toEqual({ LIMITED: 6_500, COMMON: 6_000 })
    const more = await voidPayment(stage.service, till, redemptionId, { reason })
    expect(more.body['code']).toBe('nothing_left')
  })

  test('value that came back can be spent again', async () => {
    const redemptionId = await takePayment(12_500)
    await voidPayment(stage.service, till, redemptionId, { reason })
    expect((await pay(stage.service, till, await phone.code(), 12_500)).status).toBe(201)
  })

  test('of more than is left is refused with what is left', async () => {
    const redemptionId = await takePayment(500)
    const { status, body } = await voidPayment(stage.service, till, redemptionId, {
      amountYen: 501,
      reason,
    })
    expect(status).toBe(422)
    expect(body).toMatchObject({ code: 'void_exceeds', leftYen: 500 })
  })

  test('with the same key is answered again, and with other contents refused', async () => {
    const redemptionId = await takePayment(500)
    const key = randomUUID()
    const first = await voidPayment(
      stage.service,
      till,
      redemptionId,
      { amountYen: 200, reason },
      key,
    )
    await voidPayment(stage.service, till, redemptionId, { amountYen: 100, reason })
    stage.moveTo(NOON + 60 * MINUTE)
    const again = await voidPayment(
      stage.service,
      till,
      redemptionId,
      { amountYen: 200, reason },
      key,
    )
    expect(again).toEqual(first)
    const other = await voidPayment(
      stage.service,
      till,
      redemptionId,
      { amountYen: 201, reason },
      key,
    )
    expect(other.status).toBe(422)
    expect(other.body['code']).toBe('idempotency_key_reused')
    expect(await stage.remaining(phone)).toEqual({ LIMITED: 6_300, COMMON: 6_000 })
  })

  test('20 times at once with one key moves the money once', async () => {
    const redemptionId = await takePayment(500)
    const key = randomUUID()
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        voidPayment(stage.service, till, redemptionId, { amountYen: 300, reason }, key),
      ),
    )
    expect(new Set(answers.map(({ body }) => body['voidId'])).size).toBe(1)
    expect(await stage.remaining(phone)).toEqual({ LIMITED: 6_300, COMMON: 6_000 })
  })

  test('20 different ones at once never give back more than was taken', async () => {
    await takePayment(3_000)
    const redemptionId = await takePayment(1_000)
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        voidPayment(stage.service, till, redemptionId, { amountYen: 300, reason }),
      ),
    )
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3)
    expect(await stage.remaining(phone)).toEqual({ LIMITED: 2_500 + 900, COMMON: 6_000 })
  })

  test('by staff works for 15 minutes; then the owner can, until the period is closed', async () => {
    const redemptionId = await takePayment(500)
    stage.moveTo(NOON + 15 * MINUTE - 1)
    const inTime = await voidPayment(stage.service, till, redemptionId, { amountYen: 1, reason })
    expect(inTime.status).toBe(201)
    stage.moveTo(NOON + 15 * MINUTE)
    const late = await voidPayment(stage.service, till, redemptionId, { amountYen: 1, reason })
    expect(late.body).toMatchObject({
      code: 'staff_window_over',
      until: new Date(NOON + 15 * MINUTE).toISOString(),
    })
    expect((await byClerk(redemptionId, { amountYen: 1, reason })).body['code']).toBe('period_open')
    expect((await byOwner(redemptionId, { amountYen: 1, reason })).status).toBe(201)
    await closeDay('closed')
    expect((await byOwner(redemptionId, { reason })).body['code']).toBe('period_closed')
    const correction = await byClerk(redemptionId, { amountYen: 8, reason })
    expect(correction.status).toBe(201)
    const row = await stage.owner
      .selectFrom('ledger.void')
      .select(['voided_by', 'business_date'])
      .where('yen', '=', 8)
      .executeTakeFirstOrThrow()
    expect(row).toEqual({ voided_by: 'federation', business_date: '2027-03-11' })
    await closeDay('open')
  })

  test('after the last day of the vouchers is refused, whoever asks', async () => {
    const redemptionId = await takePayment(500)
    stage.moveTo(Date.parse('2027-08-01T00:00:00+09:00'))
    const { status, body } = await voidPayment(stage.service, till, redemptionId, { reason })
    expect(status).toBe(409)
    expect(body).toMatchObject({ code: 'voucher_ended', endedAt: '2027-07-31T15:00:00.000Z' })
  })

  test("of another shop's payment is answered like one that does not exist", async () => {
    const redemptionId = await takePayment(500)
    const stranger = await stage.openTill()
    const theirs = await voidPayment(stage.service, stranger, redemptionId, { reason })
    const none = await voidPayment(stage.service, stranger, `${phone.bucket}-${stage.newId()}`, {
      reason,
    })
    expect(theirs.status).toBe(404)
    expect({ ...theirs.body, requestId: '' }).toEqual({ ...none.body, requestId: '' })
  })

  test('by a revoked till is refused', async () => {
    const own = await stage.joinTill(shop.shopId)
    const paid = await pay(stage.service, own, await phone.code(), 100)
    await stage.owner
      .updateTable('redemption.till')
      .set({ revoked_at: new Date(NOON) })
      .where('till_id', '=', own.tillId)
      .execute()
    const { body } = await voidPayment(stage.service, own, paid.body['redemptionId'], { reason })
    expect(body['code']).toBe('till_revoked')
  })

  test('shows in the replay of its payment', async () => {
    const code = await phone.code()
    const paid = await pay(stage.service, till, code, 500)
    await voidPayment(stage.service, till, paid.body['redemptionId'], { amountYen: 120, reason })
    expect((await pay(stage.service, till, code, 500)).body).toEqual({
      ...paid.body,
      replayed: true,
      voidedYen: 120,
    })
  })

  test('and spending at once never lose or make a yen', async () => {
    const redemptionId = await takePayment(6_000)
    await Promise.all(
      Array.from({ length: 40 }, async (_, place) =>
        place % 2 === 0
          ? voidPayment(stage.service, till, redemptionId, { amountYen: 100, reason })
          : pay(stage.service, till, await phone.code(), 400),
      ),
    )
    expect(await stage.verify()).toMatchObject({ balanced: true })
  })

  test('afterwards the books balance', async () => {
    expect(await stage.verify()).toMatchObject({ balanced: true })
  })
})
