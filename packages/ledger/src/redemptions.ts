import {
  type Statement,
  type Traveller,
  bytesArray,
  instant,
  plainArray,
  text,
  textArray,
  timestamp,
  wholeNumber,
} from '@minnaken/db'
import { type Instant, type JstDate, type Yen, jstDateOf, yen } from '@minnaken/domain'
import { type Take, redemptionLegs } from './legs.ts'
import { writeRemainders } from './remainders.ts'

/** A transaction of the redemption path: named statements on one connection. */
export type BatchTx = Traveller

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
 * Closing the day waits for it. Has no row when no day is open, which a campaign's opening rules out.
 */
export const holdOpenDay = (bucket: number, date: JstDate): Statement<JstDate> => ({
  name: 'hold_open_day',
  text: `select business_date from ledger.bucket_day
         where bucket = $1 and business_date >= $2 and state = 'open'
         order by business_date limit 1 for share`,
  values: [String(bucket), date],
  read: ([businessDate]) => text(businessDate),
})

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
  }: Readonly<{
    bucket: number
    now: () => Instant
    /** Sends the day's statement and then what locks, and answers the rows of both. */
    lock: (holdDay: Statement<JstDate>) => Promise<readonly [days: JstDate[], locked: Locked]>
  }>,
): Promise<Readonly<{ locked: Locked; decidedAt: Instant; businessDate: JstDate | null }>> {
  const [days, locked] = await lock(holdOpenDay(bucket, jstDateOf(now())))
  const decidedAt = now()
  const today = jstDateOf(decidedAt)
  const [firstDay] = days
  if (firstDay === undefined || today <= firstDay)
    return { locked, decidedAt, businessDate: firstDay ?? null }
  const [[businessDate]] = await tx.trip([holdOpenDay(bucket, today)])
  return { locked, decidedAt, businessDate: businessDate ?? null }
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
export const lockLots = (
  bucket: number,
  walletIds: Iterable<string>,
  held: 'wait' | 'skip_held',
): Statement<HeldLot> => ({
  ...readLots(bucket, walletIds),
  ...(held === 'wait'
    ? { name: 'lock_lots', text: `${LOTS_OF_WALLETS} for update` }
    : { name: 'lock_free_lots', text: `${LOTS_OF_WALLETS} for update skip locked` }),
})

/** The same lots, for a preview: nothing is locked and nothing is promised. */
export const readLots = (bucket: number, walletIds: Iterable<string>): Statement<HeldLot> => ({
  name: 'read_lots',
  text: LOTS_OF_WALLETS,
  values: [String(bucket), plainArray(walletIds)],
  read: ([lotId, walletId, campaignId, kind, remaining, expiresAt]) => ({
    lotId: text(lotId),
    walletId: text(walletId),
    campaignId: text(campaignId),
    kind: text(kind),
    remaining: yen(wholeNumber(remaining)),
    expiresAt: instant(expiresAt),
  }),
})

// The order of the ids, written so that PostgreSQL cannot read it off the primary key: it would walk
// through the lots of the whole bucket, which on a new database it believes to be few.
const LOTS_OF_WALLETS = `
select lot_id, wallet_id, campaign_id, kind, remaining_yen, expires_at from ledger.lot
where bucket = $1 and wallet_id = any ($2::uuid[])
order by lot_id::text collate "C"`

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
 * Throws when a code was used meanwhile (unique), a lot would fall below zero (check), or a lot is
 * not there.
 *
 * Of the 52 µs of PostgreSQL that a payment takes in batches of 32 this is 23, for its rows and their
 * five indexes (2026-11-23, 20,000 wallets: `npm run bench -- statements --batches 32 --explain`).
 */
export function recordRedemptions(
  batch: Readonly<{
    bucket: number
    businessDate: JstDate
    decidedAt: Instant
    redemptions: readonly NewRedemption[]
    replays: readonly NewReplay[]
    remainders: ReadonlyMap<string, Yen>
  }>,
): Statement<never> {
  const { redemptions, replays, remainders } = batch
  const legs = redemptions.flatMap(({ redemptionId, shopNo, takes }) =>
    redemptionLegs(shopNo, takes).map((leg, index) => ({ ...leg, redemptionId, legNo: index + 1 })),
  )
  return {
    name: 'record_redemptions',
    text: RECORD,
    values: [
      String(batch.bucket),
      batch.businessDate,
      timestamp(batch.decidedAt),
      plainArray(redemptions.map((it) => it.redemptionId)),
      plainArray(redemptions.map((it) => it.deviceId)),
      bytesArray(redemptions.map((it) => it.nonce)),
      plainArray(redemptions.map((it) => it.walletId)),
      plainArray(redemptions.map((it) => it.shopId)),
      plainArray(redemptions.map((it) => it.tillId)),
      plainArray(redemptions.map((it) => it.amount)),
      plainArray(legs.map((it) => it.redemptionId)),
      plainArray(legs.map((it) => it.legNo)),
      textArray(legs.map((it) => it.debit)),
      textArray(legs.map((it) => it.credit)),
      plainArray(legs.map((it) => it.yen)),
      plainArray(legs.map((it) => it.campaignId)),
      plainArray(legs.map((it) => it.lotId)),
      plainArray(replays.map((it) => it.replayId)),
      plainArray(replays.map((it) => it.redemptionId)),
      plainArray(remainders.keys()),
      plainArray(remainders.values()),
    ],
    read: () => {
      throw new Error('what is recorded has no rows')
    },
  }
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
), ${writeRemainders('$20', '$21')}`
