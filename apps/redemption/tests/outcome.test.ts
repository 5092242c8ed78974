import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type LineFault, type PgProxy, startPgProxy } from './_pg-proxy.ts'
import { type Phone, type Stage, type TillSide, setStage } from './_stage.ts'
import { pay, send, voidPayment } from './_till.ts'

let stage: Stage
let proxy: PgProxy
/** The service whose line to PostgreSQL breaks; `stage.service` has a line of its own. */
let service: ReturnType<Stage['startService']>
let till: TillSide
let phone: Phone
beforeAll(async () => {
  stage = await setStage({ buckets: 1 })
  proxy = await startPgProxy(stage.database.urlFor('redemption'))
  service = stage.startService({ url: proxy.url })
  till = await stage.openTill()
})
afterAll(async () => {
  await proxy.close()
  await stage.drop()
})
beforeEach(async () => {
  phone = await stage.openPhone(1)
})

const redemptionsOf = async ({ deviceId }: Phone): Promise<number> => {
  const rows = await stage.owner
    .selectFrom('ledger.redemption')
    .select('redemption_id')
    .where('device_id', '=', deviceId)
    .execute()
  return rows.length
}

/** The whole answer, for what the caller is told to do next. */
const askAt = async (
  { app }: ReturnType<Stage['startService']>,
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
) => {
  const response = await app.request(
    new Request(`http://localhost${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${till.token}`,
        ...headers,
      },
      body: JSON.stringify(body),
    }),
  )
  return {
    status: response.status,
    retryAfter: Number(response.headers.get('retry-after')),
    body: (await response.json()) as Record<string, unknown>,
  }
}

const ask = (path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
  askAt(service, path, body, headers)

const unknown = {
  status: 503,
  retryAfter: expect.toSatisfy((seconds: number) => seconds >= 1),
  body: {
    type: 'urn:minnaken:problem:outcome_unknown',
    title: '結果を確認できませんでした。同じ内容でもう一度お試しください。',
    titleEn: 'The outcome is not known yet. Send the same request again.',
    status: 503,
    code: 'outcome_unknown',
    requestId: expect.any(String),
    retryable: true,
  },
}

const faults: readonly (readonly [what: string, fault: LineFault, taken: 0 | 1])[] = [
  ['the line breaks before PostgreSQL hears of the commit', 'cut_before', 0],
  ['PostgreSQL commits and the line breaks before it says so', 'cut_after', 1],
  ['the line is silent before PostgreSQL hears of the commit', 'silent_before', 0],
  ['PostgreSQL commits and the line says nothing more', 'silent_after', 1],
  ['PostgreSQL warns that no standby has the commit', 'unconfirmed', 1],
  ['the line is silent while the lots are locked', 'silent_at_work', 0],
]

describe.concurrent.each(faults)('when %s', (_, fault, taken) => {
  test('a payment is never a success, and the same request finds the one outcome', async () => {
    const line = await startPgProxy(stage.database.urlFor('redemption'))
    const [own, payer] = [stage.startService({ url: line.url }), await stage.openPhone(1)]
    const body = { code: await payer.code(), amountYen: 700 }
    line.breakNext(fault)
    expect(await askAt(own, '/v1/redemptions', body)).toEqual(unknown)
    expect(line.faults()).toBe(1)

    // A commit that was on its way when the line broke is there a moment later.
    for (let looks = 0; looks < 100 && (await redemptionsOf(payer)) < taken; looks++) await wait(10)
    expect(await redemptionsOf(payer)).toBe(taken)
    const retried = await askAt(own, '/v1/redemptions', body)
    expect(retried.status).toBe(201)
    expect(retried.body['replayed']).toBe(taken === 1 ? true : undefined)
    expect(await redemptionsOf(payer)).toBe(1)
    const elsewhere = await pay(stage.service, till, body.code, 700)
    expect(elsewhere.body).toMatchObject({
      redemptionId: retried.body['redemptionId'],
      replayed: true,
    })
    expect(await stage.remaining(payer)).toEqual({ LIMITED: 5_800, COMMON: 6_000 })
    await line.close()
  })
})

test('a void is never a success either, and its key finds the one outcome', async () => {
  const paid = await pay(stage.service, till, await phone.code(), 700)
  const path = `/v1/redemptions/${String(paid.body['redemptionId'])}/voids`
  const body = { amountYen: 300, reason: '打ち間違い' }
  const headers = { 'idempotency-key': randomUUID() }
  proxy.breakNext('cut_after')
  expect(await ask(path, body, headers)).toEqual(unknown)
  const retried = await ask(path, body, headers)
  expect(retried.status).toBe(201)
  const again = await voidPayment(
    stage.service,
    till,
    paid.body['redemptionId'],
    body,
    headers['idempotency-key'],
  )
  expect(again.body).toEqual(retried.body)
  expect(await stage.remaining(phone)).toEqual({ LIMITED: 6_100, COMMON: 6_000 })
})

test('everybody in a batch whose outcome is unknown is told so, and finds their own', async () => {
  const phones = await Promise.all(Array.from({ length: 12 }, () => stage.openPhone(1)))
  const bodies = await Promise.all(
    phones.map(async (each) => ({ code: await each.code(), amountYen: 500 })),
  )
  const answers = await whileTheDayIsHeld(() => {
    const asked = bodies.map((body) => ask('/v1/redemptions', body))
    proxy.breakNext('cut_after')
    return asked
  })
  expect(answers.filter(({ status }) => status === 503).length).toBeGreaterThan(0)
  for (const { body } of answers)
    expect([undefined, 'busy', 'outcome_unknown']).toContain(body['code'])
  const retried = await Promise.all(bodies.map((body) => ask('/v1/redemptions', body)))
  expect(retried.map(({ status }) => status)).toEqual(bodies.map(() => 201))
  for (const each of phones) expect(await redemptionsOf(each)).toBe(1)
})

/** Holds up the first batch until the others wait together for the next one. */
async function whileTheDayIsHeld<T>(work: () => Promise<T>[]): Promise<T[]> {
  const asked = await stage.owner.transaction().execute(async (tx) => {
    await tx
      .selectFrom('ledger.bucket_day')
      .select('state')
      .where('business_date', '=', '2027-03-10')
      .forUpdate()
      .execute()
    const answers = work()
    await expect
      .poll(
        async () =>
          (
            await sql`select from pg_stat_activity where usename = 'minnaken_redemption'
              and datname = current_database() and wait_event_type = 'Lock'`.execute(stage.owner)
          ).rows.length,
        { interval: 5 },
      )
      .toBe(1)
    return { answers }
  })
  return Promise.all(asked.answers)
}

test('one poisoned request of a batch harms only itself', async () => {
  const phones = await Promise.all(Array.from({ length: 20 }, () => stage.openPhone(1)))
  const [poisoned, ...others] = phones
  if (poisoned === undefined) throw new Error('there are phones')
  // Its key is known, and what else is known of the phone is gone: no service can do that.
  await stage.owner
    .deleteFrom('redemption.device')
    .where('device_id', '=', poisoned.deviceId)
    .execute()
  const codes = await Promise.all(
    [others[0] ?? phone, poisoned, ...others.slice(1)].map((each) => each.code()),
  )
  const answers = await whileTheDayIsHeld(() =>
    codes.map(async (code) => {
      const answer = await pay(stage.service, till, code, 500)
      return answer.status === 503 ? pay(stage.service, till, code, 500) : answer
    }),
  )
  expect(answers.map(({ status }) => status)).toEqual(
    codes.map((_, place) => (place === 1 ? 500 : 201)),
  )
  expect(answers[1]?.body['code']).toBe('internal')
  expect(JSON.stringify(answers[1]?.body)).not.toContain('missing')
  expect(await redemptionsOf(poisoned)).toBe(0)
  for (const each of others) expect(await redemptionsOf(each)).toBe(1)
})

test('while PostgreSQL is away everybody is told to come again, and afterwards all is as before', async () => {
  const fresh = stage.startService({ url: proxy.url })
  const code = await phone.code()
  proxy.goDown()
  const answers = await Promise.all([
    ask('/v1/redemptions', { code, amountYen: 300 }),
    ask('/v1/redemptions/preview', { code, amountYen: 300 }),
  ])
  const toOneThatKnowsNobody = await Promise.all([
    pay(fresh, till, code, 300),
    send(fresh, { path: '/v1/tills', body: { joinCode: 'x', name: 'レジ' } }),
  ])
  proxy.comeBack()
  for (const { status, body } of [...answers, ...toOneThatKnowsNobody]) {
    expect(status).toBe(503)
    expect(body).toMatchObject({ code: 'outcome_unknown', retryable: true })
  }
  expect((await pay(fresh, till, code, 300)).status).toBe(201)
  expect((await ask('/v1/redemptions', { code, amountYen: 300 })).body['replayed']).toBe(true)
  expect(await redemptionsOf(phone)).toBe(1)
})

test('a service with one connection takes its very first payments at once', async () => {
  const fresh = stage.startService({ connectionsMax: 1 })
  const startedAt = performance.now()
  const preview = await send(fresh, {
    path: '/v1/redemptions/preview',
    token: till.token,
    body: { code: await phone.code(), amountYen: 100 },
  })
  expect(preview.status).toBe(200)
  const another = stage.startService({ connectionsMax: 1 })
  expect((await pay(another, till, await phone.code(), 100)).status).toBe(201)
  expect(performance.now() - startedAt).toBeLessThan(3_000)
})

test('afterwards the books balance', async () => {
  expect(await stage.verify()).toMatchObject({ balanced: true })
})
