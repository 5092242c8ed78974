import { randomInt } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Phone, type Stage, setStage } from './_stage.ts'
import { pay } from './_till.ts'

/** As a till does: told that it is busy, it waits a moment and sends the same request again. */
async function payUntilAnswered(...asked: Parameters<typeof pay>): ReturnType<typeof pay> {
  const answer = await pay(...asked)
  if (answer.status !== 503) return answer
  await wait(randomInt(100, 1_000))
  return payUntilAnswered(...asked)
}

describe.each([
  { name: 'plain tables', partitioned: false },
  { name: 'tables partitioned by bucket', partitioned: true },
])('races for vouchers, $name', ({ partitioned }) => {
  let stage: Stage
  let other: ReturnType<Stage['startService']>
  beforeAll(async () => {
    stage = await setStage({ partitioned })
    other = stage.startService()
  })
  afterAll(() => stage.drop())

  const together = <T>(count: number, work: (place: number) => Promise<T>): Promise<T[]> =>
    Promise.all(Array.from({ length: count }, (_, place) => work(place)))

  test('of 1,000 uses of one code at once, over two processes, exactly 1 is accepted', async () => {
    const phone = await stage.openPhone(1)
    const code = await phone.code()
    const tills = await together(50, () => stage.openTill())
    const answers = await together(1_000, async (place) => {
      const till = tills[place % tills.length]
      if (till === undefined) throw new Error('there are tills')
      return {
        till,
        ...(await payUntilAnswered(place % 2 === 0 ? stage.service : other, till, code, 500)),
      }
    })
    const first = answers.filter(({ status, body }) => status === 201 && !('replayed' in body))
    expect(first).toHaveLength(1)
    const [winner] = first
    if (winner === undefined) throw new Error('somebody was first')
    const wrong = answers.filter(({ till, status, body }) =>
      till === winner.till ? status !== 201 : body['code'] !== 'code_already_used',
    )
    expect(wrong).toEqual([])
    const again = await pay(other, winner.till, code, 500)
    expect(again.body).toEqual({ ...winner.body, replayed: true, voidedYen: 0 })
    const left = await stage.remaining(phone)
    expect((left['COMMON'] ?? 0) + (left['LIMITED'] ?? 0)).toBe(12_000)
  })

  test('200 spends of one wallet at once never overspend it', async () => {
    const phone = await stage.openPhone(1)
    const till = await stage.openTill()
    const spends = await together(200, async (place) => {
      const yen = randomInt(1, 400)
      const service = place % 2 === 0 ? stage.service : other
      const answer = await payUntilAnswered(service, till, await phone.code(), yen)
      return { yen, ...answer }
    })
    const accepted = spends.filter(({ status }) => status === 201)
    const sum = accepted.reduce((total, { yen }) => total + yen, 0)
    const left = await stage.remaining(phone)
    expect(sum).toBeLessThanOrEqual(12_500)
    expect((left['COMMON'] ?? 0) + (left['LIMITED'] ?? 0)).toBe(12_500 - sum)
    const refused = spends.filter(({ status }) => status !== 201)
    expect(new Set(refused.map(({ body }) => body['code']))).toEqual(new Set(['balance_too_small']))
    expect(accepted.length).toBeGreaterThan(30)
  })

  test('a retry that waits behind its own first try in another process hears its answer', async () => {
    for (let round = 0; round < 20; round++) {
      const phone = await stage.openPhone(1)
      const till = await stage.openTill()
      const code = await phone.code()
      const [a, b] = await Promise.all([
        pay(stage.service, till, code, 12_500),
        pay(other, till, code, 12_500),
      ])
      expect([a.status, b.status]).toEqual([201, 201])
      expect(a.body['redemptionId']).toBe(b.body['redemptionId'])
      expect([a, b].filter(({ body }) => 'replayed' in body)).toHaveLength(1)
    }
  })

  test('the same code many times in one batch is one payment and its replays', async () => {
    const phone = await stage.openPhone(1)
    const till = await stage.openTill()
    const code = await phone.code()
    await stage.service.deps.pool.query('select 1')
    const answers = await together(60, () => pay(stage.service, till, code, 12_500))
    expect(answers.every(({ status }) => status === 201)).toBe(true)
    expect(answers.filter(({ body }) => !('replayed' in body))).toHaveLength(1)
  })

  test('what a lot gives to several payments of one batch is written once and adds up', async () => {
    const phone = await stage.openPhone(2)
    const till = await stage.openTill()
    const codes = await together(50, () => phone.code())
    const answers = await Promise.all(codes.map((code) => pay(stage.service, till, code, 500)))
    expect(answers.every(({ status }) => status === 201)).toBe(true)
    const left = await stage.remaining(phone)
    expect((left['COMMON'] ?? 0) + (left['LIMITED'] ?? 0)).toBe(0)
  })

  test('wallets that somebody holds delay nobody else, and are told to come again', async () => {
    const held = await together(3, () => stage.openPhone(1))
    const free = await together(5, () => stage.openPhone(1))
    const till = await stage.openTill()
    const payWith = async (phone: Phone) => pay(stage.service, till, await phone.code(), 100)
    const { late, inTime } = await stage.owner.transaction().execute(async (tx) => {
      await tx
        .selectFrom('ledger.lot')
        .select('lot_id')
        .where(
          'wallet_id',
          'in',
          held.map((phone) => phone.walletId),
        )
        .forUpdate()
        .execute()
      const waiting = Promise.all(held.map(payWith))
      const first = await Promise.race([waiting, Promise.all(free.map(payWith))])
      return { late: await waiting, inTime: first }
    })
    expect(inTime.map(({ status }) => status)).toEqual(free.map(() => 201))
    for (const { status, body } of late) {
      expect(status).toBe(503)
      expect(body).toMatchObject({ code: 'busy', retryable: true })
    }
    expect((await Promise.all(held.map(payWith))).map(({ status }) => status)).toEqual([
      201, 201, 201,
    ])
  })

  test('two processes that meet the same wallets in opposite order never lock each other out', async () => {
    const phones = await together(20, () => stage.openPhone(1))
    const till = await stage.openTill()
    const payAll = async (service: typeof other, order: readonly Phone[]) =>
      Promise.all(
        order.map(async (phone) => payUntilAnswered(service, till, await phone.code(), 10)),
      )
    for (let round = 0; round < 5; round++) {
      const [up, down] = await Promise.all([
        payAll(stage.service, phones),
        payAll(other, phones.toReversed()),
      ])
      expect([...up, ...down].filter(({ status }) => status !== 201)).toEqual([])
    }
    const { rows } = await stage.service.deps.pool.query<{ deadlocks: number }>(
      'select deadlocks from pg_stat_database where datname = current_database()',
    )
    expect(rows).toEqual([{ deadlocks: 0 }])
  })

  test('afterwards the books balance', async () => {
    expect(await stage.verify()).toMatchObject({ balanced: true })
  })
})
