import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { shopCodeOf } from '@minnaken/qr'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type MainProcess, startMain } from './_main.ts'
import { type PgProxy, startPgProxy } from './_pg-proxy.ts'
import { type Phone, type Stage, type TillSide, setStage } from './_stage.ts'

let stage: Stage
let proxy: PgProxy
let main: MainProcess
let till: TillSide
let phone: Phone
let shopCode: string
let unknownPhones: readonly string[]
beforeAll(async () => {
  stage = await setStage({ buckets: 1 })
  proxy = await startPgProxy(stage.database.urlFor('redemption'))
  main = await startMain({ DATABASE_URL: proxy.url })
  till = await stage.openTill()
  shopCode = shopCodeOf((await stage.openShop()).shopNo)
  phone = await stage.openPhone(2)
  unknownPhones = await Promise.all(strangers.map(() => codeOfUnknownPhone()))
  // Once a till and a phone have paid, they are known.
  await pay(await phone.code())
})
afterEach(() => proxy.letGo())
afterAll(async () => {
  await main.stop()
  await proxy.close()
  await stage.drop()
})

/** More than there are connections. */
const strangers = Array.from({ length: 40 }, (_, place) => place)

const ask = (path: string, headers: Record<string, string>, body?: unknown): Promise<Response> =>
  fetch(`${main.url}${path}`, {
    headers: { ...headers, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  })

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

const pay = (code: string, { token } = till): Promise<Response> =>
  ask('/v1/redemptions', bearer(token), { code, amountYen: 100 })

async function voidOf(paid: Response): Promise<Response> {
  const { redemptionId } = (await paid.json()) as { redemptionId: string }
  return voidBy(redemptionId)
}

function voidBy(redemptionId: string): Promise<Response> {
  const headers = { ...bearer(till.token), 'idempotency-key': randomUUID() }
  return ask(`/v1/redemptions/${redemptionId}/voids`, headers, { reason: '返品' })
}

const nobody = () => randomBytes(32).toString('base64url')

async function codeOfUnknownPhone(): Promise<string> {
  const { deviceId, code } = await stage.openPhone(0)
  await stage.owner.deleteFrom('redemption.device_key').where('device_id', '=', deviceId).execute()
  return code()
}

const looks: readonly (readonly [
  of: string,
  held: RegExp,
  asks: (stranger: number) => Promise<Response>,
])[] = [
  [
    'tills at payments',
    /token_hash/,
    () => ask('/v1/redemptions', bearer(nobody()), { code: '', amountYen: 1 }),
  ],
  [
    'sessions at payments',
    /"session"/,
    () => {
      const cookie = { cookie: `__Host-resident=${nobody()}`, origin: 'http://localhost:8080' }
      return ask('/v1/payments', cookie, { payment: '' })
    },
  ],
  ['tills at reports', /token_hash/, () => ask(`/v1/shops/${till.shopId}/day`, bearer(nobody()))],
  ['phones', /device_key/, (stranger) => pay(unknownPhones[stranger] ?? '')],
  ['numbers', /payment_number/, (stranger) => pay(String(stranger).padStart(12, '9'))],
  ['shops', /"shop"\."shop"/, () => ask(`/v1/shop-codes/${shopCode}`, {})],
  ['campaigns', /"campaign"\."campaign"/, () => ask(`/v1/shop-codes/${shopCode}`, {})],
]

test.each(looks)(
  'a payment and its void are taken while the database is slow to tell of many unknown %s',
  async (_, held, asks) => {
    const code = await phone.code()
    proxy.hold(held)
    const asked = strangers.map(asks)
    await expect.poll(() => proxy.withheld()).toBeGreaterThanOrEqual(4)
    const paid = await pay(code)
    expect(paid.status).toBe(201)
    expect((await voidOf(paid)).status).toBe(201)
    proxy.letGo()
    const told = new Set((await Promise.all(asked)).map(({ status }) => status))
    // Whoever found no connection within a second may come again.
    expect([...told].filter((status) => status >= 500 && status !== 503)).toEqual([])
  },
)

/** How many voids wait for a row that somebody else holds. */
async function voidsAtWork(): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from pg_stat_activity
    where datname = current_database() and application_name = 'minnaken-redemption-voids'
      and wait_event_type = 'Lock'`.execute(stage.owner)
  return rows[0]?.count ?? 0
}

test('while hundreds of voids of one till wait for a wallet that is held, another till is paid', async () => {
  const paid = await pay(await phone.code())
  const { redemptionId } = (await paid.json()) as { redemptionId: string }
  const other = { till: await stage.openTill(), phone: await stage.openPhone(1) }
  const told: Response[] = []
  await stage.owner.transaction().execute(async (tx) => {
    await sql`select from ledger.lot where wallet_id = ${phone.walletId} for update`.execute(tx)
    const over = new AbortController()
    const voiding = Array.from({ length: 200 }, async () => {
      while (!over.signal.aborted) {
        told.push(await voidBy(redemptionId))
        await sleep(100)
      }
    })
    await expect.poll(voidsAtWork).toBe(2)
    const payments = await Promise.all(
      [1, 2, 3].map(async () => pay(await other.phone.code(), other.till)),
    )
    over.abort()
    expect(payments.map(({ status }) => status)).toEqual([201, 201, 201])
    expect(await voidsAtWork()).toBeLessThanOrEqual(2)
    await Promise.all(voiding)
  })
  expect(new Set(told.map(({ status }) => status))).toEqual(new Set([503]))
  for (const { headers } of told) expect(headers.get('retry-after')).toMatch(/^[12]$/)
  expect((await voidBy(redemptionId)).status).toBe(201)
})
