import { randomBytes } from 'node:crypto'
import { seedAccount } from '@minnaken/auth/testing'
import { type Pool, traveller } from '@minnaken/db'
import { type Yen, assert, minYen, parseCampaign, yen } from '@minnaken/domain'
import {
  type BatchTx,
  type Take,
  holdDayAndLock,
  lockLots,
  lockTakenLots,
  openWallet,
  recordRedemptions,
  recordVoid,
} from '@minnaken/ledger'
import { seedTill, seedVouchers } from '@minnaken/ledger/testing'
import type { Shop } from './_shop.ts'
import type { Stage } from './_stage.ts'

export type Wallet = Readonly<{ accountId: string; bucket: number; walletId: string }>
export type Payment = Readonly<{ bucket: number; redemptionId: string; shop: Shop; amount: Yen }>

/** The other services' side: vouchers are sold, spent and taken back as they do it. */
export function openTills(stage: Stage) {
  const { owner, campaignId, newId, now } = stage
  const { pool } = stage.database.connectAs('redemption', { connectionsMax: 4 })
  const parsed = parseCampaign(stage.file)
  assert('campaign' in parsed, 'the campaign of the tests can be read')
  const { campaign } = parsed
  const tills = new Map<string, Promise<string>>()

  /** A resident with vouchers of so many units, in a bucket if one is named. */
  const openPurse = async (units = 8, bucket?: number): Promise<Wallet> => {
    for (;;) {
      const { accountId } = await seedAccount(owner, { role: 'resident', at: now() })
      const place = await owner
        .transaction()
        .execute((tx) => openWallet(tx, { accountId, walletId: newId(), at: now() }))
      if (bucket !== undefined && place.bucket !== bucket) continue
      const wallet = { accountId, ...place }
      await seedVouchers(owner, { campaign, campaignId, wallet, units, newId, at: now() })
      return wallet
    }
  }

  const tillOf = (shop: Shop): Promise<string> => {
    const known = tills.get(shop.shopId)
    if (known !== undefined) return known
    const made = (async () => {
      const tillId = newId()
      const { shopId } = shop
      await seedTill(owner, { tillId, shopId, tokenHash: randomBytes(32), at: now() })
      return tillId
    })()
    tills.set(shop.shopId, made)
    return made
  }

  /** One payment, in a transaction of its own; `hold` runs before it commits. */
  const redeem = async (
    shop: Shop,
    wallet: Wallet,
    amountYen: number,
    hold: () => Promise<void> = async () => {},
  ): Promise<Payment> => {
    const tillId = await tillOf(shop)
    const { bucket, walletId } = wallet
    const amount = yen(amountYen)
    const redemptionId = newId()
    await inTransaction(pool, async (tx) => {
      const held = await holdDayAndLock(tx, {
        bucket,
        now,
        lock: (holdDay) => tx.trip([holdDay, lockLots(bucket, [walletId], 'wait')]),
      })
      const { locked: lots, decidedAt, businessDate } = held
      assert(businessDate !== null, 'a day is open')
      const takes: Take[] = []
      const remainders = new Map<string, Yen>()
      let left = amount
      for (const lot of lots.toSorted((a, b) => (a.kind < b.kind ? -1 : 1))) {
        const taken = minYen(left, lot.remaining)
        if (taken === 0) continue
        takes.push({ lotId: lot.lotId, campaignId: lot.campaignId, kind: lot.kind, yen: taken })
        remainders.set(lot.lotId, yen(lot.remaining - taken))
        left = yen(left - taken)
      }
      assert(left === 0, 'the wallet holds enough')
      const record = recordRedemptions({
        bucket,
        businessDate,
        decidedAt,
        redemptions: [
          {
            redemptionId,
            deviceId: newId(),
            nonce: randomBytes(16),
            walletId,
            shopId: shop.shopId,
            shopNo: shop.shopNo,
            tillId,
            amount,
            takes,
          },
        ],
        replays: [],
        remainders,
      })
      await tx.trip([record])
      await hold()
    })
    return { bucket, redemptionId, shop, amount }
  }

  /** Takes a payment back, by the shop or after a closing by the federation. */
  const voidPayment = async (
    payment: Payment,
    amountYen: number,
    voidedBy: 'owner' | 'federation' = 'owner',
  ): Promise<void> => {
    const { bucket, redemptionId, shop } = payment
    await inTransaction(pool, async (tx) => {
      const held = await holdDayAndLock(tx, {
        bucket,
        now,
        lock: (holdDay) => tx.trip([holdDay, lockTakenLots(bucket, redemptionId)]),
      })
      const { locked: lots, decidedAt, businessDate } = held
      assert(businessDate !== null, 'a day is open')
      const returns: Take[] = []
      const remainders = new Map<string, Yen>()
      let left = yen(amountYen)
      for (const lot of lots.toReversed()) {
        const back = minYen(left, lot.taken)
        if (back === 0) continue
        const { lotId, campaignId: ofCampaign, kind } = lot
        returns.push({ lotId, campaignId: ofCampaign, kind, yen: back })
        remainders.set(lotId, yen(lot.remaining + back))
        left = yen(left - back)
      }
      assert(left === 0, 'the payment took enough')
      await recordVoid(tx, {
        bucket,
        voidId: newId(),
        redemptionId,
        shopId: shop.shopId,
        shopNo: shop.shopNo,
        amount: yen(amountYen),
        returns,
        remainders,
        voidedBy,
        actorId: shop.owner.accountId,
        reason: '打ち間違い',
        idempotencyKey: newId(),
        fingerprint: Buffer.alloc(32),
        businessDate,
        decidedAt,
      })
    })
  }

  return { openPurse, redeem, voidPayment }
}

export type Tills = ReturnType<typeof openTills>

async function inTransaction(pool: Pool, work: (tx: BatchTx) => Promise<void>): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await work(traveller(client))
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}
