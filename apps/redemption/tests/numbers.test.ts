import { randomBytes } from 'node:crypto'
import { decodePaymentCode } from '@minnaken/qr'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NOON, type Phone, type Stage, type TillSide, setStage } from './_stage.ts'
import { asResident, pay } from './_till.ts'

let stage: Stage
let till: TillSide
beforeAll(async () => {
  stage = await setStage()
  till = await stage.openTill()
})
afterAll(() => stage.drop())

const upload = (phone: Phone, code: string) =>
  asResident(stage.service, phone, { path: '/v1/codes', body: { code } })

async function numberOf(phone: Phone, code: string): Promise<string> {
  const { status, body } = await upload(phone, code)
  expect(status).toBe(201)
  return String(body['number'])
}

/** Another number that could be one. */
const wrong = '000000000000'

describe('twelve digits instead of a camera', () => {
  test('pay like the code that they stand for', async () => {
    const phone = await stage.openPhone(1)
    const code = await phone.code()
    const issued = await upload(phone, code)
    expect(issued.body).toMatchObject({
      number: expect.stringMatching(/^\d{12}$/),
      validUntil: new Date(NOON + 65_000).toISOString(),
    })
    const number = String(issued.body['number'])
    const paid = await pay(stage.service, till, number, 700)
    expect(paid.status).toBe(201)
    const scanned = await pay(stage.service, till, code, 700)
    expect(scanned.body).toEqual({ ...paid.body, replayed: true, voidedYen: 0 })
    expect(await stage.remaining(phone)).toEqual({ COMMON: 6_000, LIMITED: 5_800 })
  })

  test('typed again, however late, find the first answer', async () => {
    const phone = await stage.openPhone(1)
    const number = await numberOf(phone, await phone.code())
    const paid = await pay(stage.service, till, number, 700)
    stage.moveTo(NOON + 7 * 86_400_000)
    // The phone shows newer codes meanwhile, which clears away old numbers.
    await upload(phone, await phone.code())
    const again = await pay(stage.service, till, number, 700)
    stage.moveTo(NOON)
    expect(again.body).toEqual({ ...paid.body, replayed: true, voidedYen: 0 })
    const elsewhere = await pay(stage.service, await stage.openTill(), number, 700)
    expect(elsewhere.body['code']).toBe('code_already_used')
  })

  test('live as long as the code', async () => {
    const phone = await stage.openPhone(1)
    const number = await numberOf(phone, await phone.code())
    stage.moveTo(NOON + 65_000)
    const late = await pay(stage.service, till, number, 700)
    stage.moveTo(NOON)
    expect(late.body['code']).toBe('code_expired')
    expect((await pay(stage.service, till, number, 700)).status).toBe(201)
  })

  test('pay once when 20 tills type them at the same moment', async () => {
    const phone = await stage.openPhone(1)
    const number = await numberOf(phone, await phone.code())
    const tills = await Promise.all(Array.from({ length: 20 }, () => stage.openTill()))
    const other = stage.startService()
    const answers = await Promise.all(
      tills.map((each, n) => pay(n % 2 === 0 ? stage.service : other, each, number, 100)),
    )
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(await stage.remaining(phone)).toEqual({ COMMON: 6_000, LIMITED: 6_400 })
  })

  test('are the same for the same code, also when it is uploaded twice at once', async () => {
    const phone = await stage.openPhone(1)
    const code = await phone.code()
    const issued = await Promise.all(Array.from({ length: 5 }, () => numberOf(phone, code)))
    expect(new Set(issued).size).toBe(1)
  })

  test('that stand for a code are given to no other', async () => {
    const [phone, other] = [await stage.openPhone(1), await stage.openPhone(1)]
    const drawn = [1, 1, 2].map((byte) => new Uint8Array(8).fill(byte))
    const service = stage.startService({
      randomBytes: (count) => drawn.shift() ?? randomBytes(count),
    })
    const issued = [
      await asResident(service, phone, { path: '/v1/codes', body: { code: await phone.code() } }),
      await asResident(service, other, { path: '/v1/codes', body: { code: await other.code() } }),
    ]
    expect(issued.map(({ status }) => status)).toEqual([201, 201])
    expect(new Set(issued.map(({ body }) => body['number'])).size).toBe(2)
    expect(drawn).toEqual([])
  })

  test('are given only to a code of the own phone that lives now', async () => {
    const phone = await stage.openPhone(1)
    const stranger = await stage.openPhone(1)
    const refusals = [
      await upload(stranger, await phone.code()),
      await upload(phone, 'nonsense'),
      await upload(phone, await phone.code(NOON - 65_000)),
      await upload(phone, await phone.code(NOON + 6_000)),
    ]
    expect(refusals.map(({ body }) => body['code'])).toEqual([
      'code_forged',
      'code_foreign',
      'code_expired',
      'code_not_yet_valid',
    ])
  })

  test('that never paid are forgotten after an hour', async () => {
    const phone = await stage.openPhone(1)
    const unused = await numberOf(phone, await phone.code())
    stage.moveTo(NOON + 3_700_000)
    await upload(phone, await phone.code())
    const gone = await pay(stage.service, await stage.openTill(), unused, 1)
    stage.moveTo(NOON)
    expect(gone.body['code']).toBe('number_unknown')
  })

  test('are not given out in masses', async () => {
    const phone = await stage.openPhone(1)
    for (let n = 0; n < 20; n++) await numberOf(phone, await phone.code())
    expect((await upload(phone, await phone.code())).status).toBe(429)
  })
})

describe('guessing numbers', () => {
  test('is over after ten wrong ones, for a minute, for this till', async () => {
    const guesser = await stage.openTill()
    const guess = (number = wrong) => pay(stage.service, guesser, number, 1)
    for (let n = 0; n < 10; n++) expect((await guess()).body['code']).toBe('number_unknown')
    const phone = await stage.openPhone(1)
    const code = await phone.code()
    const number = await numberOf(phone, code)
    const stopped = await guess(number)
    expect(stopped.status).toBe(429)
    expect(stopped.body['code']).toBe('too_many_requests')
    // Cameras still work there, and numbers elsewhere.
    expect((await pay(stage.service, guesser, await phone.code(), 1)).status).toBe(201)
    expect((await pay(stage.service, till, number, 1)).status).toBe(201)
    stage.moveTo(NOON + 60_000)
    const later = await guess()
    stage.moveTo(NOON)
    expect(later.body['code']).toBe('number_unknown')
  })

  test('is over after ten wrong ones at all processes together', async () => {
    const guesser = await stage.openTill()
    const services = [stage.service, stage.startService()]
    const guess = (n: number) => pay(services[n % 2] ?? stage.service, guesser, wrong, 1)
    for (let n = 0; n < 10; n++) expect((await guess(n)).body['code']).toBe('number_unknown')
    for (let n = 0; n < 2; n++) expect((await guess(n)).body['code']).toBe('too_many_requests')
    const restarted = stage.startService()
    expect((await pay(restarted, guesser, wrong, 1)).body['code']).toBe('too_many_requests')
  })

  test('a hundred at the same moment is guessing ten times', async () => {
    const guesser = await stage.openTill()
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => pay(stage.service, guesser, wrong, 1)),
    )
    const told = answers.filter(({ body }) => body['code'] === 'number_unknown')
    expect(told).toHaveLength(10)
    const { misses } = await stage.owner
      .selectFrom('redemption.number_misses')
      .select('misses')
      .where('till_id', '=', guesser.tillId)
      .executeTakeFirstOrThrow()
    expect(misses).toBe(10)
  })

  test('does not slow down whoever types numbers that are right', async () => {
    const typist = await stage.openTill()
    for (let n = 0; n < 12; n++) {
      const phone = await stage.openPhone(1)
      const number = await numberOf(phone, await phone.code())
      expect((await pay(stage.service, typist, number, 1)).status).toBe(201)
    }
  })

  test('is told nothing about numbers that were mistyped', async () => {
    const guesser = await stage.openTill()
    const phone = await stage.openPhone(1)
    const number = await numberOf(phone, await phone.code())
    const slip = `${number.slice(0, -1)}${(Number(number.at(-1)) + 1) % 10}`
    const mistyped = await pay(stage.service, guesser, slip, 1)
    const unknown = await pay(stage.service, guesser, wrong, 1)
    expect({ ...mistyped.body, requestId: '' }).toEqual({ ...unknown.body, requestId: '' })
  })
})

test('a number stands for what a phone signed, and the service keeps nothing else', async () => {
  const phone = await stage.openPhone(1)
  const code = await phone.code()
  await numberOf(phone, code)
  const decoded = decodePaymentCode(code)
  if (decoded.kind !== 'payment_code') throw new Error('no code')
  const row = await stage.owner
    .selectFrom('redemption.payment_number')
    .selectAll()
    .where('nonce', '=', Buffer.from(decoded.nonce))
    .executeTakeFirstOrThrow()
  expect(row).toMatchObject({ code, device_id: phone.deviceId, bucket: phone.bucket })
})

test('afterwards the books balance', async () => {
  expect(await stage.verify()).toMatchObject({ balanced: true })
})
