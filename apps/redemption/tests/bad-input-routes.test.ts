import { makeDeviceKey } from '@minnaken/auth/software-authenticator'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Sent, askBadly, faultOf } from './_bad-input.ts'
import { NOON, type Phone, type Stage, type TillSide, setStage } from './_stage.ts'
import { pay } from './_till.ts'

let stage: Stage
let shop: Awaited<ReturnType<Stage['openShop']>>
let till: TillSide
/** A till of another shop. */
let stranger: TillSide
let phone: Phone
let redemptionId: string
beforeAll(async () => {
  stage = await setStage()
  shop = await stage.openShop()
  till = await stage.joinTill(shop.shopId)
  stranger = await stage.openTill()
  phone = await stage.openPhone(1)
  const { body } = await pay(stage.service, till, await phone.code(), 500)
  redemptionId = String(body['redemptionId'])
})
afterAll(() => stage.drop())

const as = ({ token }: TillSide) => ({ authorization: `Bearer ${token}` })
const asOwner = () => ({
  cookie: `__Host-shop=${shop.ownerToken}`,
  origin: 'http://localhost:8081',
})
const asResident = () => ({
  cookie: `__Host-resident=${phone.sessionToken}`,
  origin: 'http://localhost:8080',
})
const told = (sent: Sent) => askBadly(stage, { headers: as(till), ...sent })

describe('a void', () => {
  const voiding = (body: string, sent: Partial<Sent> = {}) =>
    told({
      path: `/v1/redemptions/${redemptionId}/voids`,
      body,
      headers: { ...as(till), 'idempotency-key': 'key' },
      ...sent,
    })

  test.each([
    ['no reason', '{"amountYen":1}', 'invalid_field', 'reason: required'],
    ['a blank reason', '{"reason":"  "}', 'invalid_field', 'reason: length_min'],
    [
      'a reason of 201 letters',
      `{"reason":"${'あ'.repeat(201)}"}`,
      'invalid_field',
      'reason: length_max',
    ],
    ['NUL in its reason', '{"reason":"a\\u0000"}', 'invalid_field', 'reason: text'],
    ['1e2 yen', '{"reason":"x","amountYen":1e2}', 'invalid_field', 'amountYen: digits_only'],
    ['"1" yen', '{"reason":"x","amountYen":"1"}', 'invalid_field', 'amountYen: type'],
    ['0 yen', '{"reason":"x","amountYen":0}', 'invalid_field', 'amountYen: min'],
    ['a shop', '{"reason":"x","shopId":"x"}', 'unknown_field', 'shopId: unknown_field'],
    ['two reasons', '{"reason":"x","reason":"y"}', 'duplicate_key', 'reason: given_once'],
  ])('with %s is told which field is wrong and why', async (_, body, code, fault) => {
    const document = await voiding(body)
    expect([document['status'], document['code'], faultOf(document)]).toEqual([400, code, fault])
  })

  test('of more than the payment is told what is left of it', async () => {
    const document = await voiding('{"reason":"x","amountYen":501}')
    expect(document).toMatchObject({ status: 422, code: 'void_exceeds', leftYen: 500 })
  })

  test.each([
    ['no key', undefined],
    ['an empty key', ''],
    ['a key of 256 letters', 'k'.repeat(256)],
    ['a key with a space in it', 'a b'],
  ])('with %s is refused before anything else', async (_, key) => {
    const headers = { ...as(till), ...(key === undefined ? {} : { 'idempotency-key': key }) }
    const document = await voiding('{"reason":"x"}', { headers })
    expect(document).toMatchObject({ status: 400, code: 'idempotency_key_needed' })
  })

  test('of what is not a payment of this shop is like one of nothing', async () => {
    const [bucket = '', ...id] = redemptionId.split('-')
    const ids = [
      id.join('-'),
      `0${redemptionId}`,
      `${1 - Number(bucket)}-${id.join('-')}`,
      `9999-${id.join('-')}`,
      redemptionId.toUpperCase().replace(/-[0-9]/, '-A'),
      `${redemptionId}0`,
    ]
    for (const other of ids)
      expect(
        await voiding('{"reason":"x"}', { path: `/v1/redemptions/${other}/voids` }),
      ).toMatchObject({ status: 404, code: 'not_found' })
    const headers = { ...as(stranger), 'idempotency-key': 'key' }
    expect(await voiding('{"reason":"x"}', { headers })).toMatchObject({ code: 'not_found' })
  })
})

describe('a till', () => {
  const code = async () => JSON.stringify({ code: await phone.code(), amountYen: 100 })

  test('sees the day of no other shop', async () => {
    const path = `/v1/shops/${shop.shopId}/day`
    const document = await told({ method: 'GET', path, headers: as(stranger) })
    expect(document).toMatchObject({ status: 404, code: 'not_found' })
  })

  test.each([
    ['a day that does not exist', 'date=2027-02-30', 'invalid_field'],
    ['a day in other words', 'date=today', 'invalid_field'],
    ['a time', 'date=2027-03-10T00:00:00Z', 'invalid_field'],
    ['two days', 'date=2027-03-10&date=2027-03-11', 'duplicate_key'],
    ['a question that is not known', 'shop=x', 'unknown_field'],
  ])('asks in vain for %s', async (_, query, problem) => {
    const path = `/v1/shops/${shop.shopId}/day?${query}`
    expect(await told({ method: 'GET', path })).toMatchObject({ status: 400, code: problem })
  })

  test('that was struck off, or whose year is over, takes nothing', async () => {
    const old = await stage.joinTill(shop.shopId)
    await stage.owner
      .updateTable('redemption.till')
      .set({ revoked_at: new Date(NOON) })
      .where('till_id', '=', old.tillId)
      .execute()
    const late = await stage.joinTill(shop.shopId)
    await stage.owner
      .updateTable('redemption.till')
      .set({ expires_at: new Date(NOON) })
      .where('till_id', '=', late.tillId)
      .execute()
    const taking = async (at: TillSide) =>
      told({ path: '/v1/redemptions', body: await code(), headers: as(at) })
    expect(await taking(old)).toMatchObject({ status: 403, code: 'till_revoked' })
    expect(await taking(late)).toMatchObject({ status: 403, code: 'till_expired' })
  })

  test.each([
    ['a code that nobody made', '{"joinCode":"AAAA","name":"レジ"}', 422, 'join_code_invalid'],
    ['no name', '{"joinCode":"AAAA"}', 400, 'invalid_field'],
    ['a blank name', '{"joinCode":"AAAA","name":"　"}', 400, 'invalid_field'],
    ['a name of 41 letters', `{"joinCode":"A","name":"${'あ'.repeat(41)}"}`, 400, 'invalid_field'],
    ['a shop of its choice', '{"joinCode":"A","name":"x","shopId":"x"}', 400, 'unknown_field'],
  ])('does not join with %s', async (_, body, status, problem) => {
    expect(await told({ path: '/v1/tills', body, headers: {} })).toMatchObject({
      status,
      code: problem,
    })
  })

  test('makes no join code and strikes nobody off, which the owner does', async () => {
    const path = `/v1/shops/${shop.shopId}/join-codes`
    expect(await told({ path })).toMatchObject({ status: 403, code: 'forbidden' })
    expect(
      await told({ method: 'DELETE', path: `/v1/shops/${shop.shopId}/tills/${stranger.tillId}` }),
    ).toMatchObject({ status: 403, code: 'forbidden' })
    const others = `/v1/shops/${shop.shopId}/tills/${stranger.tillId}`
    expect(await told({ method: 'DELETE', path: others, headers: asOwner() })).toMatchObject({
      status: 404,
      code: 'not_found',
    })
    expect(await told({ path, body: '{}', headers: asOwner() })).toMatchObject({
      code: 'body_not_expected',
    })
  })
})

describe('a phone', () => {
  const registering = (publicKey: unknown, name = 'スマホ') =>
    told({
      path: '/v1/devices',
      body: JSON.stringify({ name, publicKey }),
      headers: asResident(),
    })

  test('is not registered with a key that is none, or with its private one', async () => {
    const { publicJwk } = await makeDeviceKey()
    expect(await registering({ ...publicJwk, x: 'AA' })).toMatchObject({
      status: 422,
      code: 'device_key_invalid',
    })
    expect(await registering({ ...publicJwk, d: 'AA' })).toMatchObject({ code: 'unknown_field' })
    expect(await registering({ ...publicJwk, crv: 'P-384' })).toMatchObject({
      code: 'invalid_field',
    })
    expect(await registering(publicJwk, '')).toMatchObject({ code: 'invalid_field' })
    expect(await registering(null)).toMatchObject({ code: 'invalid_field' })
  })

  test('of somebody else, or of nobody, is not stopped', async () => {
    const other = await stage.openPhone(0)
    for (const deviceId of [other.deviceId, stage.newId(), 'x', phone.deviceId.toUpperCase()])
      expect(
        await told({ method: 'DELETE', path: `/v1/devices/${deviceId}`, headers: asResident() }),
      ).toMatchObject({ status: 404, code: 'not_found' })
  })
})

describe('a request', () => {
  test.each([
    ['by another method', { method: 'GET', path: '/v1/redemptions' }, 405, 'method_not_allowed'],
    ['to nowhere', { path: '/v1/redemption' }, 404, 'not_found'],
    ['with a slash at the end', { path: '/v1/redemptions/' }, 404, 'not_found'],
    ['with an escaped slash', { path: '/v1%2fredemptions' }, 404, 'not_found'],
  ])('%s finds nothing', async (_, sent, status, code) => {
    expect(await told(sent)).toMatchObject({ status, code })
  })

  test('from another site is refused, also with a session of ours', async () => {
    const body = JSON.stringify({ name: 'x', publicKey: {} })
    const { cookie } = asResident()
    for (const headers of [
      { cookie, origin: 'https://evil.example' },
      { cookie, origin: 'null' },
      { cookie },
    ])
      expect(await told({ path: '/v1/devices', body, headers })).toMatchObject({
        status: 403,
        code: 'foreign_origin',
      })
  })

  test("with a session of another app's origin is no session", async () => {
    const headers = { ...asResident(), origin: 'http://localhost:8081' }
    const document = await told({ method: 'GET', path: '/v1/devices', headers })
    expect(document).toMatchObject({ status: 401, code: 'sign_in_needed' })
  })
})
