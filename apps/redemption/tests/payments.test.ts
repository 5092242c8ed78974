import { decodePayment, shopCodeOf, twoWords } from '@minnaken/qr'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addPasskey } from './_passkey.ts'
import { NOON, type Phone, type Stage, setStage } from './_stage.ts'
import { asResident, pay, send } from './_till.ts'

let stage: Stage
let other: ReturnType<Stage['startService']>
let shop: Awaited<ReturnType<Stage['openShop']>>
beforeAll(async () => {
  stage = await setStage()
  other = stage.startService()
  shop = await stage.openShop()
})
afterAll(() => stage.drop())

const payShop = (
  phone: Phone,
  payment: string,
  confirmation?: unknown,
  service: typeof other = stage.service,
) =>
  asResident(service, phone, {
    path: '/v1/payments',
    body: { payment, ...(confirmation === undefined ? {} : { confirmation }) },
  })

const preview = (phone: Phone, amountYen: number, shopNo = shop.shopNo) =>
  asResident(stage.service, phone, {
    path: '/v1/payments/preview',
    body: { deviceId: phone.deviceId, shopNo, amountYen },
  })

describe('a payer who scanned the shop', () => {
  test('sees the split, pays exactly that, and reads the words that the phone knows', async () => {
    const phone = await stage.openPhone(1)
    const seen = await preview(phone, 6_700)
    const split = [
      { kind: 'LIMITED', yen: 6_500 },
      { kind: 'COMMON', yen: 200 },
    ]
    expect(seen.body).toMatchObject({
      amountYen: 6_700,
      split,
      shop: { shopNo: shop.shopNo },
      confirmationNeeded: false,
    })
    const payment = await phone.payment(shop.shopNo, 6_700)
    const paid = await payShop(phone, payment)
    expect(paid.status).toBe(201)
    expect(paid.body).toMatchObject({ amountYen: 6_700, split, shop: { shopNo: shop.shopNo } })
    const decoded = decodePayment(payment)
    if (decoded.kind !== 'payment') throw new Error('no payment')
    expect(paid.body['words']).toEqual(await twoWords(decoded.nonce))
    expect(await stage.remaining(phone)).toEqual({ COMMON: 5_800, LIMITED: 0 })
  })

  test('pays once, however often and however late the same payment is sent', async () => {
    const phone = await stage.openPhone(1)
    const payment = await phone.payment(shop.shopNo, 500)
    const first = await payShop(phone, payment)
    stage.moveTo(NOON + 3_600_000)
    const again = await payShop(phone, payment)
    stage.moveTo(NOON)
    expect(again.status).toBe(201)
    expect(again.body).toEqual({ ...first.body, replayed: true, voidedYen: 0 })
    expect(await stage.remaining(phone)).toEqual({ COMMON: 6_000, LIMITED: 6_000 })
  })

  test('pays once when 20 copies arrive at two processes at the same moment', async () => {
    const phone = await stage.openPhone(1)
    const payment = await phone.payment(shop.shopNo, 500)
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        payShop(phone, payment, undefined, n % 2 === 0 ? stage.service : other),
      ),
    )
    const taken = answers.filter(({ status }) => status === 201)
    expect(taken.length).toBeGreaterThan(0)
    expect(new Set(taken.map(({ body }) => body['redemptionId'])).size).toBe(1)
    expect(taken.filter(({ body }) => body['replayed'] === undefined)).toHaveLength(1)
    expect(await stage.remaining(phone)).toEqual({ COMMON: 6_000, LIMITED: 6_000 })
  })

  test('never spends more than there is when tills take from the same wallet', async () => {
    const phone = await stage.openPhone(1)
    const till = await stage.openTill()
    const answers = await Promise.all(
      Array.from({ length: 20 }, async (_, n) =>
        n % 2 === 0
          ? payShop(phone, await phone.payment(shop.shopNo, 1_000))
          : pay(other, till, await phone.code(), 1_000),
      ),
    )
    const taken = answers.filter(({ status }) => status === 201).length
    const { COMMON = 0, LIMITED = 0 } = await stage.remaining(phone)
    expect(COMMON + LIMITED).toBe(12_500 - taken * 1_000)
    expect(taken).toBeLessThanOrEqual(12)
  })

  test('is told what would work here when the balance is too small', async () => {
    const large = await stage.openShop('LARGE')
    const phone = await stage.openPhone(1)
    const short = { code: 'balance_too_small', spendableYen: 6_000 }
    expect((await preview(phone, 6_001, large.shopNo)).body).toMatchObject(short)
    const refused = await payShop(phone, await phone.payment(large.shopNo, 6_001))
    expect(refused.status).toBe(409)
    expect(refused.body).toMatchObject(short)
  })

  test('signs for a minute', async () => {
    const phone = await stage.openPhone(1)
    const late = await payShop(phone, await phone.payment(shop.shopNo, 1, NOON - 65_000))
    expect(late.body['code']).toBe('code_expired')
    const early = await payShop(phone, await phone.payment(shop.shopNo, 1, NOON + 6_000))
    expect(early.body['code']).toBe('code_not_yet_valid')
  })

  test('cannot pay with the phone of somebody else, nor for somebody else', async () => {
    const phone = await stage.openPhone(1)
    const stranger = await stage.openPhone(1)
    const theirs = await payShop(stranger, await phone.payment(shop.shopNo, 500))
    expect(theirs.status).toBe(422)
    expect(theirs.body['code']).toBe('payment_not_genuine')
    const forPreview = await asResident(stage.service, stranger, {
      path: '/v1/payments/preview',
      body: { deviceId: phone.deviceId, shopNo: shop.shopNo, amountYen: 1 },
    })
    expect(forPreview.status).toBe(404)
    expect(await stage.remaining(phone)).toEqual({ COMMON: 6_000, LIMITED: 6_500 })
  })

  test('cannot send a payment that was changed, nor a code to be shown', async () => {
    const phone = await stage.openPhone(1)
    const payment = await phone.payment(shop.shopNo, 500)
    const changed = `${payment.slice(0, -1)}${payment.endsWith('0') ? '1' : '0'}`
    expect((await payShop(phone, changed)).body['code']).toBe('payment_not_genuine')
    expect((await payShop(phone, await phone.code())).body['code']).toBe('payment_unreadable')
    const till = await stage.openTill()
    const shown = await pay(stage.service, till, payment, 500)
    expect(shown.body['code']).toBe('code_foreign')
  })

  test('cannot pay a shop that is stopped, or that never was', async () => {
    const phone = await stage.openPhone(1)
    const stopped = await stage.openShop()
    const stop = (state: string) =>
      stage.owner
        .updateTable('shop.shop')
        .set({ state, state_since: new Date(NOON) })
        .where('shop_id', '=', stopped.shopId)
        .execute()
    expect((await payShop(phone, await phone.payment(stopped.shopNo, 1))).status).toBe(201)
    await stop('suspended')
    const refused = await payShop(phone, await phone.payment(stopped.shopNo, 1))
    expect(refused.body['code']).toBe('shop_suspended')
    await stop('left')
    const gone = await payShop(phone, await phone.payment(stopped.shopNo, 1))
    expect(gone.body['code']).toBe('shop_left')
    expect((await payShop(phone, await phone.payment('999999', 1))).status).toBe(404)
  })
})

describe('a payment above the limit of one code', () => {
  test('is confirmed by finger or face, for exactly this payment, once', async () => {
    const phone = await stage.openPhone(5)
    const confirm = await addPasskey(stage, phone)
    const payment = await phone.payment(shop.shopNo, 50_001)
    expect((await preview(phone, 50_001)).body).toMatchObject({ confirmationNeeded: true })
    const needed = await payShop(phone, payment)
    expect(needed.body).toMatchObject({ code: 'confirmation_needed', perCodeYenMax: 50_000 })
    const confirmation = await confirm(payment)
    const paid = await payShop(phone, payment, confirmation)
    expect(paid.status).toBe(201)
    const again = await payShop(phone, payment, confirmation)
    expect(again.body).toMatchObject({ replayed: true, redemptionId: paid.body['redemptionId'] })
    expect(await stage.remaining(phone)).toEqual({ COMMON: 12_499, LIMITED: 0 })
  })

  test('is not confirmed by what confirmed another', async () => {
    const phone = await stage.openPhone(10)
    const confirm = await addPasskey(stage, phone)
    const confirmation = await confirm(await phone.payment(shop.shopNo, 50_001))
    const elsewhere = await stage.openShop()
    for (const payment of [
      await phone.payment(shop.shopNo, 50_001),
      await phone.payment(shop.shopNo, 50_002),
      await phone.payment(elsewhere.shopNo, 50_001),
    ]) {
      const refused = await payShop(phone, payment, confirmation)
      expect(refused.status).toBe(422)
      expect(refused.body['code']).toBe('confirmation_refused')
    }
    expect(await stage.remaining(phone)).toEqual({ COMMON: 60_000, LIMITED: 65_000 })
  })

  test.each([
    ['nobody is verified', { userVerified: false }],
    ['nobody is there', { userPresent: false }],
    ['it is for another site', { rpId: 'evil.example' }],
    ['it is in a frame of another site', { crossOrigin: true }],
    ['it names another person', { userHandle: 'AAAA' }],
  ])('is not confirmed when %s', async (_, misbehaviour) => {
    const phone = await stage.openPhone(5)
    const confirm = await addPasskey(stage, phone)
    const payment = await phone.payment(shop.shopNo, 50_001)
    const refused = await payShop(phone, payment, await confirm(payment, misbehaviour))
    expect(refused.body['code']).toBe('confirmation_refused')
  })

  test("is not confirmed by somebody else's passkey, nor by something else", async () => {
    const phone = await stage.openPhone(5)
    const confirm = await addPasskey(stage, await stage.openPhone(0))
    const payment = await phone.payment(shop.shopNo, 50_001)
    for (const confirmation of [await confirm(payment), {}, { id: 'x', rawId: 'x' }])
      expect((await payShop(phone, payment, confirmation)).body['code']).toBe(
        'confirmation_refused',
      )
  })

  test('a confirmation that nobody asked for harms nothing', async () => {
    const phone = await stage.openPhone(1)
    expect((await payShop(phone, await phone.payment(shop.shopNo, 1), {})).status).toBe(201)
  })
})

describe("a shop's printed code", () => {
  const cardOf = (code: string) =>
    send(stage.service, { method: 'GET', path: `/v1/shop-codes/${code}` })

  test('says whose it is before anybody pays', async () => {
    const large = await stage.openShop('LARGE')
    const { status, body } = await cardOf(shopCodeOf(large.shopNo))
    expect(status).toBe(200)
    expect(body).toMatchObject({
      shopNo: large.shopNo,
      area: 'みらい区1-1',
      isTaking: true,
      kinds: [
        { kind: 'COMMON', label: '共通券', isTaken: true },
        { kind: 'LIMITED', label: '限定券', isTaken: false },
      ],
    })
  })

  test('says by which photo the shop is known, and whether there is one', async () => {
    const { shopId, shopNo } = await stage.openShop()
    expect((await cardOf(shopCodeOf(shopNo))).body['photoId']).toBeNull()
    const photo = { photo_id: stage.newId(), jpeg: Buffer.of(1), changed_at: new Date(stage.now()) }
    await stage.owner
      .insertInto('shop.photo')
      .values({ shop_id: shopId, ...photo })
      .execute()
    expect((await cardOf(shopCodeOf(shopNo))).body['photoId']).toBe(photo.photo_id)
  })

  test('is told apart from a number that was mistyped and from no shop', async () => {
    const right = shopCodeOf(shop.shopNo)
    const wrong = `${right.slice(0, -1)}${(Number(right.at(-1)) + 1) % 10}`
    expect((await cardOf(wrong)).body['code']).toBe('shop_code_mistyped')
    expect((await cardOf(shopCodeOf('999999'))).status).toBe(404)
    expect((await cardOf('12345678')).status).toBe(404)
  })

  test('is in the day of the shop by its name, and is no till that could be struck off', async () => {
    const own = await stage.openShop()
    const phones = await Promise.all(Array.from({ length: 5 }, () => stage.openPhone(1)))
    const paid = await Promise.all(
      phones.map(async (phone, n) =>
        payShop(
          phone,
          await phone.payment(own.shopNo, 100),
          undefined,
          n % 2 === 0 ? stage.service : other,
        ),
      ),
    )
    expect(paid.map(({ status }) => status)).toEqual(phones.map(() => 201))
    const asOwner = (method: string, path: string) =>
      send(stage.service, {
        method,
        path: `/v1/shops/${own.shopId}${path}`,
        headers: { cookie: `__Host-shop=${own.ownerToken}`, origin: 'http://localhost:8081' },
      })
    const day = await asOwner('GET', '/day')
    expect(day.body['byTill']).toMatchObject([
      { tillName: '店のコード', isPrinted: true, redemptions: 5, redemptionsYen: 500 },
    ])
    expect((await asOwner('GET', '/tills')).body).toEqual({ tills: [] })
    const [{ tillId } = { tillId: '' }] = day.body['byTill'] as { tillId: string }[]
    expect((await asOwner('DELETE', `/tills/${tillId}`)).status).toBe(404)
    expect((await payShop(await stage.openPhone(1), 'x')).status).toBe(422)
    const phone = await stage.openPhone(1)
    expect((await payShop(phone, await phone.payment(own.shopNo, 1))).status).toBe(201)
  })
})

test('afterwards the books balance', async () => {
  expect(await stage.verify()).toMatchObject({ balanced: true })
})
