import { randomBytes, randomUUID } from 'node:crypto'
import { makeDeviceKey } from '@minnaken/auth/software-authenticator'
import { decodeBase45, encodeBase45, signPaymentCode } from '@minnaken/qr'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Sent, askBadly, faultOf } from './_bad-input.ts'
import { NOON, type Phone, type Stage, type TillSide, setStage } from './_stage.ts'
import { pay } from './_till.ts'

let stage: Stage
let till: TillSide
let phone: Phone
/** A payment of 500 that the till took, and the code it was taken with. */
let paid: Readonly<{ redemptionId: string; code: string }>
beforeAll(async () => {
  stage = await setStage()
  till = await stage.openTill()
  phone = await stage.openPhone(1)
  const code = await phone.code()
  const { body } = await pay(stage.service, till, code, 500)
  paid = { redemptionId: String(body['redemptionId']), code }
})
afterAll(() => stage.drop())

/** The problem that the till is told. */
const told = ({ path = '/v1/redemptions', ...sent }: Partial<Sent>) =>
  askBadly(stage, { headers: { authorization: `Bearer ${till.token}` }, ...sent, path })

const SOME_CODE = 'A'.repeat(152)
/** The body of a payment whose amount is written like this. */
const withYen = (amount: string): string => `{"code":"${SOME_CODE}","amountYen":${amount}}`
const withMore = (more: string): string => `{"code":"${SOME_CODE}","amountYen":100,${more}}`

describe('a payment body', () => {
  const ofPayment = async (body: string): Promise<unknown[]> => {
    const preview = await told({ path: '/v1/redemptions/preview', body })
    const document = await told({ body })
    expect(faultOf(preview)).toBe(faultOf(document))
    return [document['status'], document['code'], faultOf(document)]
  }

  test.each([
    ['1e2', 'digits_only'],
    ['1E+2', 'digits_only'],
    ['-0', 'digits_only'],
    ['-100', 'digits_only'],
    ['1.0', 'digits_only'],
    ['99.5', 'digits_only'],
    ['1e400', 'digits_only'],
    ['9007199254740993', 'digits_only'],
    ['10000000000', 'digits_only'],
    ['"100"', 'type'],
    ['true', 'type'],
    ['null', 'type'],
    ['[100]', 'type'],
    ['{"yen":100}', 'type'],
    ['0', 'min'],
  ])('with %s yen is told that its amount is wrong', async (amount, rule) => {
    expect(await ofPayment(withYen(amount))).toEqual([400, 'invalid_field', `amountYen: ${rule}`])
  })

  test.each([
    ['00100 yen', withYen('00100')],
    ['+100 yen', withYen('+100')],
    ['0x64 yen', withYen('0x64')],
    ['.5 yen', withYen('.5')],
    ['NaN yen', withYen('NaN')],
    ['full-width yen', withYen('１００')],
    ['yen in single quotes', withYen("'100'")],
    ['no end', '{"code":"A"'],
    ['a comma too many', `${withYen('100').slice(0, -1)},}`],
    ['text after it', `${withYen('100')} x`],
    ['a second body after it', withYen('100').repeat(2)],
  ])('with %s is no JSON', async (_, body) => {
    expect(await ofPayment(body)).toEqual([400, 'malformed_json', undefined])
  })

  test.each([
    ['the amount twice', withMore('"amountYen":100'), 'duplicate_key', 'amountYen: given_once'],
    ['a key twice by escapes', withMore('"\\u0063ode":"A"'), 'duplicate_key', 'code: given_once'],
    ['no amount', '{"code":"A"}', 'invalid_field', 'amountYen: required'],
    ['no code', '{"amountYen":100}', 'invalid_field', 'code: required'],
    ['an empty code', '{"code":"","amountYen":1}', 'invalid_field', 'code: length_min'],
    ['a number for a code', '{"code":12,"amountYen":1}', 'invalid_field', 'code: type'],
    ['a role', withMore('"role":"clerk"'), 'unknown_field', 'role: unknown_field'],
    ['a till', withMore('"tillId":"x"'), 'unknown_field', 'tillId: unknown_field'],
    ['a time', withMore('"decidedAt":0'), 'unknown_field', 'decidedAt: unknown_field'],
    ['a prototype', withMore('"__proto__":{}'), 'unknown_field', '__proto__: unknown_field'],
    ['a list', `[${withYen('100')}]`, 'invalid_field', 'body: type'],
    ['nothing', 'null', 'invalid_field', 'body: type'],
  ])('of %s is told which field is wrong and why', async (_, body, code, fault) => {
    expect(await ofPayment(body)).toEqual([400, code, fault])
  })

  test('with a code of 401 letters, or of 65 KiB, is told that it is too long', async () => {
    const long = `{"code":"${'A'.repeat(401)}","amountYen":100}`
    expect(await ofPayment(long)).toEqual([400, 'invalid_field', 'code: length_max'])
    const huge = withMore(`"x":"${'x'.repeat(65 * 1_024)}"`)
    expect(await ofPayment(huge)).toEqual([413, 'body_too_large', undefined])
  })

  test('that is empty, or of another type, is told so', async () => {
    expect(await ofPayment('')).toEqual([400, 'body_needed', undefined])
    const headers = { authorization: `Bearer ${till.token}`, 'content-type': 'text/plain' }
    const document = await told({ body: withYen('100'), headers })
    expect(document['code']).toBe('unsupported_media_type')
  })
})

describe('a payment code', () => {
  const payWith = (code: string, amountYen = 100, at = till) =>
    told({
      body: JSON.stringify({ code, amountYen }),
      headers: { authorization: `Bearer ${at.token}` },
    })

  /** A true code with one byte of it changed. */
  const withByte = async (place: number, change: (byte: number) => number): Promise<string> => {
    const decoding = decodeBase45(await phone.code())
    if (decoding.kind !== 'decoded') throw new Error('a code can be read')
    const bytes = Uint8Array.from(decoding.bytes)
    bytes[place] = change(bytes[place] ?? 0)
    return encodeBase45(bytes)
  }

  test.each([
    ['whose version is another', 0, 'code_foreign'],
    ['that names another phone', 1, 'code_forged'],
    ['that names another moment', 20, 'code_forged'],
    ['that has another nonce', 36, 'code_forged'],
    ['whose signature starts otherwise', 37, 'code_forged'],
    ['whose signature ends otherwise', 100, 'code_forged'],
  ])('%s is refused', async (_, place, code) => {
    const tampered = await withByte(place, (byte) => byte ^ 2)
    expect(await payWith(tampered)).toMatchObject({ status: 422, code })
  })

  test('that another phone signed in the name of this one is refused', async () => {
    const { privateKey } = await makeDeviceKey()
    const forged = await signPaymentCode({
      key: privateKey,
      deviceId: phone.deviceId,
      issuedAt: NOON / 1_000,
      nonce: randomBytes(16),
    })
    expect(await payWith(forged)).toMatchObject({ code: 'code_forged' })
    const unknown = await signPaymentCode({
      key: privateKey,
      deviceId: randomUUID(),
      issuedAt: NOON / 1_000,
      nonce: randomBytes(16),
    })
    expect(await payWith(unknown)).toMatchObject({ code: 'code_forged' })
  })

  test.each([
    ['of another payment service', '281006020000000000000000'],
    ['of a shop (JPQR)', '00020101021126680019jp.or.paymentsjapan0113000000000000'],
    ['of a customer (EMV)', 'hQVDUFYwMWEaTwegAAAAVVVVVw8SNFZ4kBI0WNGRIgESNF8='],
    ['that is an address', 'https://localhost/s/1000010'],
    ['that is a word', '商品券'],
    ['that has the length of one', '0'.repeat(152)],
    ['of letters that no code has', 'a'.repeat(152)],
  ])('%s is told from a payment code of ours', async (_, code) => {
    expect(await payWith(code)).toMatchObject({ status: 422, code: 'code_foreign' })
  })

  test('with a space before, in small letters, or cut, is not one', async () => {
    const code = await phone.code()
    for (const text of [` ${code}`, `${code}\n`, code.toLowerCase(), code.slice(0, 151)])
      expect(await payWith(text)).toMatchObject({ code: 'code_foreign' })
  })

  test('is refused when its minute is over, and before it begins', async () => {
    const code = await phone.code()
    stage.moveTo(NOON + 65_000)
    expect(await payWith(code)).toMatchObject({
      code: 'code_expired',
      validUntil: new Date(NOON + 65_000).toISOString(),
    })
    stage.moveTo(NOON)
    const early = await phone.code(NOON + 6_000)
    expect(await payWith(early)).toMatchObject({ code: 'code_not_yet_valid' })
  })

  test('that was used is refused for another amount and at another till', async () => {
    expect(await payWith(paid.code, 501)).toMatchObject({
      code: 'code_already_used',
      redemptionId: paid.redemptionId,
      amountYen: 500,
    })
    const elsewhere = await payWith(paid.code, 500, await stage.openTill())
    expect(elsewhere).toMatchObject({ code: 'code_already_used' })
    expect(elsewhere).not.toHaveProperty('redemptionId')
  })

  test('and a token are never taken for one another', async () => {
    for (const token of [till.token, phone.sessionToken])
      expect(await payWith(token)).toMatchObject({ code: 'code_foreign' })
    const code = await phone.code()
    const body = JSON.stringify({ code, amountYen: 100 })
    for (const bearer of [code.replaceAll(/[^A-Z0-9]/g, 'A'), phone.sessionToken, phone.deviceId])
      expect(await told({ body, headers: { authorization: `Bearer ${bearer}` } })).toMatchObject({
        status: 401,
        code: 'sign_in_needed',
      })
  })
})
