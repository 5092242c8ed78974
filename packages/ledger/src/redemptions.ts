import type { PoolClient } from '@minnaken/db'
import { type Instant, type JstDate, type Yen, jstDateOf, yen } from '@minnaken/domain'
import { type Take, redemptionLegs } from './legs.ts'

/** A transaction of the redemption path: named statements on one connection. */
export type BatchTx = Pick<PoolClient, 'query'>

export type HeldLot = Readonly<{
  lotId: string
  walletId: string
  campaignId: string
  kind: string
  remaining: Yen
  expiresAt: Instant
}>

/**
 * Holds a business day open until this transaction ends: the first open one from `date` on.
 *
 * Closing the day waits for it. Answers null when no day is open, which a campaign's opening rules out.
 */
export async function holdOpenDay(
  tx: BatchTx,
  bucket: number,
  date: JstDate,
): Promise<JstDate | null> {
  const { rows } = await tx.query<{ business_date: JstDate }>({
    name: 'hold_open_day',
    text: `select business_date from ledger.bucket_day
           where bucket = $1 and business_date >= $2 and state = 'open'
           order by business_date limit 1 for share`,
    values: [bucket, date],
  })
  return rows[0]?.business_date ?? null
}

/**
 * Holds the day, locks, and only then reads the clock: the order in which everything that moves
 * value of a bucket begins.
 *
 * The clock is read after the locks. Read before, a retry at 65.1 s was told `code_expired` and then
 * its first try at 64.9 s was accepted. When midnight has passed meanwhile, that day is held too and
 * taken. `businessDate` is null when no day is open, which a campaign's opening rules out.
 */
export async function holdDayAndLock<Locked>(
  tx: BatchTx,
  {
    bucket,
    now,
    lock,
  }: Readonly<{ bucket: number; now: () => Instant; lock: () => Promise<Locked> }>,
): Promise<Readonly<{ locked: Locked; decidedAt: Instant; businessDate: JstDate | null }>> {
  const firstDay = await holdOpenDay(tx, bucket, jstDateOf(now()))
  const locked = await lock()
  const decidedAt = now()
  const today = jstDateOf(decidedAt)
  const isPastMidnight = firstDay !== null && today > firstDay
  const businessDate = isPastMidnight ? await holdOpenDay(tx, bucket, today) : firstDay
  return { locked, decidedAt, businessDate }
}

/**
 * Locks the lots of these wallets, in the order of lot ids, and reads them; empty ones too, because
 * a void that is on its way may be filling them.
 *
 * `skip_held` leaves out the lots that somebody else holds instead of waiting for them.
 * Nothing else may be read in this statement: after a wait it sees the locked lots as they are now
 * but everything else as it was when the statement began. With one combined statement on
 * PostgreSQL 18 a retry saw the new balance and not the redemption that had made it.
 */
export async function lockLots(
  tx: BatchTx,
  bucket: number,
  walletIds: readonly string[],
  held: 'wait' | 'skip_held',
): Promise<HeldLot[]> {
  const { rows } = await tx.query<LotRow>(
    held === 'wait'
      ? {
          name: 'lock_lots',
          text: `${LOTS_OF_WALLETS} for update`,
          values: [bucket, walletIds],
        }
      : {
          name: 'lock_free_lots',
          text: `${LOTS_OF_WALLETS} for update skip locked`,
          values: [bucket, walletIds],
        },
  )
  return rows.map(heldLotOf)
}

/** The same lots, for a preview: nothing is locked and nothing is promised. */
export async function readLots(
  tx: BatchTx,
  bucket: number,
  walletIds: readonly string[],
): Promise<HeldLot[]> {
  const { rows } = await tx.query<LotRow>({
    name: 'read_lots',
    text: LOTS_OF_WALLETS,
    values: [bucket, walletIds],
  })
  return rows.map(heldLotOf)
}

const LOTS_OF_WALLETS = `
select lot_id, wallet_id, campaign_id, kind, remaining_yen, expires_at from ledger.lot
where bucket = $1 and wallet_id = any ($2::uuid[])
order by lot_id`

type LotRow = {
  lot_id: string
  wallet_id: string
  campaign_id: string
  kind: string
  remaining_yen: number
  expires_at: Date
}

const heldLotOf = (row: LotRow): HeldLot => ({
  lotId: row.lot_id,
  walletId: row.wallet_id,
  campaignId: row.campaign_id,
  kind: row.kind,
  remaining: yen(row.remaining_yen),
  expiresAt: row.expires_at.getTime(),
})

export type NewRedemption = Readonly<{
  redemptionId: string
  deviceId: string
  nonce: Uint8Array
  walletId: string
  shopId: string
  shopNo: string
  tillId: string
  amount: Yen
  takes: readonly Take[]
}>

export type NewReplay = Readonly<{ replayId: string; redemptionId: string }>

/**
 * Records what a batch decided: redemptions, their legs, the replays, and each lot's last remainder.
 *
 * One statement, so one trip and one snapshot. `remainders` names each lot once: an `update … from`
 * that names a lot twice applies only one of the two, and the shop would be paid twice.
 * Throws when a code was used meanwhile (unique) or a lot would fall below zero (check).
 */
export async function recordRedemptions(
  tx: BatchTx,
  batch: Readonly<{
    bucket: number
    businessDate: JstDate
    decidedAt: Instant
    redemptions: readonly NewRedemption[]
    replays: readonly NewReplay[]
    remainders: ReadonlyMap<string, Yen>
  }>,
): Promise<void> {
  const { redemptions, replays, remainders } = batch
  const legs = redemptions.flatMap(({ redemptionId, shopNo, takes }) =>
    redemptionLegs(shopNo, takes).map((leg, index) => ({ ...leg, redemptionId, legNo: index + 1 })),
  )
  await tx.query({
    name: 'record_redemptions',
    text: RECORD,
    values: [
      batch.bucket,
      batch.businessDate,
      new Date(batch.decidedAt),
      redemptions.map((it) => it.redemptionId),
      redemptions.map((it) => it.deviceId),
      redemptions.map((it) => it.nonce),
      redemptions.map((it) => it.walletId),
      redemptions.map((it) => it.shopId),
      redemptions.map((it) => it.tillId),
      redemptions.map((it) => it.amount),
      legs.map((it) => it.redemptionId),
      legs.map((it) => it.legNo),
      legs.map((it) => it.debit),
      legs.map((it) => it.credit),
      legs.map((it) => it.yen),
      legs.map((it) => it.campaignId),
      legs.map((it) => it.lotId),
      replays.map((it) => it.replayId),
      replays.map((it) => it.redemptionId),
      [...remainders.keys()],
      [...remainders.values()],
    ],
  })
}

const RECORD = `
with recorded as (
  insert into ledger.redemption (bucket, redemption_id, device_id, nonce, wallet_id, shop_id,
    till_id, yen, business_date, decided_at)
  select $1::int, r.redemption_id, r.device_id, r.nonce, r.wallet_id, r.shop_id, r.till_id, r.yen,
    $2::date, $3::timestamptz
  from unnest($4::uuid[], $5::uuid[], $6::bytea[], $7::uuid[], $8::uuid[], $9::uuid[], $10::bigint[])
    as r (redemption_id, device_id, nonce, wallet_id, shop_id, till_id, yen)
), moved as (
  insert into ledger.leg (bucket, posting_id, leg_no, debit_account, credit_account, yen,
    campaign_id, lot_id)
  select $1::int, l.*
  from unnest($11::uuid[], $12::smallint[], $13::text[], $14::text[], $15::bigint[], $16::uuid[],
    $17::uuid[]) as l
), replayed as (
  insert into ledger.replay (bucket, replay_id, redemption_id, replayed_at)
  select $1::int, p.replay_id, p.redemption_id, $3::timestamptz
  from unnest($18::uuid[], $19::uuid[]) as p (replay_id, redemption_id)
)
update ledger.lot set remaining_yen = n.remaining_yen
from unnest($20::uuid[], $21::bigint[]) as n (lot_id, remaining_yen)
where lot.bucket = $1::int and lot.lot_id = n.lot_id`
