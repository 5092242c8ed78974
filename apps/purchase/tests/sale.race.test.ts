import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { moments } from './_campaign.ts'
import { type Caller, drawFor, newKey, setStage, type Stage, tally } from './_stage.ts'

let stage: Stage
let code: string
let base: `/v1/campaigns/${string}`
beforeAll(async () => {
  stage = await setStage({ connectionsMax: 12 })
})
afterAll(() => stage.drop())
beforeEach(() => {
  code = stage.newCode()
  base = `/v1/campaigns/${code}`
})
afterEach(async () => {
  await assertEveryUnitIsSomewhere()
  await stage.assertBooksBalance()
})

const drawn = (wishes: readonly number[], changes: Readonly<Record<string, unknown>> = {}) =>
  drawFor(stage, wishes, { ...changes, id: code })
const buy = (who: Caller, body: object, key = newKey()) =>
  stage.send(who, `POST ${base}/orders`, { body, key })
const card = (units: number) => ({ method: 'card', units, card: 'tok_ok' })
const leftover = (units: number) => ({ ...card(units), sale: 'second_sale' })
const codesOf = (answers: readonly { status: number; body: Record<string, unknown> }[]) =>
  tally(answers.map(({ status, body }) => (status < 300 ? status : body['code'])))
const many = <T>(count: number, make: (n: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => make(n)))
const at = (moment: number) => {
  stage.clock.at = moment
}
const campaignId = async () =>
  (
    await stage.owner
      .selectFrom('campaign.campaign')
      .select('campaign_id')
      .where('code', '=', code)
      .executeTakeFirstOrThrow()
  ).campaign_id
const stock = async () =>
  stage.owner
    .selectFrom('sale.stock')
    .selectAll()
    .where('campaign_id', '=', await campaignId())
    .executeTakeFirstOrThrow()
const allWins = async () =>
  stage.owner
    .selectFrom('sale.win')
    .selectAll()
    .where('campaign_id', '=', await campaignId())
    .execute()
const allOrders = async () =>
  stage.owner
    .selectFrom('sale.order')
    .selectAll()
    .where('campaign_id', '=', await campaignId())
    .execute()

const isCounted = ({ state }: { state: string }) => state === 'reserved' || state === 'paid'

/** Plain sums: what is in wins, in orders of the second sale and in the stock is all there is. */
async function assertEveryUnitIsSomewhere(): Promise<void> {
  const { units_free, units_total, released_at } = await stock()
  const [wins, orders] = [await allWins(), await allOrders()]
  let sum = units_free
  for (const win of wins) {
    const own = orders.filter((order) => order.application_id === win.application_id)
    const unitsIn = (state: string) =>
      own.reduce((units, order) => units + (order.state === state ? order.units : 0), 0)
    if (unitsIn('reserved') !== win.units_reserved || unitsIn('paid') !== win.units_paid)
      throw new Error(`the counters of ${win.application_no} are not its orders`)
    sum += win.units_won - win.units_released
  }
  if (released_at === null) sum += units_total - wins.reduce((won, win) => won + win.units_won, 0)
  for (const order of orders) if (order.sale_seq !== null && isCounted(order)) sum += order.units
  if (sum !== units_total) throw new Error(`${sum} of ${units_total} units are somewhere`)
}

test('fifty orders at once for one win of five: five units are bought, the rest refused', async () => {
  const [person] = await drawn([5])
  const answers = await many(50, () => buy(person as Caller, card(1)))
  expect(codesOf(answers)).toBe('201 5, units_over_win 45')
  const { body } = await stage.send(person as Caller, 'GET /v1/wallet')
  expect(body['spendableYen']).toBe(62_500)
})

test('twenty requests with one key at once are one order and one charge', async () => {
  const [person] = await drawn([5])
  const key = newKey()
  const answers = await many(20, () => buy(person as Caller, card(2), key))
  expect(codesOf(answers)).toBe('201 20')
  expect(new Set(answers.map(({ body }) => body['orderId'])).size).toBe(1)
  expect(await allWins()).toMatchObject([{ units_paid: 2, units_reserved: 0 }])
})

test('one key at once for two campaigns is one order, and the other is told', async () => {
  const [person] = await drawn([5])
  const other = stage.newCode()
  at(moments.beforeApply)
  await stage.openCampaign({ id: other })
  at(moments.apply)
  const mine = person as Caller
  await stage.send(stage.clerk, `POST /v1/campaigns/${other}/draw/commit`)
  const body = stage.wishOf(5)
  await stage.send(mine, `POST /v1/campaigns/${other}/applications`, { body })
  at(moments.applyEnd)
  await stage.send(stage.clerk, `POST /v1/campaigns/${other}/draw/freeze`)
  at(moments.draw)
  await stage.send(stage.clerk, `POST /v1/campaigns/${other}/draw/run`, { body: {} })
  at(moments.results)
  await stage.send(stage.clerk, `POST /v1/campaigns/${other}/draw/publish`)
  at(moments.pay)
  for (let round = 0; round < 5; round++) {
    const key = newKey()
    const answers = await Promise.all(
      [code, other].map((campaign) =>
        stage.send(mine, `POST /v1/campaigns/${campaign}/orders`, { body: card(1), key }),
      ),
    )
    expect(codesOf(answers)).toBe('201 1, idempotency_key_reused 1')
  }
})

test('a hundred orders at once for thirty leftover units: never oversold, numbers gapless', async () => {
  const [winner] = await drawn([5], { stock: { units: 35 } })
  await buy(winner as Caller, card(5))
  at(moments.release)
  await stage.send(stage.clerk, `POST ${base}/release`)
  const people = await many(100, () => stage.account('resident'))
  at(moments.resale)
  const answers = await Promise.all(people.map((person) => buy(person, leftover(2))))
  expect(codesOf(answers)).toBe('201 15, sold_out 85')
  const seqs = answers
    .filter(({ status }) => status === 201)
    .map(({ body }) => Number(body['seq']))
    .toSorted((a, b) => a - b)
  expect(seqs).toEqual(Array.from({ length: 15 }, (_, n) => n + 1))
  expect(await stock()).toMatchObject({ units_free: 0, sale_seq: 15 })
})

test('one person with thirty orders at once in the second sale stays within the cap', async () => {
  await drawn([1])
  at(moments.release)
  await stage.send(stage.clerk, `POST ${base}/release`)
  const person = await stage.account('resident')
  at(moments.resale)
  const answers = await many(30, () => buy(person, leftover(1)))
  expect(codesOf(answers)).toBe('201 2, person_cap 28')
})

test('a notice delivered twenty times at once issues once', async () => {
  const [person] = await drawn([5])
  const { body } = await buy(person as Caller, { method: 'slip', units: 5 })
  const paymentId = String(body['orderId'])
  const notice = { kind: 'succeeded', paymentId, paidAt: stage.clock.at } as const
  const same = await many(20, () => stage.deliver({ ...notice, noticeId: code }))
  expect(tally(same.map((answer) => answer.body['outcome']))).toBe('issued 20')
  const others = await many(10, (n) => stage.deliver({ ...notice, noticeId: `${code} n${n}` }))
  expect(tally(others.map((answer) => answer.body['outcome']))).toBe('nothing_new 10')
  const wallet = await stage.send(person as Caller, 'GET /v1/wallet')
  expect(wallet.body['spendableYen']).toBe(62_500)
})

test('success and decline heard at once leave the order paid, whichever came first', async () => {
  const people = await drawn([2, 2, 2, 2, 2])
  await Promise.all(
    people.map(async (person, n) => {
      const { body } = await buy(person, { method: 'slip', units: 2 })
      const paymentId = String(body['orderId'])
      await Promise.all([
        stage.deliver({ kind: 'declined', noticeId: `${code} d${n}`, paymentId }),
        stage.deliver({
          kind: 'succeeded',
          noticeId: `${code} s${n}`,
          paymentId,
          paidAt: stage.clock.at,
        }),
        stage.deliver({ kind: 'expired', noticeId: `${code} e${n}`, paymentId }),
      ])
      const order = await stage.send(person, `GET /v1/orders/${paymentId}`)
      expect(order.body['state']).toBe('paid')
    }),
  )
})

test('releasing races payments that were made in time: each has its vouchers, none is sold twice', async () => {
  const people = await drawn(
    Array.from({ length: 20 }, () => 5),
    {
      stock: { units: 100 },
    },
  )
  const slips = await Promise.all(people.map((person) => buy(person, { method: 'slip', units: 5 })))
  at(moments.release)
  const paidAt = moments.payEnd - 1
  const deliveries = slips.map(({ body }, n) =>
    stage.deliver({
      kind: 'succeeded',
      noticeId: `${code} s${n}`,
      paymentId: String(body['orderId']),
      paidAt,
    }),
  )
  const releases = many(3, () => stage.send(stage.clerk, `POST ${base}/release`))
  const outcomes = (await Promise.all(deliveries)).map(({ body }) => body['outcome'])
  await releases
  expect(tally(outcomes)).toBe('issued 20')
  expect(await stock()).toMatchObject({ units_free: 0 })
})

test('two services at once keep one order in line', async () => {
  await drawn([1], { stock: { units: 41 } })
  at(moments.release)
  await stage.send(stage.clerk, `POST ${base}/release`)
  const other = stage.startService()
  const people = await many(60, () => stage.account('resident'))
  at(moments.resale)
  const answers = await Promise.all(
    people.map((person, n) =>
      stage.send(
        person,
        `POST ${base}/orders`,
        { body: leftover(1), key: newKey() },
        n % 2 === 0 ? stage.service : other,
      ),
    ),
  )
  expect(codesOf(answers)).toBe('201 41, sold_out 19')
  const seqs = answers.flatMap(({ status, body }) => (status === 201 ? [Number(body['seq'])] : []))
  expect(new Set(seqs).size).toBe(41)
  expect(Math.max(...seqs)).toBe(41)
})
