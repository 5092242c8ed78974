import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { moments } from './_campaign.ts'
import { type Caller, drawFor, newKey, setStage, type Stage, tally } from './_stage.ts'

let stage: Stage
let people: Caller[]
let next = 0
beforeAll(async () => {
  stage = await setStage()
  people = await drawFor(
    stage,
    Array.from({ length: 40 }, () => 5),
    {
      stock: { units: 200 },
    },
  )
})
afterAll(() => stage.drop())
afterEach(async () => {
  stage.clock.at = moments.pay
  await stage.assertBooksBalance()
})

/** Somebody who won five units and has bought none. */
const winner = (): Caller => people[next++] ?? stage.clerk

const path = '/v1/campaigns/MIRAI2027/orders' as const
const buy = (who: Caller, body: object, key = newKey()) =>
  stage.send(who, `POST ${path}`, { body, key })
const card = (units: number, token = 'tok_ok') => ({ method: 'card', units, card: token })
const slip = (units: number) => ({ method: 'slip', units })
const pay = (slipNo: unknown, body: object = {}) =>
  stage.send(null, `POST /v1/sandbox/slips/${String(slipNo)}/payments`, { body })
const wallet = async (who: Caller) => (await stage.send(who, 'GET /v1/wallet')).body
const show = async (who: Caller, orderId: unknown) =>
  (await stage.send(who, `GET /v1/orders/${String(orderId)}`)).body

test('a card that works buys units, and their vouchers are there', async () => {
  const person = winner()
  const { status, body } = await buy(person, card(3))
  expect(status).toBe(201)
  expect(body).toMatchObject({
    campaign: 'MIRAI2027',
    sale: 'win',
    seq: null,
    units: 3,
    unitsWanted: 3,
    priceYen: 30_000,
    method: 'card',
    state: 'paid',
    slipNo: null,
    paidAt: '2027-02-03T03:00:00.000Z',
  })
  const { unitsWanted: _wanted, ...order } = body
  expect(await show(person, body['orderId'])).toEqual(order)
  expect(await wallet(person)).toMatchObject({
    spendableYen: 37_500,
    balances: [
      { kind: 'LIMITED', remainingYen: 19_500, issuedYen: 19_500, lastDay: '2027-07-31' },
      { kind: 'COMMON', remainingYen: 18_000, issuedYen: 18_000, isSpendable: true },
    ],
  })
})

test('a declined card buys nothing, and the units are free again', async () => {
  const person = winner()
  const refused = await buy(person, card(5, 'tok_declined'))
  expect([refused.status, refused.body['code']]).toEqual([402, 'card_declined'])
  expect(await show(person, refused.body['orderId'])).toMatchObject({ state: 'declined' })
  expect((await wallet(person))['balances']).toEqual([])
  expect((await buy(person, card(5))).status).toBe(201)
  expect((await buy(person, card(5, 'tok_unheard_of'))).body['code']).toBe('units_over_win')
})

test('a win may be bought in several orders, and never more of it than was won', async () => {
  const person = winner()
  expect((await buy(person, card(2))).status).toBe(201)
  expect((await buy(person, slip(2))).status).toBe(201)
  const refused = await buy(person, card(2))
  expect(refused.status).toBe(409)
  expect(refused.body).toMatchObject({ code: 'units_over_win', unitsLeft: 1, unitsWon: 5 })
  expect((await buy(person, card(1))).status).toBe(201)
})

test('a slip is paid later at a store, and then there are vouchers', async () => {
  const person = winner()
  const { status, body } = await buy(person, slip(4))
  expect(status).toBe(201)
  expect(body).toMatchObject({
    state: 'reserved',
    slipNo: expect.stringMatching(/^\d{15}$/),
    payBy: '2027-02-14T15:00:00.000Z',
    paidAt: null,
  })
  expect((await wallet(person))['balances']).toEqual([])
  stage.clock.at += 86_400_000
  expect((await pay(body['slipNo'])).body).toMatchObject({ outcomes: ['issued'] })
  expect(await show(person, body['orderId'])).toMatchObject({
    state: 'paid',
    paidAt: '2027-02-04T03:00:00.000Z',
  })
  expect((await wallet(person))['spendableYen']).toBe(50_000)
})

test('the same key is answered with the first answer, also after the slip is paid', async () => {
  const person = winner()
  for (const [body, token] of [
    [slip(1), undefined],
    [card(1), 'tok_declined'],
    [card(1, 'tok_declined'), 'tok_ok'],
  ] as const) {
    const key = newKey()
    const first = await buy(person, body, key)
    if (first.body['slipNo']) await pay(first.body['slipNo'])
    const repeated = token === undefined ? body : { ...body, card: token }
    const again = await buy(person, repeated, key)
    expect(again.status).toBe(first.status)
    expect({ ...again.body, requestId: '' }).toEqual({ ...first.body, requestId: '' })
    expect(first.headers.get('idempotent-replayed')).toBeNull()
    expect(again.headers.get('idempotent-replayed')).toBe('true')
  }
  const { orders } = (await stage.send(person, 'GET /v1/orders/mine')).body
  expect(tally((orders as { state: string }[]).map(({ state }) => state))).toBe(
    'declined 1, paid 2',
  )
})

test('the same key with other contents is refused, and another person’s key is another key', async () => {
  const [person, other] = [winner(), winner()]
  const key = newKey()
  await buy(person, card(1), key)
  for (const body of [card(2), slip(1), { ...card(1), sale: 'second_sale' }]) {
    const refused = await buy(person, body, key)
    expect([refused.status, refused.body['code']]).toEqual([422, 'idempotency_key_reused'])
  }
  expect((await buy(other, card(1), key)).status).toBe(201)
})

test('a key is needed', async () => {
  const refused = await stage.send(winner(), `POST ${path}`, { body: card(1) })
  expect([refused.status, refused.body['code']]).toEqual([400, 'idempotency_key_needed'])
})

test.each([
  [{ ...card(1), units: 0 }, 'units', 'min'],
  [{ ...card(1), units: '1' }, 'units', 'type'],
  [{ ...card(1), units: 1.5 }, 'units', 'digits_only'],
  [{ ...card(1), card: '4111 1111' }, 'card', 'format'],
  [{ method: 'card', units: 1 }, 'card', 'required'],
  [{ ...slip(1), card: 'tok_ok' }, 'card', 'unknown_field'],
  [{ ...slip(1), sale: 'third' }, 'sale', 'one_of'],
  [{ units: 1, method: 'cash' }, 'method', 'one_of'],
  [{ ...slip(1), priceYen: 1 }, 'priceYen', 'unknown_field'],
  [{ ...slip(1), state: 'paid' }, 'state', 'unknown_field'],
])('%j is refused at %s by the rule %s', async (body, field, rule) => {
  const refused = await buy(people[0] ?? stage.clerk, body)
  expect(refused.status).toBe(400)
  expect(refused.body['faults']).toContainEqual(expect.objectContaining({ field, rule }))
})

test.each([
  { at: moments.results, code: 'pay_not_open', data: { opensAt: '2027-02-01T01:00:00.000Z' } },
  { at: moments.payEnd, code: 'pay_over', data: { closedAt: '2027-02-14T15:00:00.000Z' } },
])('an order outside the payment period is told $code', async ({ at, code, data }) => {
  const person = people[0] ?? stage.clerk
  stage.clock.at = at
  const refused = await buy(person, card(1))
  expect(refused.status).toBe(409)
  expect(refused.body).toMatchObject({ code, ...data })
})

test('who did not apply, or whose wallet is stopped, buys nothing', async () => {
  const nobody = await stage.account('resident')
  expect((await buy(nobody, card(1))).body['code']).toBe('nothing_won')
  const person = winner()
  const stopped = await stage.send(person, 'POST /v1/wallet/stop')
  const refused = await buy(person, card(1))
  expect([refused.status, refused.body['code']]).toEqual([403, 'wallet_stopped'])
  expect(refused.body['stoppedAt']).toBe(stopped.body['stoppedAt'])
})

test('another person’s order is answered like one that is not there', async () => {
  const [person, other] = [winner(), winner()]
  const { body } = await buy(person, card(1))
  const theirs = await stage.send(other, `GET /v1/orders/${String(body['orderId'])}`)
  const none = await stage.send(other, `GET /v1/orders/${stage.newId()}`)
  expect(theirs.status).toBe(404)
  expect({ ...theirs.body, requestId: '' }).toEqual({ ...none.body, requestId: '' })
  expect((await stage.send(other, 'GET /v1/orders/mine')).body).toEqual({ orders: [] })
})

test('an order of a campaign that is not there is not found', async () => {
  const key = newKey()
  const answer = await stage.send(people[0] ?? null, 'POST /v1/campaigns/NONE/orders', {
    body: card(1),
    key,
  })
  expect(answer.status).toBe(404)
})

test('a card without an answer keeps its units for half an hour', async () => {
  const person = winner()
  const waiting = await buy(person, card(5, 'tok_pending'))
  expect([waiting.status, waiting.body['state']]).toEqual([202, 'reserved'])
  stage.clock.at += 30 * 60_000 - 1
  expect((await buy(person, card(1))).body['code']).toBe('units_over_win')
  stage.clock.at += 1
  expect((await buy(person, card(5))).status).toBe(201)
  expect(await show(person, waiting.body['orderId'])).toMatchObject({ state: 'lapsed' })
})
