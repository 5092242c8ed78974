import { createHmac } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { moments } from './_campaign.ts'
import { type Caller, drawFor, newKey, setStage, type Stage } from './_stage.ts'

let stage: Stage
let people: Caller[]
let next = 0
beforeAll(async () => {
  stage = await setStage()
  people = await drawFor(
    stage,
    Array.from({ length: 30 }, () => 5),
    { stock: { units: 150 } },
  )
})
afterAll(() => stage.drop())
beforeEach(() => {
  stage.clock.at = moments.pay
})
afterEach(async () => {
  await stage.assertBooksBalance()
})

const winner = (): Caller => people[next++] ?? stage.clerk
const buy = (who: Caller, body: object) =>
  stage.send(who, 'POST /v1/campaigns/MIRAI2027/orders', { body, key: newKey() })
const stateOf = async (who: Caller, orderId: unknown) =>
  (await stage.send(who, `GET /v1/orders/${String(orderId)}`)).body['state']
const spendable = async (who: Caller) =>
  (await stage.send(who, 'GET /v1/wallet')).body['spendableYen']

let notices = 0
const noticeOf = (paymentId: unknown) => {
  notices += 1
  return { noticeId: `ntc_${notices}`, paymentId: String(paymentId) }
}
const succeeded = (paymentId: unknown, paidAt = stage.clock.at) => ({
  ...noticeOf(paymentId),
  kind: 'succeeded' as const,
  paidAt,
})
const declined = (paymentId: unknown) => ({ ...noticeOf(paymentId), kind: 'declined' as const })
const expired = (paymentId: unknown) => ({ ...noticeOf(paymentId), kind: 'expired' as const })
const outcomeOf = async (answer: ReturnType<Stage['deliver']>) => (await answer).body['outcome']

test('a notice issues the vouchers of a card whose answer was lost', async () => {
  const person = winner()
  const { status, body } = await buy(person, { method: 'card', units: 2, card: 'tok_lost' })
  expect(status).toBe(202)
  expect(await outcomeOf(stage.deliver(succeeded(body['orderId'])))).toBe('issued')
  expect(await stateOf(person, body['orderId'])).toBe('paid')
  expect(await spendable(person)).toBe(25_000)
})

test('the same notice again has the same answer, and another about the same says nothing new', async () => {
  const person = winner()
  const { body } = await buy(person, { method: 'slip', units: 1 })
  const notice = succeeded(body['orderId'])
  expect(await outcomeOf(stage.deliver(notice))).toBe('issued')
  expect(await outcomeOf(stage.deliver(notice))).toBe('issued')
  expect(await outcomeOf(stage.deliver(succeeded(body['orderId'])))).toBe('nothing_new')
  expect(await spendable(person)).toBe(12_500)
})

const order = async (units = 5) => {
  const person = winner()
  const { body } = await buy(person, { method: 'slip', units })
  return { person, orderId: body['orderId'] }
}

describe('out of order', () => {
  test('a success after a decline takes the units that the win still has', async () => {
    const { person, orderId } = await order()
    expect(await outcomeOf(stage.deliver(declined(orderId)))).toBe('given_back')
    expect(await stateOf(person, orderId)).toBe('declined')
    expect(await outcomeOf(stage.deliver(succeeded(orderId)))).toBe('issued')
    expect(await stateOf(person, orderId)).toBe('paid')
  })

  test('a decline after a success changes nothing', async () => {
    const { person, orderId } = await order()
    await stage.deliver(succeeded(orderId))
    expect(await outcomeOf(stage.deliver(declined(orderId)))).toBe('nothing_new')
    expect(await outcomeOf(stage.deliver(expired(orderId)))).toBe('nothing_new')
    expect(await spendable(person)).toBe(62_500)
  })

  test('a success after its units were bought otherwise is a refund case', async () => {
    const { person, orderId } = await order()
    await stage.deliver(expired(orderId))
    expect((await buy(person, { method: 'card', units: 5, card: 'tok_ok' })).status).toBe(201)
    expect(await outcomeOf(stage.deliver(succeeded(orderId)))).toBe('refund_due')
    expect(await spendable(person)).toBe(62_500)
    const { cases } = (await stage.send(stage.clerk, 'GET /v1/refund-cases')).body
    expect(cases).toContainEqual(
      expect.objectContaining({ orderId, reason: 'over_cap', yen: 50_000, closedAt: null }),
    )
  })
})

describe('what counts is when it was paid', () => {
  test.each([
    { why: 'the last moment', paidAt: moments.payEnd - 1, outcome: 'issued' },
    { why: 'the end of the period', paidAt: moments.payEnd, outcome: 'refund_due' },
  ])('a slip paid at $why, heard a day later, is $outcome', async ({ paidAt, outcome }) => {
    const person = winner()
    const { body } = await buy(person, { method: 'slip', units: 2 })
    stage.clock.at = moments.payEnd + 86_400_000
    const paid = await stage.send(
      null,
      `POST /v1/sandbox/slips/${String(body['slipNo'])}/payments`,
      {
        body: { paidAt: new Date(paidAt).toISOString() },
      },
    )
    expect(paid.body['outcomes']).toEqual([outcome])
    expect(await spendable(person)).toBe(outcome === 'issued' ? 25_000 : 0)
  })

  test('a refund case is closed once the money went back, and the books balance', async () => {
    const person = winner()
    const { body } = await buy(person, { method: 'slip', units: 3 })
    stage.clock.at = moments.payEnd
    await stage.deliver(succeeded(body['orderId']))
    expect(await stateOf(person, body['orderId'])).toBe('refund_due')
    const line = `POST /v1/refund-cases/${String(body['orderId'])}/close` as const
    const closed = await stage.send(stage.clerk, line)
    expect(closed.body).toMatchObject({
      reason: 'paid_late',
      yen: 30_000,
      closedAt: '2027-02-14T15:00:00.000Z',
    })
    stage.clock.at += 1_000
    expect((await stage.send(stage.clerk, line)).body).toEqual(closed.body)
    expect(await stateOf(person, body['orderId'])).toBe('refunded')
    const events = await stage.owner
      .selectFrom('ledger.posting')
      .select('event')
      .where('about', '=', String(body['orderId']))
      .orderBy('event')
      .execute()
    expect(events.map(({ event }) => event)).toEqual(['payment_refunded', 'payment_unmatched'])
    const none = `POST /v1/refund-cases/${stage.newId()}/close` as const
    expect((await stage.send(stage.clerk, none)).status).toBe(404)
  })
})

const post = (raw: string | Uint8Array<ArrayBuffer>, signature?: string) =>
  stage.send(null, 'POST /v1/webhooks/payments', {
    raw,
    headers: signature === undefined ? {} : { 'minnaken-signature': signature },
  })
const sign = (text: string, seconds: number, secret = 'test secret') =>
  `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${text}`).digest('hex')}`
const seconds = () => Math.floor(stage.clock.at / 1_000)

describe('a notice that is not the payment company’s', () => {
  test('is refused by its signature alone, whatever it says', async () => {
    const { person, orderId } = await order()
    const text = JSON.stringify({ ...succeeded(orderId), paidAt: '2027-02-03T03:00:00Z' })
    const good = sign(text, seconds())
    const answers = await Promise.all([
      post(text),
      post(text, ''),
      post(text, good.replace('v1=', 'v1=0')),
      post(
        text,
        good.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
      ),
      post(text, sign(text, seconds(), 'another secret')),
      post(text, sign(text, seconds() - 301)),
      post(text, sign(text, seconds() + 301)),
      post(`${text} `, good),
      post(text.replace('succeeded', 'declined'), good),
    ])
    for (const { status, body } of answers) {
      expect(status).toBe(401)
      expect({ ...body, requestId: '' }).toEqual({ ...answers[0]?.body, requestId: '' })
    }
    expect(await stateOf(person, orderId)).toBe('reserved')
    expect((await post(text, sign(text, seconds() - 300))).status).toBe(200)
  })

  test.each([
    '',
    'null',
    '[]',
    '{"noticeId":"a"}',
    '{"noticeId":"a","paymentId":"b","kind":"succeeded"}',
    '{"noticeId":"a","paymentId":"b","kind":"succeeded","paidAt":"yesterday"}',
    '{"noticeId":"a","paymentId":"b","kind":"declined","kind":"expired"}',
    '{"noticeId":"a","paymentId":"b","kind":"refunded"}',
    `{"noticeId":"${'x'.repeat(101)}","paymentId":"b","kind":"declined"}`,
  ])('is told as malformed when its signature is good: %s', async (text) => {
    const answer = await post(text, sign(text, seconds()))
    expect([answer.status, answer.body['code']]).toEqual([400, 'notice_malformed'])
  })

  test('larger than 16 KiB is not read', async () => {
    expect((await post('x'.repeat(16 * 1024 + 1))).status).toBe(413)
  })
})

test('a notice about an unknown payment is kept and answered', async () => {
  for (const paymentId of ['pay_nobody', stage.newId()]) {
    const notice = succeeded(paymentId)
    const answer = await stage.deliver(notice)
    expect([answer.status, answer.body['outcome']]).toEqual([200, 'unknown_payment'])
    const kept = await stage.owner
      .selectFrom('sale.payment_notice')
      .select(['kind', 'outcome', 'provider_payment_id'])
      .where('notice_id', '=', notice.noticeId)
      .executeTakeFirst()
    expect(kept).toEqual({
      kind: 'succeeded',
      outcome: 'unknown_payment',
      provider_payment_id: paymentId,
    })
  }
})

const pay = (slipNo: unknown, body: object) =>
  stage.send(null, `POST /v1/sandbox/slips/${String(slipNo)}/payments`, { body })

describe('the sandbox’s store', () => {
  test('delivers its notice as often as asked, and one counts', async () => {
    const person = winner()
    const { body } = await buy(person, { method: 'slip', units: 1 })
    const paid = await pay(body['slipNo'], { deliveries: 20 })
    expect(paid.body['outcomes']).toEqual(Array.from({ length: 20 }, () => 'issued'))
    expect(await spendable(person)).toBe(12_500)
  })

  test('delivers it later when asked', async () => {
    const person = winner()
    const { body } = await buy(person, { method: 'slip', units: 1 })
    expect((await pay(body['slipNo'], { delayMs: 50 })).body['outcomes']).toEqual([])
    expect(await stateOf(person, body['orderId'])).toBe('reserved')
    await expect.poll(() => stateOf(person, body['orderId'])).toBe('paid')
  })

  test('takes no slip that is not there, and no impossible time', async () => {
    const { body } = await buy(winner(), { method: 'slip', units: 1 })
    expect((await pay('000000000000000', {})).status).toBe(404)
    expect((await pay('12', {})).status).toBe(404)
    for (const at of [moments.pay - 1, moments.pay + 1])
      expect((await pay(body['slipNo'], { paidAt: new Date(at).toISOString() })).body['code']).toBe(
        'paid_at_impossible',
      )
    for (const given of [
      { deliveries: 0 },
      { deliveries: 21 },
      { delayMs: 60_001 },
      { paidAt: 'x' },
    ])
      expect((await pay(body['slipNo'], given)).status).toBe(400)
  })
})
