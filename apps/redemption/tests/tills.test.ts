import { makeDeviceKey } from '@minnaken/auth/software-authenticator'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NOON, type Stage, setStage } from './_stage.ts'
import { pay, send, voidPayment } from './_till.ts'

describe('tills, phones and the day of a shop', () => {
  let stage: Stage
  let shop: Awaited<ReturnType<Stage['openShop']>>
  beforeAll(async () => {
    stage = await setStage()
    shop = await stage.openShop()
  })
  afterAll(() => stage.drop())

  const asOwner = (method: string, path: string, body?: object, token = shop.ownerToken) =>
    send(stage.service, {
      method,
      path,
      ...(body === undefined ? {} : { body }),
      headers: { cookie: `__Host-shop=${token}`, origin: 'http://localhost:8081' },
    })
  const asResident = (method: string, path: string, token: string, body?: object) =>
    send(stage.service, {
      method,
      path,
      ...(body === undefined ? {} : { body }),
      headers: { cookie: `__Host-resident=${token}`, origin: 'http://localhost:8080' },
    })
  const joinCode = async () =>
    String((await asOwner('POST', `/v1/shops/${shop.shopId}/join-codes`)).body['joinCode'])
  const join = (code: string, name = 'レジ2') =>
    send(stage.service, { path: '/v1/tills', body: { joinCode: code, name } })

  test('a phone joins by a code that the owner shows, once', async () => {
    const code = await joinCode()
    const joined = await join(code)
    expect(joined.status).toBe(201)
    expect(joined.body).toMatchObject({ name: 'レジ2', shop: { shopId: shop.shopId } })
    const again = await join(code)
    expect(again.status).toBe(422)
    expect(again.body['code']).toBe('join_code_invalid')
    const till = { tillId: '', shopId: shop.shopId, token: String(joined.body['token']) }
    const phone = await stage.openPhone()
    expect((await pay(stage.service, till, await phone.code(), 100)).status).toBe(201)
  })

  test('of 10 phones that use one code at once, one joins', async () => {
    const code = await joinCode()
    const answers = await Promise.all(Array.from({ length: 10 }, () => join(code)))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
  })

  test('a join code lives ten minutes', async () => {
    const code = await joinCode()
    stage.moveTo(NOON + 10 * 60_000)
    expect((await join(code)).body['code']).toBe('join_code_invalid')
    stage.moveTo(NOON)
  })

  test('a till that the owner strikes off is refused at its very next request', async () => {
    const joined = await join(await joinCode())
    const till = { tillId: '', shopId: shop.shopId, token: String(joined.body['token']) }
    const phone = await stage.openPhone()
    expect((await pay(stage.service, till, await phone.code(), 100)).status).toBe(201)
    const path = `/v1/shops/${shop.shopId}/tills/${String(joined.body['tillId'])}`
    expect((await asOwner('DELETE', path)).status).toBe(200)
    const refused = await pay(stage.service, till, await phone.code(), 100)
    expect(refused.status).toBe(403)
    expect(refused.body['code']).toBe('till_revoked')
    const day = await send(stage.service, {
      method: 'GET',
      path: `/v1/shops/${shop.shopId}/day`,
      token: till.token,
    })
    expect(day.body['code']).toBe('till_revoked')
    const itself = { method: 'GET', path: '/v1/tills/current', token: till.token }
    const { status, body } = await send(stage.service, itself)
    expect([status, body['revokedAt']]).toEqual([200, new Date(NOON).toISOString()])
  })

  test("another owner's shop is answered like one that does not exist", async () => {
    const other = await stage.openShop()
    const theirs = await asOwner('GET', `/v1/shops/${other.shopId}/tills`)
    const none = await asOwner('GET', `/v1/shops/${stage.newId()}/tills`)
    expect([theirs.status, none.status]).toEqual([404, 404])
    expect({ ...theirs.body, requestId: '' }).toEqual({ ...none.body, requestId: '' })
    expect((await asOwner('POST', `/v1/shops/${other.shopId}/join-codes`)).status).toBe(404)
  })

  test('the day shows every payment with its till, and what was voided', async () => {
    const own = await stage.openShop()
    const till = await stage.joinTill(own.shopId)
    const phone = await stage.openPhone()
    const first = await pay(stage.service, till, await phone.code(), 7_000)
    await pay(stage.service, till, await phone.code(), 300)
    await voidPayment(stage.service, till, first.body['redemptionId'], {
      amountYen: 50,
      reason: '返品',
    })
    const { status, body } = await send(stage.service, {
      method: 'GET',
      path: `/v1/shops/${own.shopId}/day?date=2027-03-10`,
      token: till.token,
    })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      date: '2027-03-10',
      redemptions: 2,
      redemptionsYen: 7_300,
      voids: 1,
      voidsYen: 50,
      totalYen: 7_250,
      byKind: [
        { kind: 'LIMITED', yen: 6_500 },
        { kind: 'COMMON', yen: 750 },
      ],
    })
    expect(body['byTill']).toEqual([
      {
        tillId: till.tillId,
        tillName: 'レジ1',
        isPrinted: false,
        redemptions: 2,
        redemptionsYen: 7_300,
        voidedYen: 50,
      },
    ])
    expect(body['voidLines']).toMatchObject([
      {
        redemptionId: first.body['redemptionId'],
        amountYen: 50,
        voidedBy: 'staff',
        reason: '返品',
      },
    ])
    const csv = await stage.service.app.request(`/v1/shops/${own.shopId}/day.csv?date=2027-03-10`, {
      headers: { authorization: `Bearer ${till.token}` },
    })
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    const lines = (await csv.text()).trimEnd().split('\r\n').slice(1)
    const amounts = lines.map((line) => Number(line.split(',')[4]))
    expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBe(7_250)
    const asItsOwner = await asOwner(
      'GET',
      `/v1/shops/${own.shopId}/day`,
      undefined,
      own.ownerToken,
    )
    expect(asItsOwner.body).toEqual(body)
    const stranger = await stage.openTill()
    const theirs = await send(stage.service, {
      method: 'GET',
      path: `/v1/shops/${own.shopId}/day`,
      token: stranger.token,
    })
    expect(theirs.status).toBe(404)
  })

  test('a resident registers a phone, and stops it when it is lost', async () => {
    const phone = await stage.openPhone()
    const { publicJwk } = await makeDeviceKey()
    const registered = await asResident('POST', '/v1/devices', phone.sessionToken, {
      name: '新しいスマホ',
      publicKey: publicJwk,
    })
    expect(registered.status).toBe(201)
    expect(registered.body['serverTime']).toBe(new Date(NOON).toISOString())
    const till = await stage.openTill()
    expect((await pay(stage.service, till, await phone.code(), 100)).status).toBe(201)
    const stopped = await asResident('DELETE', `/v1/devices/${phone.deviceId}`, phone.sessionToken)
    expect(stopped.status).toBe(200)
    expect((await pay(stage.service, till, await phone.code(), 100)).body['code']).toBe(
      'device_revoked',
    )
    const stranger = await stage.openPhone()
    const theirs = await asResident(
      'DELETE',
      `/v1/devices/${phone.deviceId}`,
      stranger.sessionToken,
    )
    expect(theirs.status).toBe(404)
  })

  const register = (token: string, publicKey: object, name = 'スマホ') =>
    asResident('POST', '/v1/devices', token, { name, publicKey })

  test('a phone whose answer was lost is the same phone, however often it asks again', async () => {
    const { sessionToken } = await stage.openWalletOnly()
    const { publicJwk } = await makeDeviceKey()
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) => register(sessionToken, publicJwk, `スマホ${n}`)),
    )
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201))
    const devices = await asResident('GET', '/v1/devices', sessionToken)
    expect(devices.body['devices']).toHaveLength(1)
    const [{ deviceId, name } = {}] = devices.body['devices'] as Record<string, unknown>[]
    for (const { body } of answers) expect(body).toMatchObject({ deviceId, name })
  })

  test('the key of a phone is of nobody else, and not of a new phone when it was stopped', async () => {
    const { sessionToken } = await stage.openWalletOnly()
    const stranger = await stage.openWalletOnly()
    const { publicJwk } = await makeDeviceKey()
    const [mine, theirs] = [sessionToken, stranger.sessionToken]
    const { body } = await register(mine, publicJwk)
    const used = { status: 409, body: { code: 'device_key_used' } }
    expect(await register(theirs, publicJwk)).toMatchObject(used)
    await asResident('DELETE', `/v1/devices/${String(body['deviceId'])}`, mine)
    expect(await register(mine, publicJwk)).toMatchObject(used)
    expect((await asResident('GET', '/v1/devices', theirs)).body['devices']).toEqual([])
  })

  test('of two people who register one key at once, one does', async () => {
    const { publicJwk } = await makeDeviceKey()
    const people = await Promise.all(Array.from({ length: 6 }, () => stage.openWalletOnly()))
    const answers = await Promise.all(
      people.map(({ sessionToken }) => register(sessionToken, publicJwk)),
    )
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
  })

  test('of 30 phones that one person registers at once, ten are taken', async () => {
    const { accountId, sessionToken } = await stage.openWalletOnly()
    expect(accountId).toBeTruthy()
    const keys = await Promise.all(Array.from({ length: 30 }, () => makeDeviceKey()))
    const answers = await Promise.all(
      keys.map(({ publicJwk }) => register(sessionToken, publicJwk)),
    )
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(10)
    const refused = answers.filter(({ status }) => status !== 201)
    expect(new Set(refused.map(({ body }) => body['code']))).toEqual(new Set(['devices_too_many']))
  })

  test.each(['applied', 'rejected', 'left'])(
    'a shop that is %s lets no till join',
    async (state) => {
      const own = await stage.openShop()
      const code = await asOwner(
        'POST',
        `/v1/shops/${own.shopId}/join-codes`,
        undefined,
        own.ownerToken,
      )
      await stage.owner
        .updateTable('shop.shop')
        .set({ state })
        .where('shop_id', '=', own.shopId)
        .execute()
      expect((await join(String(code.body['joinCode']))).body['code']).toBe('join_code_invalid')
      const path = `/v1/shops/${own.shopId}/join-codes`
      const refused = await asOwner('POST', path, undefined, own.ownerToken)
      expect(refused.body).toMatchObject({ code: 'shop_not_trading', state })
    },
  )

  test('a till whose year is over neither pays, voids nor sees the day', async () => {
    const own = await stage.openShop()
    const till = await stage.joinTill(own.shopId)
    const phone = await stage.openPhone()
    const paid = await pay(stage.service, till, await phone.code(), 100)
    await stage.owner
      .updateTable('redemption.till')
      .set({ expires_at: new Date(NOON + 60_000) })
      .where('till_id', '=', till.tillId)
      .execute()
    stage.moveTo(NOON + 60_000)
    const expired = { code: 'till_expired', expiresAt: new Date(NOON + 60_000).toISOString() }
    const again = await pay(stage.service, till, await phone.code(), 100)
    expect(again.body).toMatchObject(expired)
    const back = await voidPayment(stage.service, till, paid.body['redemptionId'], {
      reason: '返品',
    })
    expect(back.body).toMatchObject(expired)
    const path = `/v1/shops/${own.shopId}/day`
    const day = await send(stage.service, { method: 'GET', path, token: till.token })
    expect(day.body).toMatchObject(expired)
    stage.moveTo(NOON)
  })

  test('a day that does not exist is a wrong field', async () => {
    const till = await stage.openTill()
    const path = `/v1/shops/${till.shopId}/day?date=2027-02-30`
    const { status, body } = await send(stage.service, { method: 'GET', path, token: till.token })
    expect(status).toBe(400)
    expect(body).toMatchObject({ code: 'invalid_field', faults: [{ field: 'date', rule: 'date' }] })
  })

  test.each([
    ['another curve', { kty: 'EC', crv: 'P-384', x: 'AA', y: 'AA' }],
    ['a point that is not on the curve', { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' }],
    ['a private key', { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA', d: 'AA' }],
  ])('a phone with %s is not registered', async (_, publicKey) => {
    const phone = await stage.openPhone()
    const { status } = await asResident('POST', '/v1/devices', phone.sessionToken, {
      name: 'スマホ',
      publicKey,
    })
    expect([400, 422]).toContain(status)
  })
})
