import { type Statement, instant, text, wholeNumber } from '@minnaken/db'
import { type Instant, type JstDate, type Yen, assert, yen } from '@minnaken/domain'
import { type Take, voidLegs } from './legs.ts'
import type { BatchTx } from './redemptions.ts'
import { writeRemainders } from './remainders.ts'

export type NewVoid = Readonly<{
  bucket: number
  voidId: string
  redemptionId: string
  shopId: string
  shopNo: string
  amount: Yen
  returns: readonly Take[]
  /** Each lot's remainder after the void, once per lot. */
  remainders: ReadonlyMap<string, Yen>
  voidedBy: 'staff' | 'owner' | 'federation'
  actorId: string
  reason: string
  idempotencyKey: string
  fingerprint: Buffer
  businessDate: JstDate
  decidedAt: Instant
}>

/** What a redemption took from one lot, with what the lot holds now that it is locked. */
export type TakenLot = Readonly<{
  lotId: string
  campaignId: string
  kind: string
  taken: Yen
  remaining: Yen
  expiresAt: Instant
}>

/** Locks the lots that a redemption took from, by lot id, and reads them in the order they were spent. */
export const lockTakenLots = (bucket: number, redemptionId: string): Statement<TakenLot> => ({
  name: 'lock_taken_lots',
  text: `with locked as (
           select leg.leg_no, lot.lot_id, lot.campaign_id, lot.kind, leg.yen as taken_yen,
             lot.remaining_yen, lot.expires_at
           from ledger.leg join ledger.lot on lot.bucket = leg.bucket and lot.lot_id = leg.lot_id
           where leg.bucket = $1 and leg.posting_id = $2
           order by lot.lot_id for update of lot
         )
         select lot_id, campaign_id, kind, taken_yen, remaining_yen, expires_at
         from locked order by leg_no`,
  values: [String(bucket), redemptionId],
  read: ([lotId, campaignId, kind, taken, remaining, expiresAt]) => ({
    lotId: text(lotId),
    campaignId: text(campaignId),
    kind: text(kind),
    taken: yen(wholeNumber(taken)),
    remaining: yen(wholeNumber(remaining)),
    expiresAt: instant(expiresAt),
  }),
})

/**
 * Records a void: its heading, the legs from the shop back to the lots, and the lots' remainders.
 *
 * The lots must be locked, and the day held open, by the same transaction. Throws when a lot is not
 * there.
 */
export async function recordVoid(tx: BatchTx, entry: NewVoid): Promise<void> {
  const legs = voidLegs(entry.shopNo, entry.returns)
  assert(legs.length > 0, 'a void returns at least 1 yen')
  await tx.query({
    name: 'record_void',
    text: RECORD,
    values: [
      entry.bucket,
      entry.voidId,
      entry.redemptionId,
      entry.shopId,
      entry.amount,
      entry.voidedBy,
      entry.actorId,
      entry.reason,
      entry.idempotencyKey,
      entry.fingerprint,
      entry.businessDate,
      new Date(entry.decidedAt),
      legs.map((_, index) => index + 1),
      legs.map((leg) => leg.debit),
      legs.map((leg) => leg.credit),
      legs.map((leg) => leg.yen),
      legs.map((leg) => leg.campaignId),
      legs.map((leg) => leg.lotId),
      [...entry.remainders.keys()],
      [...entry.remainders.values()],
    ],
  })
}

const RECORD = `
with recorded as (
  insert into ledger.void (bucket, void_id, redemption_id, shop_id, yen, voided_by, actor_id, reason,
    idempotency_key, fingerprint, business_date, decided_at)
  values ($1::int, $2::uuid, $3::uuid, $4::uuid, $5::bigint, $6, $7::uuid, $8, $9, $10::bytea,
    $11::date, $12::timestamptz)
), moved as (
  insert into ledger.leg (bucket, posting_id, leg_no, debit_account, credit_account, yen,
    campaign_id, lot_id)
  select $1::int, $2::uuid, l.*
  from unnest($13::smallint[], $14::text[], $15::text[], $16::bigint[], $17::uuid[], $18::uuid[])
    as l
), ${writeRemainders('$19', '$20')}`
