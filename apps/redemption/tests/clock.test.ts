import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { NOON, type Phone, type Stage, type TillSide, setStage } from './_stage.ts'
import { pay, voidPayment } from './_till.ts'

let stage: Stage
let till: TillSide
let phone: Phone
beforeAll(async () => {
  stage = await setStage()
  till = await stage.openTill()
})
afterAll(() => stage.drop())
beforeEach(async () => {
  stage.moveTo(NOON)
  phone = await stage.openPhone(1)
})

/** Returns once a statement of the redemption service waits for a lock. */
async function untilSomebodyWaits(): Promise<void> {
  for (;;) {
    const { rows } = await sql`select from pg_stat_activity
      where datname = current_database() and usename = 'minnaken_redemption'
        and wait_event_type = 'Lock'`.execute(stage.owner)
    if (rows.length > 0) return
    await wait(5)
  }
}

/** Asks while the wallet's lots are held, and moves the clock before they are let go. */
async function askAcross<T>(moment: number, ask: () => Promise<T>): Promise<T> {
  const asked = await stage.owner.transaction().execute(async (tx) => {
    await tx
      .selectFrom('ledger.lot')
      .select('lot_id')
      .where('wallet_id', '=', phone.walletId)
      .forUpdate()
      .execute()
    const answer = ask()
    await untilSomebodyWaits()
    stage.moveTo(moment)
    return { answer }
  })
  return asked.answer
}

test('a code that expires while its payment waits for the lots has expired', async () => {
  const code = await phone.code()
  stage.moveTo(NOON + 64_900)
  const { body } = await askAcross(NOON + 65_100, () => pay(stage.service, till, code, 500))
  expect(body['code']).toBe('code_expired')
  expect(await stage.remaining(phone)).toEqual({ LIMITED: 6_500, COMMON: 6_000 })
})

test('a payment that waits across midnight belongs to the day on which it is decided', async () => {
  const midnight = Date.parse('2027-03-16T00:00:00+09:00')
  const code = await phone.code(midnight - 1_000)
  stage.moveTo(midnight - 1_000)
  const { status } = await askAcross(midnight, () => pay(stage.service, till, code, 500))
  expect(status).toBe(201)
  const row = await stage.owner
    .selectFrom('ledger.redemption')
    .select(['business_date', 'decided_at'])
    .where('device_id', '=', phone.deviceId)
    .executeTakeFirstOrThrow()
  expect(row).toEqual({ business_date: '2027-03-16', decided_at: new Date(midnight) })
})

test('a void that waits until the minutes of the staff are over comes too late', async () => {
  const paid = await pay(stage.service, till, await phone.code(), 500)
  stage.moveTo(NOON + 15 * 60_000 - 1)
  const { body } = await askAcross(NOON + 15 * 60_000, () =>
    voidPayment(stage.service, till, paid.body['redemptionId'], { reason: '打ち間違い' }),
  )
  expect(body['code']).toBe('staff_window_over')
})

test('a void that waits across midnight belongs to the day on which it is decided', async () => {
  const midnight = Date.parse('2027-03-17T00:00:00+09:00')
  stage.moveTo(midnight - 60_000)
  const paid = await pay(stage.service, till, await phone.code(), 500)
  stage.moveTo(midnight - 1)
  const { status } = await askAcross(midnight, () =>
    voidPayment(stage.service, till, paid.body['redemptionId'], { reason: '打ち間違い' }),
  )
  expect(status).toBe(201)
  const row = await stage.owner
    .selectFrom('ledger.void')
    .select(['business_date', 'decided_at'])
    .where('shop_id', '=', till.shopId)
    .orderBy('decided_at', 'desc')
    .executeTakeFirstOrThrow()
  expect(row).toEqual({ business_date: '2027-03-17', decided_at: new Date(midnight) })
})
