import { type Instant, type JstDate, type Shop, type Yen, yen } from '@minnaken/domain'
import {
  type BatchTx,
  type HeldLot,
  type NewRedemption,
  type NewReplay,
  redemptionLegs,
} from '@minnaken/ledger'
import {
  type Redemption,
  type RedeemRequest,
  type RequestFacts,
  sumSplit,
} from '@minnaken/redemption/parts'

/** Locks the lots of one wallet, in the order of their ids, and reads them. */
export async function lockLots(tx: BatchTx, bucket: number, walletId: string): Promise<HeldLot[]> {
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
  tx: BatchTx,
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
  tx: BatchTx,
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

/** Writes a payment, its legs and what its lots have left, in one statement: one trip. */
export async function recordRedemption(
  tx: BatchTx,
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
  const legs = redemptionLegs(redemption.shopNo, redemption.takes)
  await tx.query({
    name: 'record_one',
    text: RECORD_ONE,
    values: [
      bucket,
      businessDate,
      new Date(decidedAt),
      redemption.redemptionId,
      redemption.deviceId,
      redemption.nonce,
      redemption.walletId,
      redemption.shopId,
      redemption.tillId,
      redemption.amount,
      legs.map((_, index) => index + 1),
      legs.map((leg) => leg.debit),
      legs.map((leg) => leg.credit),
      legs.map((leg) => leg.yen),
      legs.map((leg) => leg.campaignId),
      legs.map((leg) => leg.lotId),
      [...remainders.keys()],
      [...remainders.values()],
    ],
  })
}

const RECORD_ONE = `
with recorded as (
  insert into ledger.redemption (bucket, redemption_id, device_id, nonce, wallet_id, shop_id,
    till_id, yen, business_date, decided_at)
  values ($1::int, $4::uuid, $5::uuid, $6::bytea, $7::uuid, $8::uuid, $9::uuid, $10::bigint,
    $2::date, $3::timestamptz)
), moved as (
  insert into ledger.leg (bucket, posting_id, leg_no, debit_account, credit_account, yen,
    campaign_id, lot_id)
  select $1::int, $4::uuid, l.*
  from unnest($11::smallint[], $12::text[], $13::text[], $14::bigint[], $15::uuid[], $16::uuid[])
    as l
)
update ledger.lot set remaining_yen = n.remaining_yen
from unnest($17::uuid[], $18::bigint[]) as n (lot_id, remaining_yen)
where lot.bucket = $1::int and lot.lot_id = n.lot_id`

export async function recordReplay(
  tx: BatchTx,
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
