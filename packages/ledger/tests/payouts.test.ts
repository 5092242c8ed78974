import { randomUUID } from 'node:crypto'
import { testDatabase, type TestDatabase } from '@minnaken/db/testing'
import { yen } from '@minnaken/domain'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PayoutEvent, type PayoutPart, postPayouts } from '../src/index.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())

const at = Date.parse('2027-02-26T10:00:00+09:00')

/** Posts as the settlement service does, in a transaction of the bucket's own. */
const post = (runId: string, event: PayoutEvent, parts: readonly PayoutPart[]) =>
  database
    .connectAs('settlement', { connectionsMax: 1 })
    .db.transaction()
    .execute((tx) => postPayouts(tx, { bucket: 1, event, runId, at, parts, newId: randomUUID }))

const legsOf = async (runId: string) =>
  database.owner
    .selectFrom('ledger.leg as leg')
    .innerJoin('ledger.posting as posting', (join) =>
      join
        .onRef('posting.bucket', '=', 'leg.bucket')
        .onRef('posting.posting_id', '=', 'leg.posting_id'),
    )
    .select(['posting.about', 'leg.debit_account as debit', 'leg.credit_account as credit', 'yen'])
    .where('posting.about', 'like', `${runId}:%`)
    .orderBy('posting.about')
    .orderBy('leg.leg_no')
    .execute()

const part = (shopNo: string, paid: number, fee = 0): PayoutPart => ({
  shopNo,
  paid: yen(paid),
  fee: yen(fee),
})

describe('the postings of a run', () => {
  test('are one for each shop that an event moves something for', async () => {
    const runId = randomUUID()
    const parts = [part('000001', 990, 10), part('000002', 0, 0), part('000003', 0, 7)]
    expect(await post(runId, 'payout_approved', parts)).toBe(2)
    expect(await legsOf(runId)).toEqual([
      {
        about: `${runId}:000001`,
        debit: 'SHOP_PAYABLE:000001',
        credit: 'PAYOUT_IN_TRANSIT',
        yen: 990,
      },
      {
        about: `${runId}:000001`,
        debit: 'SHOP_PAYABLE:000001',
        credit: 'REDEMPTION_FEE_INCOME',
        yen: 10,
      },
      {
        about: `${runId}:000003`,
        debit: 'SHOP_PAYABLE:000003',
        credit: 'REDEMPTION_FEE_INCOME',
        yen: 7,
      },
    ])
  })

  test('run the other way where the voids of a bucket outweigh its payments', async () => {
    const runId = randomUUID()
    await post(runId, 'payout_approved', [part('000004', -500, -5)])
    expect(await legsOf(runId)).toMatchObject([
      { debit: 'PAYOUT_IN_TRANSIT', credit: 'SHOP_PAYABLE:000004', yen: 500 },
      { debit: 'REDEMPTION_FEE_INCOME', credit: 'SHOP_PAYABLE:000004', yen: 5 },
    ])
  })

  test('are written once, also by two at once and after a part was written', async () => {
    const runId = randomUUID()
    const parts = [part('000005', 100), part('000006', 200)]
    await post(runId, 'payout_settled', parts.slice(0, 1))
    const written = await Promise.all([
      post(runId, 'payout_settled', parts),
      post(runId, 'payout_settled', parts),
    ])
    expect(written.toSorted((a, b) => a - b)).toEqual([0, 1])
    expect(await legsOf(runId)).toMatchObject([
      { debit: 'PAYOUT_IN_TRANSIT', credit: 'BANK', yen: 100 },
      { debit: 'PAYOUT_IN_TRANSIT', credit: 'BANK', yen: 200 },
    ])
  })

  test('of more shops than one statement can hold are all written, each with its legs', async () => {
    const runId = randomUUID()
    const parts = Array.from({ length: 2_001 }, (_, shop) => part(String(100_000 + shop), 9, 1))
    await post(runId, 'payout_approved', parts.slice(1_500, 1_600))
    expect(await post(runId, 'payout_approved', parts)).toBe(1_901)
    expect(await legsOf(runId)).toHaveLength(4_002)
  })

  test('of a return owe the shop again what was paid, and no fee', async () => {
    const runId = randomUUID()
    await post(runId, 'payout_returned', [part('000007', 990, 10)])
    expect(await legsOf(runId)).toMatchObject([
      { debit: 'BANK', credit: 'SHOP_PAYABLE:000007', yen: 990 },
    ])
  })
})
