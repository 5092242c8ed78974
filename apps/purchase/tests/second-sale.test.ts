import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { moments } from './_campaign.ts'
import { type Caller, drawFor, newKey, setStage, type Stage } from './_stage.ts'

let stage: Stage
let code: string
let base: `/v1/campaigns/${string}`
beforeAll(async () => {
  stage = await setStage()
})
afterAll(() => stage.drop())
beforeEach(() => {
  code = stage.newCode()
  base = `/v1/campaigns/${code}`
})
afterEach(() => stage.assertBooksBalance())

const drawn = (wishes: readonly number[]) => drawFor(stage, wishes, { id: code })
const buy = (who: Caller, body: object, key = newKey()) =>
  stage.send(who, `POST ${base}/orders`, { body, key })
const card = (units: number, token = 'tok_ok') => ({ method: 'card', units, card: token })
const leftover = (units: number, token = 'tok_ok') => ({
  ...card(units, token),
  sale: 'second_sale',
})
const slip = (units: number) => ({ method: 'slip', units })
const release = () => stage.send(stage.clerk, `POST ${base}/release`)
const paySlip = (slipNo: unknown, paidAt?: number) =>
  stage.send(null, `POST /v1/sandbox/slips/${String(slipNo)}/payments`, {
    body: paidAt === undefined ? {} : { paidAt: new Date(paidAt).toISOString() },
  })
const stateOf = async (who: Caller, orderId: unknown) =>
  (await stage.send(who, `GET /v1/orders/${String(orderId)}`)).body['state']
const at = (moment: number) => {
  stage.clock.at = moment
}
const free = async () =>
  (
    await stage.owner
      .selectFrom('sale.stock')
      .innerJoin('campaign.campaign', 'campaign.campaign.campaign_id', 'sale.stock.campaign_id')
      .select('units_free')
      .where('code', '=', code)
      .executeTakeFirstOrThrow()
  ).units_free

test('unpaid wins and what the draw left over come back two days after payment ends', async () => {
  const [paid, half, unpaid] = await drawn([3, 2, 2])
  await buy(paid as Caller, card(3))
  await buy(half as Caller, card(1))
  const lost = await buy(unpaid as Caller, slip(2))
  at(moments.release - 1)
  expect((await release()).body).toMatchObject({
    code: 'release_not_due',
    dueAt: '2027-02-16T15:00:00.000Z',
  })
  at(moments.release)
  const first = await release()
  // 7 of 10 were won; one of `half` and two of `unpaid` were never paid.
  expect(first.body).toMatchObject({
    unitsReleased: 3,
    unitsUnsold: 3,
    ordersLapsed: 1,
    unitsFree: 6,
  })
  expect(await stateOf(unpaid as Caller, lost.body['orderId'])).toBe('lapsed')
  at(moments.release + 1_000)
  expect((await release()).body).toEqual({
    ...first.body,
    unitsReleased: 0,
    unitsUnsold: 0,
    ordersLapsed: 0,
  })
  const result = await stage.send(unpaid as Caller, `GET ${base}/result/mine`)
  expect(result.body).toMatchObject({ unitsWon: 2, unitsReserved: 0, unitsReleased: 2 })
})

test('nothing is released of a draw that was not run', async () => {
  at(moments.beforeApply)
  await stage.openCampaign({ id: code })
  at(moments.release)
  expect((await release()).body['code']).toBe('draw_not_run')
})

test('first come, first served by number, in part where the cap or the stock ends', async () => {
  const [winner] = await drawn([4])
  await buy(winner as Caller, card(4))
  at(moments.release)
  expect((await release()).body['unitsFree']).toBe(6)
  const people = await Promise.all([1, 2, 3, 4, 5].map(() => stage.account('resident')))
  at(moments.resale)
  const answers = []
  for (const [n, want] of [2, 5, 1, 2].entries())
    answers.push(await buy(people[n] as Caller, leftover(want)))
  expect(
    answers.map(({ body }) => [body['seq'], body['units'], body['unitsWanted'], body['sale']]),
  ).toEqual([
    [1, 2, 2, 'second_sale'],
    [2, 2, 5, 'second_sale'],
    [3, 1, 1, 'second_sale'],
    [4, 1, 2, 'second_sale'],
  ])
  expect((await buy(people[4] as Caller, leftover(1))).body['code']).toBe('sold_out')
  const again = await buy(people[1] as Caller, leftover(1))
  expect(again.body).toMatchObject({ code: 'person_cap', secondSaleUnitsMax: 2, unitsMax: 5 })
  expect(await free()).toBe(0)
})

test('what is left of the cap counts the win, and a declined order counts nothing', async () => {
  const [winner] = await drawn([5])
  await buy(winner as Caller, card(4))
  at(moments.release)
  await release()
  at(moments.resale)
  expect((await buy(winner as Caller, leftover(2, 'tok_declined'))).status).toBe(402)
  expect(await free()).toBe(6)
  const bought = await buy(winner as Caller, leftover(2))
  expect(bought.body).toMatchObject({ units: 1, unitsWanted: 2, seq: 2 })
  expect((await buy(winner as Caller, leftover(1))).body['code']).toBe('person_cap')
})

test('the second sale has its time, and its stock', async () => {
  await drawn([1])
  const person = await stage.account('resident')
  const codeAt = async (moment: number) => {
    at(moment)
    return (await buy(person, leftover(1))).body['code']
  }
  expect(await codeAt(moments.payEnd)).toBe('pay_not_open')
  expect(await codeAt(moments.resale)).toBe('second_sale_not_ready')
  await release()
  expect(await codeAt(moments.resaleEnd)).toBe('pay_over')
  expect(await codeAt(moments.resaleEnd - 1)).toBeUndefined()
})

test('a campaign without a second sale sells no leftovers', async () => {
  at(moments.beforeApply)
  const file = {
    id: code,
    caps: { perPersonUnits: 5 },
    windows: {
      apply: ['2026-12-01T10:00:00+09:00', '2026-12-18T00:00:00+09:00'],
      draw: '2027-01-12T10:00:00+09:00',
      results: '2027-01-20T10:00:00+09:00',
      pay: ['2027-02-01T10:00:00+09:00', '2027-02-15T00:00:00+09:00'],
      use: ['2027-02-01T00:00:00+09:00', '2027-08-01T00:00:00+09:00'],
    },
  }
  expect((await stage.openCampaign(file)).status).toBe(201)
  at(moments.resale)
  const refused = await buy(await stage.account('resident'), leftover(1))
  expect(refused.body['code']).toBe('no_second_sale')
})

test('a slip of the second sale has three days, and its units come back two days later', async () => {
  await drawn([5, 3])
  at(moments.release)
  await release()
  const [first, second] = [await stage.account('resident'), await stage.account('resident')]
  at(moments.resale)
  const order = await buy(first, { ...slip(2), sale: 'second_sale' })
  expect(order.body['payBy']).toBe('2027-02-26T03:00:00.000Z')
  expect(await free()).toBe(8)
  at(moments.resaleEnd - 1)
  await buy(second, leftover(1))
  expect(await free()).toBe(9)
  expect(await stateOf(first, order.body['orderId'])).toBe('lapsed')
})

test('a release after the second sale finds its slips that nobody paid', async () => {
  await drawn([5, 5])
  at(moments.release)
  await release()
  at(moments.resaleEnd - 1)
  await buy(await stage.account('resident'), { ...slip(2), sale: 'second_sale' })
  at(moments.resaleEnd + 2 * 86_400_000)
  expect((await release()).body).toMatchObject({ ordersLapsed: 1, unitsFree: 10 })
})

test('a payment in time that is heard after the release takes what is left', async () => {
  const [person] = await drawn([5])
  const order = await buy(person as Caller, slip(5))
  at(moments.release)
  await release()
  expect(await free()).toBe(10)
  const paid = await paySlip(order.body['slipNo'], moments.payEnd - 1)
  expect(paid.body['outcomes']).toEqual(['issued'])
  expect(await free()).toBe(5)
  const result = await stage.send(person as Caller, `GET ${base}/result/mine`)
  expect(result.body).toMatchObject({ unitsWon: 5, unitsPaid: 5, unitsReleased: 0 })
})

test('heard when the stock is gone, or above the cap by then, it is a refund case', async () => {
  const [unlucky, greedy, ...others] = await drawn([2, 4, 4])
  const [first, second] = [
    await buy(unlucky as Caller, slip(2)),
    await buy(greedy as Caller, slip(4)),
  ]
  at(moments.release)
  await release()
  at(moments.resale)
  expect((await buy(greedy as Caller, leftover(2))).body['units']).toBe(2)
  expect((await paySlip(second.body['slipNo'], moments.pay)).body['outcomes']).toEqual([
    'refund_due',
  ])
  stage.clock.at += 60_000
  const people = [...others, ...(await Promise.all([1, 2, 3].map(() => stage.account('resident'))))]
  for (const person of people) await buy(person, leftover(2))
  expect(await free()).toBe(0)
  expect((await paySlip(first.body['slipNo'], moments.pay)).body['outcomes']).toEqual([
    'refund_due',
  ])
  const { cases } = (await stage.send(stage.clerk, 'GET /v1/refund-cases')).body
  const ours = (cases as { campaign: string }[]).filter(({ campaign }) => campaign === code)
  expect(ours).toMatchObject([
    { reason: 'over_cap', units: 4, yen: 40_000 },
    { reason: 'sold_out', units: 2, yen: 20_000 },
  ])
})
