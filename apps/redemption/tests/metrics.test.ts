import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MainProcess, startMain } from './_main.ts'
import { type Phone, type Stage, type TillSide, setStage } from './_stage.ts'

const token = 'a-token-of-this-test'

let stage: Stage
let main: MainProcess
let url: string
let till: TillSide
let phone: Phone
let other: Phone
beforeAll(async () => {
  stage = await setStage({ buckets: 1 })
  till = await stage.openTill()
  phone = await stage.openPhone(2)
  other = await stage.openPhone(2)
  main = await startMain({
    DATABASE_URL: stage.database.urlFor('redemption'),
    MINNAKEN_POOL_MAX: '1',
    MINNAKEN_METRICS_TOKEN: token,
  })
  url = main.url
})
afterAll(async () => {
  await main.stop()
  await stage.drop()
})

const bearerOf = (): Record<string, string> => ({ authorization: `Bearer ${till.token}` })

const pay = async (code: string, amountYen: number): Promise<Response> =>
  fetch(`${url}/v1/redemptions`, {
    method: 'POST',
    headers: { ...bearerOf(), 'content-type': 'application/json' },
    body: JSON.stringify({ code, amountYen }),
  })

const withToken = { authorization: `Bearer ${token}` }

const scrape = async (headers: Readonly<Record<string, string>> = withToken): Promise<string> =>
  (await fetch(`${url}/metrics`, { headers })).text()

/** The sum of the samples of this name that have all of these labels. */
const sumOf = (text: string, name: string, ...labels: readonly string[]): number =>
  text
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) && labels.every((label) => line.includes(label)))
    .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)

const redemptions = 'route="/v1/redemptions"'

test('what happens to payments is counted, and nothing of who pays whom', async () => {
  const code = await phone.code()
  const paid = await pay(code, 700)
  expect(paid.status).toBe(201)
  const { redemptionId } = (await paid.json()) as { redemptionId: string }
  expect((await pay(code, 700)).status).toBe(201)
  expect((await pay(code, 800)).status).toBe(409)
  expect((await pay(await phone.code(), -1)).status).toBe(400)

  const text = await scrape()
  const seconds = 'minnaken_http_request_seconds_count'
  expect(sumOf(text, seconds, redemptions, 'method="POST"', 'status="201"')).toBe(2)
  expect(sumOf(text, seconds, redemptions, 'status="409"')).toBe(1)
  const problems = 'minnaken_http_problems_total'
  expect(sumOf(text, problems, redemptions, 'code="code_already_used"')).toBe(1)
  expect(sumOf(text, problems, redemptions, 'code="invalid_field"')).toBe(1)
  for (const rare of ['busy', 'outcome_unknown'])
    expect(text).toContain(`${problems}{method="POST",${redemptions},code="${rare}"`)

  expect(sumOf(text, 'minnaken_redemption_batch_size_sum', 'queue="first"')).toBe(3)
  expect(sumOf(text, 'minnaken_redemption_wait_seconds_count', 'queue="first"')).toBe(3)
  expect(sumOf(text, 'minnaken_redemption_waiting')).toBe(0)
  expect(sumOf(text, 'minnaken_pool_connections')).toBe(1)
  expect(sumOf(text, 'minnaken_pool_wait_seconds_count', 'outcome="got"')).toBeGreaterThan(2)
  const lookups = sumOf(text, 'minnaken_pool_lookups_connections')
  expect(lookups).toBeGreaterThan(0)
  expect(lookups).toBeLessThanOrEqual(4)
  expect(sumOf(text, 'process_cpu_seconds_total')).toBeGreaterThan(0)
  expect(sumOf(text, 'minnaken_event_loop_lag_seconds', 'quantile="1"')).toBeGreaterThanOrEqual(0)

  const { deviceId, walletId, accountId } = phone
  const ids = [redemptionId, deviceId, walletId, accountId, till.shopId, till.tillId, till.token]
  for (const id of [...ids, code]) expect(text).not.toContain(id)
  expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}/)
})

/** The most callers that were seen to wait while a wallet was held and the one connection with it. */
const waitingBehind = () =>
  stage.owner.transaction().execute(async (tx) => {
    await sql`select from ledger.lot where wallet_id = ${phone.walletId} for update`.execute(tx)
    const held = pay(await phone.code(), 700)
    await sleep(50)
    // Their batch needs the connection that the one before holds.
    const behind = await Promise.all([1, 2, 3].map(() => other.code()))
    const paying = behind.map((code) => pay(code, 100))
    let most = 0
    for (let looks = 0; looks < 60 && most === 0; looks++) {
      most = Math.max(most, sumOf(await scrape(), 'minnaken_pool_waiting'))
      await sleep(5)
    }
    await Promise.all(paying)
    expect((await held).status).toBe(503)
    return most
  })

test('while a wallet is held and its connection with it, those who wait for one are seen', async () => {
  const before = await scrape()
  await expect.poll(waitingBehind, { timeout: 30_000, interval: 0 }).toBeGreaterThan(0)
  const after = await scrape()
  const grew = (...of: readonly [name: string, ...labels: string[]]) =>
    sumOf(after, ...of) - sumOf(before, ...of)
  expect(grew('minnaken_redemption_busy_total', 'why="held"')).toBeGreaterThan(0)
  expect(grew('minnaken_redemption_batch_size_count', 'queue="second"')).toBeGreaterThan(0)
  expect(grew('minnaken_http_problems_total', redemptions, 'code="busy"')).toBeGreaterThan(0)
  expect(sumOf(after, 'minnaken_pool_waiting')).toBe(0)
  expect(grew('minnaken_pool_wait_seconds_sum')).toBeGreaterThan(0)
})

test('what is no payment has connections of its own', async () => {
  const current = () => fetch(`${url}/v1/tills/current`, { headers: bearerOf() })
  expect((await current()).status).toBe(200)
  await stage.owner.transaction().execute(async (tx) => {
    await sql`select from ledger.lot where wallet_id = ${phone.walletId} for update`.execute(tx)
    let isAnswered = false
    const held = pay(await phone.code(), 700).finally(() => (isAnswered = true))
    // The one connection for payments is out with this one.
    await expect
      .poll(async () => {
        const text = await scrape()
        return sumOf(text, 'minnaken_pool_connections') - sumOf(text, 'minnaken_pool_idle')
      })
      .toBe(1)
    expect((await current()).status).toBe(200)
    expect(isAnswered).toBe(false)
    expect((await held).status).toBe(503)
  })
  const text = await scrape()
  expect(sumOf(text, 'minnaken_pool_connections')).toBe(1)
  const aside = sumOf(text, 'minnaken_pool_aside_connections')
  expect(aside).toBeGreaterThan(0)
  expect(aside).toBeLessThanOrEqual(4)
  expect(sumOf(text, 'minnaken_pool_aside_wait_seconds_count', 'outcome="got"')).toBeGreaterThan(1)
})

test('where a token is set nobody finds anything without it, from wherever they come', async () => {
  const proxied = { 'x-forwarded-for': '203.0.113.9' }
  for (const from of [proxied, {}]) {
    expect(await scrape(from)).toContain('"code":"not_found"')
    expect(sumOf(await scrape({ ...from, ...withToken }), 'process_cpu_seconds_total')).not.toBe(0)
  }
  // A till's token opens tills and not this.
  expect(await scrape({ ...proxied, ...bearerOf() })).toContain('"code":"not_found"')
})
