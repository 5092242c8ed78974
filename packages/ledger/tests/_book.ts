import { randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { traveller, withClient } from '@minnaken/db'
import { testDatabase } from '@minnaken/db/testing'
import { type Instant, type JstDate, type Yen, uuidv7, yen } from '@minnaken/domain'
import { sql } from 'kysely'
import {
  type BatchTx,
  type NewRedemption,
  type Take,
  holdOpenDay,
  issueOrder,
  lockLots,
  lockTakenLots,
  makeBuckets,
  makeDays,
  openWallet,
  recordRedemptions,
  recordVoid,
  verifyLedger,
} from '../src/index.ts'
import { seedCampaign, seedPaidOrder, seedShop } from '../src/testing.ts'

/** Noon on 10 March 2027, in the middle of the days that the book has. */
export const NOON: Instant = Date.parse('2027-03-10T12:00:00+09:00')
export const TODAY: JstDate = '2027-03-10'
const ENDS: Instant = Date.parse('2027-08-01T00:00:00+09:00')

export const kindsOfTables = [
  { name: 'plain tables', partitioned: false },
  { name: 'tables partitioned by bucket', partitioned: true },
]

export type Book = Awaited<ReturnType<typeof openBook>>
export type Wallet = Readonly<{ accountId: string; bucket: number; walletId: string }>
type Lot = Readonly<{ lotId: string; kind: string }>
export type Shop = Readonly<{ shopId: string; shopNo: string; payeeId: string }>

/** Takes so much of lots, in this order. */
export type Taking = readonly (readonly [lot: Lot, amount: number])[]

/** An empty book with its days and one campaign, on a database of its own. */
export async function openBook(
  options: Readonly<{ partitioned?: boolean; buckets?: number }> = {},
) {
  const database = await testDatabase({ partitioned: options.partitioned ?? false })
  const { owner } = database
  const redemption = database.connectAs('redemption')
  const purchase = database.connectAs('purchase')
  const newId = () => uuidv7(NOON, randomBytes(10))
  const campaignId = newId()
  await makeBuckets(owner, options.buckets ?? 2)
  await seedCampaign(owner, { campaignId, file: { id: 'MIRAI2027' }, at: NOON })
  await purchase.db
    .transaction()
    .execute((tx) => makeDays(tx, { first: '2027-03-01', last: '2027-04-30' }))

  const account = async (role: 'resident' | 'shop_owner' = 'resident'): Promise<string> => {
    const accountId = newId()
    await owner
      .insertInto('auth.account')
      .values({ account_id: accountId, role, created_at: new Date(NOON) })
      .execute()
    return accountId
  }

  const openPurse = async (): Promise<Wallet> => {
    const accountId = await account()
    const place = await purchase.db
      .transaction()
      .execute((tx) => openWallet(tx, { accountId, walletId: newId(), at: NOON }))
    return { accountId, ...place }
  }

  /** A paid order, not issued yet. */
  const placeOrder = async ({ accountId }: Wallet, priceYen = 10_000): Promise<string> => {
    const orderId = newId()
    await seedPaidOrder(owner, { orderId, campaignId, accountId, units: 1, priceYen, at: NOON })
    return orderId
  }

  /** One unit: 6,000 common and 6,500 limited for 10,000. */
  const unit = () => [
    { kind: 'COMMON', lotId: newId(), price: yen(5_000), face: yen(6_000) },
    { kind: 'LIMITED', lotId: newId(), price: yen(5_000), face: yen(6_500) },
  ]

  const issue = (wallet: Wallet, orderId: string, parts = unit(), db = purchase.db) =>
    db
      .transaction()
      .execute((tx) =>
        issueOrder(tx, { wallet, orderId, campaignId, parts, expiresAt: ENDS, at: NOON }),
      )

  const sell = async (wallet: Wallet) => {
    const orderId = await placeOrder(wallet)
    const [common, limited] = unit()
    if (common === undefined || limited === undefined) throw new Error('a unit has two parts')
    await issue(wallet, orderId, [common, limited])
    return { orderId, common, limited }
  }

  let shops = 0
  const openShop = async (): Promise<Shop> => {
    shops += 1
    const ownerAccountId = await account('shop_owner')
    const shop = { shopId: newId(), shopNo: String(100_000 + shops), payeeId: newId() }
    await seedShop(owner, { ...shop, ownerAccountId, decidedBy: ownerAccountId, at: NOON })
    return shop
  }

  /** Runs work in one transaction of the redemption service. */
  const inBatch = <T>(work: (tx: BatchTx) => Promise<T>): Promise<T> =>
    withClient(redemption.pool, async (client) => {
      await client.query('begin')
      try {
        const result = await work(traveller(client))
        await client.query('commit')
        return result
      } catch (error) {
        await client.query('rollback')
        throw error
      }
    })

  const takesOf = (taking: Taking): Take[] =>
    taking.map(([{ lotId, kind }, amount]) => ({ lotId, kind, campaignId, yen: yen(amount) }))

  const redemptionOf = (wallet: Wallet, shop: Shop, taking: Taking): NewRedemption => ({
    redemptionId: newId(),
    deviceId: newId(),
    nonce: randomBytes(16),
    walletId: wallet.walletId,
    shopId: shop.shopId,
    shopNo: shop.shopNo,
    tillId: newId(),
    amount: yen(taking.reduce((sum, [, amount]) => sum + amount, 0)),
    takes: takesOf(taking),
  })

  /** A payment as the redemption service makes it: hold the day, lock the lots, record. */
  const redeem = async (
    wallet: Wallet,
    shop: Shop,
    { taking, date = TODAY }: Readonly<{ taking: Taking; date?: JstDate }>,
  ): Promise<NewRedemption> => {
    const { bucket, walletId } = wallet
    const payment = redemptionOf(wallet, shop, taking)
    await inBatch(async (tx) => {
      const [[businessDate = date], held] = await tx.trip([
        holdOpenDay(bucket, date),
        lockLots(bucket, [walletId], 'wait'),
      ])
      const left = new Map(held.map((lot) => [lot.lotId, lot.remaining]))
      for (const take of payment.takes)
        left.set(take.lotId, yen((left.get(take.lotId) ?? 0) - take.yen))
      const record = recordRedemptions({
        bucket,
        businessDate,
        decidedAt: NOON,
        redemptions: [payment],
        replays: [],
        remainders: left,
      })
      await tx.trip([record])
    })
    return payment
  }

  const giveBack = (
    wallet: Wallet,
    shop: Shop,
    back: Readonly<{
      redemptionId: string
      returning: Taking
      by?: 'staff' | 'owner' | 'federation'
      date?: JstDate
    }>,
  ): Promise<string> =>
    inBatch(async (tx) => {
      const { redemptionId, returning, by = 'staff', date = TODAY } = back
      const { bucket } = wallet
      const [[businessDate = date], lots] = await tx.trip([
        holdOpenDay(bucket, date),
        lockTakenLots(bucket, redemptionId),
      ])
      const returns = takesOf(returning)
      const remaining = (lotId: string): Yen =>
        lots.find((lot) => lot.lotId === lotId)?.remaining ?? yen(0)
      const voidId = newId()
      await recordVoid(tx, {
        ...shop,
        bucket,
        voidId,
        redemptionId,
        amount: yen(returns.reduce((sum, take) => sum + take.yen, 0)),
        returns,
        remainders: new Map(
          returns.map((take) => [take.lotId, yen(remaining(take.lotId) + take.yen)]),
        ),
        voidedBy: by,
        actorId: newId(),
        reason: '打ち間違い',
        idempotencyKey: voidId,
        fingerprint: Buffer.alloc(32),
        businessDate,
        decidedAt: NOON,
      })
      return voidId
    })

  /** Until so many statements of this database wait for a lock. */
  const untilWaiting = async (count: number): Promise<void> => {
    const waiting = sql<{ n: number }>`
      select count(*) as n from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`
    for (let looks = 0; looks < 1_000; looks++) {
      if (((await waiting.execute(owner)).rows[0]?.n ?? 0) >= count) return
      await wait(5)
    }
    throw new Error('nobody waits for a lock')
  }

  return {
    database,
    owner,
    purchase,
    redemption,
    campaignId,
    newId,
    account,
    openPurse,
    placeOrder,
    unit,
    issue,
    sell,
    openShop,
    inBatch,
    redemptionOf,
    redeem,
    giveBack,
    untilWaiting,
    verify: () => verifyLedger(database.connectAs('auditor').db),
    drop: () => database.drop(),
  }
}
