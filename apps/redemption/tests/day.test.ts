import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { dayReply } from '../src/contract.ts'
import { NOON, type Phone, type Stage, type TillSide, setStage } from './_stage.ts'
import { pay, send, voidPayment } from './_till.ts'

type Day = z.infer<typeof dayReply>

const NEXT_NOON = NOON + 86_400_000
const [DATE, NEXT_DATE] = ['2027-03-10', '2027-03-11']
const reason = '返品'

const sum = (amounts: readonly number[]): number => amounts.reduce((all, each) => all + each, 0)

/** What a day came to, told four times over. */
const sums = ({ totalYen, byKind, byTill, earlierVoidsYen }: Day) => ({
  total: totalYen,
  kinds: sum(byKind.map(({ yen }) => yen)) - earlierVoidsYen,
  tills: sum(byTill.map((till) => till.redemptionsYen - till.voidedYen)) - earlierVoidsYen,
})

describe.each([
  { name: 'plain tables', partitioned: false },
  { name: 'tables partitioned by bucket', partitioned: true },
])('the day of a shop, $name', ({ partitioned }) => {
  let stage: Stage
  let shop: Awaited<ReturnType<Stage['openShop']>>
  let till: TillSide
  let other: TillSide
  let phone: Phone
  beforeAll(async () => {
    stage = await setStage({ partitioned })
  })
  afterAll(() => stage.drop())
  beforeEach(async () => {
    stage.moveTo(NOON)
    shop = await stage.openShop()
    till = await stage.joinTill(shop.shopId)
    other = await stage.joinTill(shop.shopId)
    phone = await stage.openPhone(1)
  })
  const take = async (yen: number, at = till): Promise<string> => {
    const { status, body } = await pay(stage.service, at, await phone.code(), yen)
    expect(status).toBe(201)
    return String(body['redemptionId'])
  }
  const voidNow = async (redemptionId: string, amountYen?: number) => {
    const body = { reason, ...(amountYen === undefined ? {} : { amountYen }) }
    expect((await voidPayment(stage.service, till, redemptionId, body)).status).toBe(201)
  }
  const voidAsOwner = async (redemptionId: string, amountYen: number) => {
    const { status } = await send(stage.service, {
      path: `/v1/redemptions/${redemptionId}/voids`,
      body: { amountYen, reason },
      headers: {
        cookie: `__Host-shop=${shop.ownerToken}`,
        origin: 'http://localhost:8081',
        'idempotency-key': randomUUID(),
      },
    })
    expect(status).toBe(201)
  }
  const dayOf = async (date: string): Promise<Day> => {
    const path = `/v1/shops/${shop.shopId}/day?date=${date}`
    const { status, body } = await send(stage.service, { method: 'GET', path, token: till.token })
    expect(status).toBe(200)
    return body as Day
  }
  /** The columns of the table that are sums: the amounts, and those of each kind. */
  const tableOf = async (date: string) => {
    const answer = await stage.service.app.request(
      `/v1/shops/${shop.shopId}/day.csv?date=${date}`,
      { headers: { authorization: `Bearer ${till.token}` } },
    )
    const [head = [], ...lines] = (await answer.text())
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(','))
    const column = (name: string, of = lines) =>
      sum(of.map((line) => Number(line[head.indexOf(name)])))
    const earlier = lines.filter(([, what]) => what === '前の日までの支払いの取消')
    return { column, earlier: 0 - column('金額', earlier) }
  }
  const kindsOf = ({ byKind }: Day) =>
    Object.fromEntries(byKind.map(({ kind, yen }) => [kind, yen]))

  test('by kind is less what was voided, the whole of a payment or the last of a part', async () => {
    await voidNow(await take(6_000))
    await voidNow(await take(6_800), 500)
    await take(100, other)
    const day = await dayOf(DATE)
    expect(day).toMatchObject({ totalYen: 6_400, voidsYen: 6_500, earlierVoidsYen: 0 })
    // 6,500 limited and 300 common were taken, and of these 300 common and 200 limited came back.
    expect(kindsOf(day)).toEqual({ LIMITED: 6_400, COMMON: 0 })
    expect(sums(day)).toEqual({ total: 6_400, kinds: 6_400, tills: 6_400 })
    const { column, earlier } = await tableOf(DATE)
    expect([column('金額'), column('LIMITED'), column('COMMON')]).toEqual([6_400, 6_400, 0])
    expect(earlier).toBe(0)
  })

  test("a void of yesterday's payment is in today's total alone, on a line of its own", async () => {
    const yesterdays = await take(6_800)
    await voidNow(yesterdays, 100)
    stage.moveTo(NEXT_NOON)
    await voidAsOwner(yesterdays, 450)
    await voidNow(await take(1_000), 300)

    const today = await dayOf(NEXT_DATE)
    expect(today).toMatchObject({ totalYen: 250, voidsYen: 750, earlierVoidsYen: 450 })
    expect(sums(today)).toEqual({ total: 250, kinds: 250, tills: 250 })
    expect(sum(today.byKind.map(({ yen }) => yen))).toBe(700)
    expect(today.voidLines.map((it) => [it.isOfEarlierDay, it.amountYen])).toEqual(
      expect.arrayContaining([
        [true, 450],
        [false, 300],
      ]),
    )
    const { column, earlier } = await tableOf(NEXT_DATE)
    expect([column('金額'), column('LIMITED') + column('COMMON'), earlier]).toEqual([250, 250, 450])

    const yesterday = await dayOf(DATE)
    expect(yesterday).toMatchObject({ totalYen: 6_700, voidsYen: 100, earlierVoidsYen: 0 })
    expect(sums(yesterday)).toEqual({ total: 6_700, kinds: 6_700, tills: 6_700 })
    expect(yesterday.payments).toMatchObject([{ amountYen: 6_800, voidedYen: 550 }])
  })
})
