import { decodePaymentCode, twoWords } from '@minnaken/qr'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { NOON, type Phone, type Stage, type TillSide, setStage } from './_stage.ts'
import { asResident, pay, send, voidPayment } from './_till.ts'

let stage: Stage
let other: ReturnType<Stage['startService']>
beforeAll(async () => {
  stage = await setStage()
  other = stage.startService()
})
const open: { cancel: () => Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.cancel()))
})
afterAll(() => stage.drop())

type Told = Readonly<{ event: string; data: Record<string, unknown> }>

/** Listens at a service; `next` waits for what is told, and is null when the listener was ended. */
async function listen(
  service: typeof other,
  path: string,
  headers: Record<string, string>,
): Promise<{ status: number; next: () => Promise<Told | null> }> {
  const { status, body } = await service.app.request(
    new Request(`http://localhost${path}`, { headers }),
  )
  const reader = body?.getReader()
  if (reader === undefined) throw new Error('nothing to listen to')
  open.push(reader)
  let text = ''
  const told: Told[] = []
  const next = async (): Promise<Told | null> => {
    const first = told.shift()
    if (first !== undefined) return first
    const { done, value } = await reader.read()
    if (done) return null
    text += new TextDecoder().decode(value)
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const [, event, data] = /^event: (.*)\ndata: (.*)$/.exec(block) ?? []
      if (event !== undefined && data !== undefined)
        told.push({ event, data: JSON.parse(data) as Record<string, unknown> })
    }
    return next()
  }
  return { status, next }
}

const atShop = (service: typeof other, { shopId, token }: TillSide) =>
  listen(service, `/v1/shops/${shopId}/live`, { authorization: `Bearer ${token}` })

const onPhone = (service: typeof other, { sessionToken }: Phone) =>
  listen(service, '/v1/codes/live', { cookie: `__Host-resident=${sessionToken}` })

async function nonceOf(code: string): Promise<{ hex: string; words: unknown }> {
  const decoded = decodePaymentCode(code)
  if (decoded.kind !== 'payment_code') throw new Error('no code')
  return {
    hex: Buffer.from(decoded.nonce).toString('hex'),
    words: await twoWords(decoded.nonce),
  }
}

describe.each([
  ['the same process', () => stage.service],
  ['another process', () => other],
])('what %s takes', (_, where) => {
  test('is told to every till of the shop, with who took it, and so is its void', async () => {
    const { shopId } = await stage.openShop()
    const till = await stage.joinTill(shopId)
    const second = await stage.joinTill(shopId)
    const phone = await stage.openPhone(1)
    const listening = await atShop(stage.service, second)
    const code = await phone.code()
    const paid = await pay(where(), till, code, 6_700)
    expect(await listening.next()).toMatchObject({
      event: 'payment',
      data: {
        redemptionId: paid.body['redemptionId'],
        amountYen: 6_700,
        split: [
          { kind: 'LIMITED', yen: 6_500 },
          { kind: 'COMMON', yen: 200 },
        ],
        tillId: till.tillId,
        tillName: 'レジ1',
        isPrinted: false,
        words: (await nonceOf(code)).words,
      },
    })
    await voidPayment(where(), till, paid.body['redemptionId'], { amountYen: 300, reason: '返品' })
    expect(await listening.next()).toMatchObject({
      event: 'void',
      data: {
        redemptionId: paid.body['redemptionId'],
        amountYen: 300,
        voidedYen: 300,
        split: [
          { kind: 'COMMON', yen: 200 },
          { kind: 'LIMITED', yen: 100 },
        ],
      },
    })
  })

  test('is told to the phone whose code it was, and to no other', async () => {
    const till = await stage.openTill()
    const phone = await stage.openPhone(1)
    const stranger = await stage.openPhone(1)
    const listening = await onPhone(stage.service, phone)
    const elsewhere = await onPhone(stage.service, stranger)
    await pay(where(), till, await stranger.code(), 100)
    expect((await elsewhere.next())?.data).toMatchObject({ amountYen: 100 })
    const code = await phone.code()
    const paid = await pay(where(), till, code, 300)
    const { hex, words } = await nonceOf(code)
    expect(await listening.next()).toMatchObject({
      event: 'payment',
      data: {
        nonce: hex,
        redemptionId: paid.body['redemptionId'],
        amountYen: 300,
        words,
        shop: { name: expect.stringContaining('みらい商店') },
      },
    })
  })
})

test("a payment at the shop's printed code is told as one, and none of a till that is named like it", async () => {
  const { shopId, shopNo } = await stage.openShop()
  const till = await stage.joinTill(shopId)
  await stage.owner
    .updateTable('redemption.till')
    .set({ name: '店のコード' })
    .where('till_id', '=', till.tillId)
    .execute()
  const listening = await atShop(stage.service, till)
  const phone = await stage.openPhone(1)
  await pay(stage.service, till, await phone.code(), 100)
  const ofTill = await listening.next()
  const payment = await phone.payment(shopNo, 200)
  await asResident(other, phone, { path: '/v1/payments', body: { payment } })
  const printed = await listening.next()
  expect([ofTill, printed].map((it) => it?.data)).toMatchObject([
    { amountYen: 100, tillName: '店のコード', isPrinted: false },
    { amountYen: 200, tillName: '店のコード', isPrinted: true },
  ])
  const day = await send(stage.service, {
    method: 'GET',
    path: `/v1/shops/${shopId}/day`,
    token: till.token,
  })
  expect(day.body['payments']).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ amountYen: 200, isPrinted: true }),
      expect.objectContaining({ amountYen: 100, isPrinted: false }),
    ]),
  )
})

test('whoever asks for the day reads the words of the printed code that the stream tells', async () => {
  const { shopId, shopNo } = await stage.openShop()
  const till = await stage.joinTill(shopId)
  const listening = await atShop(stage.service, till)
  const phone = await stage.openPhone(1)
  const payment = await phone.payment(shopNo, 200)
  await asResident(other, phone, { path: '/v1/payments', body: { payment } })
  const streamed = (await listening.next())?.data
  await pay(stage.service, till, await phone.code(), 100)
  const path = `/v1/shops/${shopId}/day`
  const day = await send(stage.service, { method: 'GET', path, token: till.token })
  const [ofTill, printed] = (day.body['payments'] as Told['data'][]).toSorted(
    (a, b) => Number(a['amountYen']) - Number(b['amountYen']),
  )
  expect(printed).toEqual(streamed)
  expect(streamed?.['words']).toHaveLength(2)
  expect(ofTill).not.toHaveProperty('words')
})

test('everything is told once, also to those who come in the middle', async () => {
  const { shopId } = await stage.openShop()
  const till = await stage.joinTill(shopId)
  const early = await atShop(stage.service, till)
  const phones = await Promise.all(Array.from({ length: 12 }, () => stage.openPhone(1)))
  const payAll = (some: readonly Phone[], from: number) =>
    Promise.all(
      some.map(async (phone, n) =>
        pay((n + from) % 2 === 0 ? stage.service : other, till, await phone.code(), 100),
      ),
    )
  const paid = await payAll(phones.slice(0, 6), 0)
  const late = await atShop(other, till)
  paid.push(...(await payAll(phones.slice(6), 1)))
  const ids = paid.map(({ body }) => String(body['redemptionId'])).toSorted()
  for (const listening of [early, late]) {
    const heard: string[] = []
    while (heard.length < ids.length)
      heard.push(String((await listening.next())?.data['redemptionId']))
    expect(heard.toSorted()).toEqual(ids)
  }
  // What comes next is new.
  const last = await pay(stage.service, till, await (await stage.openPhone(1)).code(), 1)
  for (const listening of [early, late])
    expect((await listening.next())?.data['redemptionId']).toBe(last.body['redemptionId'])
})

test('what happened more than a minute before is not told again', async () => {
  const { shopId } = await stage.openShop()
  const till = await stage.joinTill(shopId)
  await pay(stage.service, till, await (await stage.openPhone(1)).code(), 1)
  stage.moveTo(NOON + 61_000)
  const listening = await atShop(stage.service, till)
  const fresh = await pay(stage.service, till, await (await stage.openPhone(1)).code(), 2)
  expect((await listening.next())?.data['redemptionId']).toBe(fresh.body['redemptionId'])
  stage.moveTo(NOON)
})

test('a till that is struck off hears no more', async () => {
  const { shopId } = await stage.openShop()
  const till = await stage.joinTill(shopId)
  const listening = await atShop(stage.service, till)
  await stage.owner
    .updateTable('redemption.till')
    .set({ revoked_at: new Date(NOON) })
    .where('till_id', '=', till.tillId)
    .execute()
  expect(await listening.next()).toBeNull()
  const again = await send(stage.service, {
    method: 'GET',
    path: `/v1/shops/${shopId}/live`,
    token: till.token,
  })
  expect(again.body['code']).toBe('till_revoked')
})

test('nobody listens to the shop of others', async () => {
  const { shopId } = await stage.openShop()
  const stranger = await stage.openTill()
  const theirs = await send(stage.service, {
    method: 'GET',
    path: `/v1/shops/${shopId}/live`,
    token: stranger.token,
  })
  expect(theirs.status).toBe(404)
})

test('a phone that cannot listen asks about its own code', async () => {
  const phone = await stage.openPhone(1)
  const code = await phone.code()
  const { hex, words } = await nonceOf(code)
  const ask = (who: Phone) =>
    asResident(stage.service, who, { method: 'GET', path: `/v1/codes/${hex}` })
  expect((await ask(phone)).body).toMatchObject({ payment: null })
  const paid = await pay(stage.service, await stage.openTill(), code, 300)
  expect((await ask(phone)).body).toMatchObject({
    payment: { redemptionId: paid.body['redemptionId'], amountYen: 300, nonce: hex, words },
  })
  expect((await ask(await stage.openPhone(1))).body).toMatchObject({ payment: null })
  const wrong = await asResident(stage.service, phone, { method: 'GET', path: '/v1/codes/xyz' })
  expect(wrong.status).toBe(404)
})
