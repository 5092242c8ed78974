import { type Instant, type JstDate, type Shop, type Yen, yen } from '@minnaken/domain'
import type { PoolClient } from '@minnaken/db'
import { type HeldLot, type NewRedemption, type NewReplay, redemptionLegs } from '@minnaken/ledger'
import {
  type Redemption,
  type RedeemRequest,
  type RequestFacts,
  sumSplit,
} from '@minnaken/redemption/parts'

/** Holds the first open business day from `date` on, so that it is not closed meanwhile. */
export async function holdOpenDay(
  tx: PoolClient,
  bucket: number,
  date: JstDate,
): Promise<JstDate | null> {
  const { rows } = await tx.query<{ business_date: JstDate }>({
    name: 'hold_day',
    text: `select business_date from ledger.bucket_day
           where bucket = $1 and business_date >= $2 and state = 'open'
           order by business_date limit 1 for share`,
    values: [bucket, date],
  })
  return rows[0]?.business_date ?? null
}

/** Locks the lots of one wallet, in the order of their ids, and reads them. */
export async function lockLots(
  tx: PoolClient,
  bucket: number,
  walletId: string,
): Promise<HeldLot[]> {
  const { rows } = await tx.query<{
    lot_id: string
    campaign_id: string
    kind: string
    remaining_yen: number
    expires_at: Date
  }>({
    name: 'lock_lots_of_wallet',
    text: `select lot_id, campaign_id, kind, remaining_yen, expires_at from ledger.lot
           where bucket = $1 and wallet_id = $2 order by lot_id for update`,
    values: [bucket, walletId],
  })
  return rows.map((row) => ({
    lotId: row.lot_id,
    walletId,
    campaignId: row.campaign_id,
    kind: row.kind,
    remaining: yen(row.remaining_yen),
    expiresAt: row.expires_at.getTime(),
  }))
}

type FactsRow = {
  redemption_id: string | null
  till_id: string | null
  yen: number | null
  decided_at: Date | null
  device_revoked_at: Date | null
  wallet_stopped_at: Date | null
  till_revoked_at: Date | null
  till_expires_at: Date
  shop_id: string
  shop_no: string
  shop_class: string
  shop_state: string
  shop_state_since: Date
}

/** Who is stopped as of now, and what this code was answered before. To be read after the locks. */
export async function readFacts(
  tx: PoolClient,
  bucket: number,
  { deviceId, nonce, walletId, tillId, lots }: RedeemRequest & Readonly<{ lots: number }>,
): Promise<RequestFacts> {
  const { rows } = await tx.query<FactsRow>({
    name: 'facts_of_one',
    text: FACTS_OF_ONE,
    values: [bucket, deviceId, nonce, walletId, tillId],
  })
  const [row] = rows
  if (row === undefined) throw new Error('a device, wallet, till or shop is missing')
  return {
    earlier: await earlierOf(tx, bucket, row),
    device: { revokedAt: row.device_revoked_at?.getTime() ?? null },
    wallet: { stoppedAt: row.wallet_stopped_at?.getTime() ?? null },
    till: {
      revokedAt: row.till_revoked_at?.getTime() ?? null,
      expiresAt: row.till_expires_at.getTime(),
    },
    shop: shopOf(row),
    shopId: row.shop_id,
    shopNo: row.shop_no,
    lots,
  }
}

const FACTS_OF_ONE = `
select e.redemption_id, e.till_id, e.yen, e.decided_at, d.revoked_at as device_revoked_at,
  w.stopped_at as wallet_stopped_at, t.revoked_at as till_revoked_at,
  t.expires_at as till_expires_at, s.shop_id, s.shop_no, s.shop_class, s.state as shop_state,
  s.state_since as shop_state_since
from redemption.device d
join ledger.wallet w on w.bucket = $1 and w.wallet_id = $4
join redemption.till t on t.till_id = $5
join shop.shop s on s.shop_id = t.shop_id
left join ledger.redemption e on e.bucket = $1 and e.device_id = $2 and e.nonce = $3
where d.bucket = $1 and d.device_id = $2`

function shopOf({ shop_state, shop_class, shop_state_since }: FactsRow): Shop {
  const since = shop_state_since.getTime()
  if (shop_state === 'active') return { kind: 'active', shopClass: shop_class }
  return { kind: shop_state === 'left' ? 'left' : 'suspended', shopClass: shop_class, since }
}

/** The first answer of a code that was used; asked for in full only then, which is seldom. */
async function earlierOf(
  tx: PoolClient,
  bucket: number,
  { redemption_id, till_id, yen: amount, decided_at }: FactsRow,
): Promise<Redemption | null> {
  if (redemption_id === null || till_id === null || amount === null || decided_at === null)
    return null
  const legs = await tx.query<{ kind: string; yen: number }>({
    name: 'legs_of_earlier',
    text: `select substr(debit_account, 9) as kind, yen from ledger.leg
           where bucket = $1 and posting_id = $2 order by leg_no`,
    values: [bucket, redemption_id],
  })
  const voids = await tx.query<{ yen: number }>({
    name: 'voids_of_earlier',
    text: 'select yen from ledger.void where bucket = $1 and redemption_id = $2',
    values: [bucket, redemption_id],
  })
  return {
    redemptionId: redemption_id,
    tillId: till_id,
    amount: yen(amount),
    split: sumSplit(legs.rows),
    decidedAt: decided_at.getTime(),
    voided: yen(voids.rows.reduce((sum, it) => sum + it.yen, 0)),
  }
}

/**
 * Writes a payment, its legs and what its lots have left, a plain statement for each row.
 *
 * One statement for all of it with CTEs saves a trip or two and costs PostgreSQL more: 900–980 µs of
 * its CPU for a payment of one leg against 830–890 µs, in three rounds of each in turn, over 16
 * connections on two busy cores.
 */
export async function recordRedemption(
  tx: PoolClient,
  {
    bucket,
    businessDate,
    decidedAt,
    redemption,
    remainders,
  }: Readonly<{
    bucket: number
    businessDate: JstDate
    decidedAt: Instant
    redemption: NewRedemption
    remainders: ReadonlyMap<string, Yen>
  }>,
): Promise<void> {
  const { redemptionId, deviceId, nonce, walletId, shopId, shopNo, tillId, amount } = redemption
  await tx.query({
    name: 'insert_redemption',
    text: `insert into ledger.redemption (bucket, redemption_id, device_id, nonce, wallet_id,
             shop_id, till_id, yen, business_date, decided_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    values: [
      bucket,
      redemptionId,
      deviceId,
      nonce,
      walletId,
      shopId,
      tillId,
      amount,
      businessDate,
      new Date(decidedAt),
    ],
  })
  for (const [index, leg] of redemptionLegs(shopNo, redemption.takes).entries())
    await tx.query({
      name: 'insert_leg',
      text: `insert into ledger.leg (bucket, posting_id, leg_no, debit_account, credit_account, yen,
               campaign_id, lot_id)
             values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      values: [
        bucket,
        redemptionId,
        index + 1,
        leg.debit,
        leg.credit,
        leg.yen,
        leg.campaignId,
        leg.lotId,
      ],
    })
  for (const [lotId, remaining] of remainders)
    await tx.query({
      name: 'update_lot',
      text: 'update ledger.lot set remaining_yen = $3 where bucket = $1 and lot_id = $2',
      values: [bucket, lotId, remaining],
    })
}

export async function recordReplay(
  tx: PoolClient,
  {
    bucket,
    decidedAt,
    replay,
  }: Readonly<{ bucket: number; decidedAt: Instant; replay: NewReplay }>,
): Promise<void> {
  await tx.query({
    name: 'record_replay',
    text: `insert into ledger.replay (bucket, replay_id, redemption_id, replayed_at)
           values ($1, $2, $3, $4)`,
    values: [bucket, replay.replayId, replay.redemptionId, new Date(decidedAt)],
  })
}
