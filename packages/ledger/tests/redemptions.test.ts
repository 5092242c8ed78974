import { isCheckViolation, isForeignKeyViolation, isUniqueViolation } from '@minnaken/db'
import { type Yen, yen } from '@minnaken/domain'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  type NewRedemption,
  type NewReplay,
  lockLots,
  readLots,
  recordRedemptions,
} from '../src/index.ts'
import { type Book, NOON, type Shop, TODAY, type Wallet, kindsOfTables, openBook } from './_book.ts'

const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  )

describe.each(kindsOfTables)('what a batch records, $name', ({ partitioned }) => {
  let book: Book
  let shop: Shop
  let wallet: Wallet
  let sold: Awaited<ReturnType<Book['sell']>>
  beforeAll(async () => {
    book = await openBook({ partitioned })
    shop = await book.openShop()
  })
  afterAll(() => book.drop())
  beforeEach(async () => {
    wallet = await book.openPurse()
    sold = await book.sell(wallet)
  })

  const record = (batch: {
    redemptions?: readonly NewRedemption[]
    replays?: readonly NewReplay[]
    remainders?: readonly (readonly [string, number])[]
  }): Promise<unknown> =>
    book.inBatch((tx) =>
      tx.trip([
        recordRedemptions({
          bucket: wallet.bucket,
          businessDate: TODAY,
          decidedAt: NOON,
          redemptions: batch.redemptions ?? [],
          replays: batch.replays ?? [],
          remainders: new Map((batch.remainders ?? []).map(([lot, left]) => [lot, yen(left)])),
        }),
      ]),
    )
  const lotsNow = async (): Promise<Yen[]> => {
    const [lots] = await book.inBatch((tx) => tx.trip([readLots(wallet.bucket, [wallet.walletId])]))
    return lots.toSorted((a, b) => (a.kind < b.kind ? -1 : 1)).map(({ remaining }) => remaining)
  }
  const count = async (): Promise<number> => {
    const { rows } = await sql<{ n: number }>`
      select (select count(*) from ledger.redemption) + (select count(*) from ledger.leg)
        + (select count(*) from ledger.replay) as n`.execute(book.owner)
    return rows[0]?.n ?? -1
  }

  test('is redemptions, their legs and the last remainder of each lot', async () => {
    const first = book.redemptionOf(wallet, shop, [
      [sold.limited, 6_500],
      [sold.common, 100],
    ])
    const second = book.redemptionOf(wallet, shop, [[sold.common, 50]])
    await record({
      redemptions: [first, second],
      remainders: [
        [sold.limited.lotId, 0],
        [sold.common.lotId, 5_850],
      ],
    })
    expect(await lotsNow()).toEqual([5_850, 0])
    const legs = await book.owner
      .selectFrom('ledger.leg')
      .select(['posting_id', 'leg_no', 'debit_account', 'credit_account', 'yen', 'lot_id'])
      .where('posting_id', 'in', [first.redemptionId, second.redemptionId])
      .orderBy('posting_id')
      .orderBy('leg_no')
      .execute()
    const to = { credit_account: `SHOP_PAYABLE:${shop.shopNo}` }
    const [common, limited] = [sold.common.lotId, sold.limited.lotId]
    expect(new Set(legs)).toEqual(
      new Set([
        {
          posting_id: first.redemptionId,
          leg_no: 1,
          debit_account: 'VOUCHER:LIMITED',
          ...to,
          yen: 6_500,
          lot_id: limited,
        },
        {
          posting_id: first.redemptionId,
          leg_no: 2,
          debit_account: 'VOUCHER:COMMON',
          ...to,
          yen: 100,
          lot_id: common,
        },
        {
          posting_id: second.redemptionId,
          leg_no: 1,
          debit_account: 'VOUCHER:COMMON',
          ...to,
          yen: 50,
          lot_id: common,
        },
      ]),
    )
  })

  test('of a lot that several payments share is written once, and the book adds up', async () => {
    const many = Array.from({ length: 60 }, () =>
      book.redemptionOf(wallet, shop, [[sold.common, 100]]),
    )
    await record({ redemptions: many, remainders: [[sold.common.lotId, 0]] })
    expect(await lotsNow()).toEqual([0, 6_500])
  })

  test.each([
    ['below nothing', -1],
    ['above what was issued', 6_001],
  ])('never leaves a lot %s: nothing of the batch is written', async (_, left) => {
    const before = await count()
    const batch = {
      redemptions: [book.redemptionOf(wallet, shop, [[sold.common, 10]])],
      remainders: [[sold.common.lotId, left]] as const,
    }
    expect(isCheckViolation(await failure(record(batch)), 'lot_is_never_overspent')).toBe(true)
    expect(await count()).toBe(before)
    expect(await lotsNow()).toEqual([6_000, 6_500])
  })

  test('never takes from a lot that is not there: nothing of the batch is written', async () => {
    const before = await count()
    const missing = { lotId: book.newId(), kind: 'COMMON' }
    const taking = [
      [sold.common, 10],
      [missing, 20],
    ] as const
    const redemptions = [book.redemptionOf(wallet, shop, taking)]
    const remainders = [
      [sold.common.lotId, 5_990],
      [missing.lotId, 0],
    ] as const
    const error = await failure(record({ redemptions, remainders }))
    expect(String(error)).toContain('1 lots were written of 2')
    expect(await count()).toBe(before)
    expect(await lotsNow()).toEqual([6_000, 6_500])
  })

  test('never has a code of a phone twice, whatever the day, shop or amount', async () => {
    const { deviceId, nonce } = await book.redeem(wallet, shop, {
      taking: [[sold.common, 10]],
      date: '2027-03-09',
    })
    const other = await book.openShop()
    const again = { ...book.redemptionOf(wallet, other, [[sold.common, 20]]), deviceId, nonce }
    const before = await count()
    const remainders = [[sold.common.lotId, 5_970]] as const
    const error = await failure(record({ redemptions: [again], remainders }))
    expect(isUniqueViolation(error)).toBe(true)
    expect(await count()).toBe(before)
    expect(await lotsNow()).toEqual([5_990, 6_500])
  })

  test('has the same code of two phones, because a photographed code burns nothing', async () => {
    const { nonce } = await book.redeem(wallet, shop, { taking: [[sold.common, 10]] })
    const other = { ...book.redemptionOf(wallet, shop, [[sold.common, 10]]), nonce }
    const remainders = [[sold.common.lotId, 5_980]] as const
    await record({ redemptions: [other], remainders })
    expect(await lotsNow()).toEqual([5_980, 6_500])
  })

  test('has replays of payments that are there, and of no others', async () => {
    const { redemptionId } = await book.redeem(wallet, shop, { taking: [[sold.common, 10]] })
    await record({ replays: [{ replayId: book.newId(), redemptionId }] })
    const unknown = { replayId: book.newId(), redemptionId: book.newId() }
    expect(isForeignKeyViolation(await failure(record({ replays: [unknown] })))).toBe(true)
  })

  test('has a payment and its replay in one batch', async () => {
    const payment = book.redemptionOf(wallet, shop, [[sold.common, 10]])
    const { redemptionId } = payment
    await record({
      redemptions: [payment],
      replays: [{ replayId: book.newId(), redemptionId }],
      remainders: [[sold.common.lotId, 5_990]],
    })
    expect(await lotsNow()).toEqual([5_990, 6_500])
  })

  test('lots are locked in the order of their ids, empty ones too', async () => {
    const other = await book.openPurse()
    await book.sell(other)
    await book.redeem(wallet, shop, { taking: [[sold.common, 6_000]] })
    const bucket = wallet.bucket
    const both = [wallet.walletId, ...(other.bucket === bucket ? [other.walletId] : [])]
    const [lots] = await book.inBatch((tx) => tx.trip([lockLots(bucket, both, 'wait')]))
    const ids = lots.map(({ lotId }) => lotId)
    expect(ids).toEqual(ids.toSorted())
    expect(ids).toHaveLength(both.length * 2)
    expect(ids).toContain(sold.common.lotId)
  })

  test('who waits for a lot then reads what the payment before it left', async () => {
    const left = await book.inBatch(async (tx) => {
      const lock = lockLots(wallet.bucket, [wallet.walletId], 'wait')
      await tx.trip([lock])
      const late = book.inBatch((other) => other.trip([lock]))
      await book.untilWaiting(1)
      const payment = recordRedemptions({
        bucket: wallet.bucket,
        businessDate: TODAY,
        decidedAt: NOON,
        redemptions: [
          book.redemptionOf(wallet, shop, [
            [sold.common, 6_000],
            [sold.limited, 500],
          ]),
        ],
        replays: [],
        remainders: new Map([
          [sold.common.lotId, yen(0)],
          [sold.limited.lotId, yen(6_000)],
        ]),
      })
      await tx.trip([payment])
      return { late }
    })
    const [seen] = await left.late
    expect(new Map(seen.map(({ lotId, remaining }) => [lotId, remaining]))).toEqual(
      new Map([
        [sold.common.lotId, 0],
        [sold.limited.lotId, 6_000],
      ]),
    )
  })

  test('a void gives back to the lots, and never more than was issued', async () => {
    const taking = [
      [sold.limited, 500],
      [sold.common, 100],
    ] as const
    const { redemptionId } = await book.redeem(wallet, shop, { taking })
    await book.giveBack(wallet, shop, { redemptionId, returning: [[sold.common, 60]] })
    expect(await lotsNow()).toEqual([5_960, 6_000])
    const tooMuch = { redemptionId, returning: [[sold.common, 41]] as const }
    const error = await failure(book.giveBack(wallet, shop, tooMuch))
    expect(isCheckViolation(error, 'lot_is_never_overspent')).toBe(true)
    await book.giveBack(wallet, shop, { redemptionId, returning: [[sold.limited, 500]] })
    expect(await lotsNow()).toEqual([5_960, 6_500])
  })

  test('a void never gives back to a lot that is not there', async () => {
    const taking = [[sold.common, 10]] as const
    const { redemptionId } = await book.redeem(wallet, shop, { taking })
    const before = await count()
    const returning = [[{ lotId: book.newId(), kind: 'COMMON' }, 10]] as const
    const error = await failure(book.giveBack(wallet, shop, { redemptionId, returning }))
    expect(String(error)).toContain('0 lots were written of 1')
    expect(await count()).toBe(before)
    expect(await lotsNow()).toEqual([5_990, 6_500])
  })

  test('a void of a payment that is not there is refused by PostgreSQL', async () => {
    const nothing = { redemptionId: book.newId(), returning: [[sold.common, 1]] as const }
    await book.redeem(wallet, shop, { taking: [[sold.common, 10]] })
    expect(isForeignKeyViolation(await failure(book.giveBack(wallet, shop, nothing)))).toBe(true)
  })

  test('afterwards the books balance', async () => {
    const { balanced, checks } = await book.verify()
    expect(checks.filter(({ ok }) => !ok)).toEqual([])
    expect(balanced).toBe(true)
  })
})
