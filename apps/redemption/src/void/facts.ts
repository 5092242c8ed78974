import type { Instant, JstDate, Yen } from '@minnaken/domain'
import { yen } from '@minnaken/domain'
import type { BatchTx } from '@minnaken/ledger'

/** The payment that a void is about, and who may void it. */
export type PaymentFacts = Readonly<{
  amount: Yen
  decidedAt: Instant
  businessDate: JstDate
  shopId: string
  shopNo: string
  ownerAccountId: string
}>

/** A void that was recorded under the caller's key. */
export type EarlierVoid = Readonly<{
  voidId: string
  redemptionId: string
  amount: Yen
  fingerprint: Buffer
  decidedAt: Instant
}>

/** A payment and its shop. Neither changes, so this may be read before anything is locked. */
export async function readPayment(
  tx: BatchTx,
  bucket: number,
  redemptionId: string,
): Promise<PaymentFacts | null> {
  const { rows } = await tx.query<{
    yen: number
    decided_at: Date
    business_date: JstDate
    shop_id: string
    shop_no: string
    owner_account_id: string
  }>({
    name: 'read_payment',
    text: `select r.yen, r.decided_at, r.business_date, s.shop_id, s.shop_no, s.owner_account_id
           from ledger.redemption r join shop.shop s on s.shop_id = r.shop_id
           where r.bucket = $1 and r.redemption_id = $2`,
    values: [bucket, redemptionId],
  })
  const [row] = rows
  return row === undefined
    ? null
    : {
        amount: yen(row.yen),
        decidedAt: row.decided_at.getTime(),
        businessDate: row.business_date,
        shopId: row.shop_id,
        shopNo: row.shop_no,
        ownerAccountId: row.owner_account_id,
      }
}

/** What can change: the till, the day, earlier voids. To be read after the lots are locked. */
export async function readVoidFacts(
  tx: BatchTx,
  of: Readonly<{
    bucket: number
    redemptionId: string
    businessDate: JstDate
    tillId: string | null
    actorId: string
    idempotencyKey: string
  }>,
) {
  const { rows } = await tx.query<{
    period_closed: boolean
    till_revoked_at: Date | null
    till_expires_at: Date | null
    returned: Record<string, number> | null
    void_id: string | null
    void_redemption_id: string | null
    void_yen: number | null
    fingerprint: Buffer | null
    void_decided_at: Date | null
  }>({
    name: 'read_void_facts',
    text: READ_VOID_FACTS,
    values: [of.bucket, of.redemptionId, of.businessDate, of.tillId, of.actorId, of.idempotencyKey],
  })
  const [row] = rows
  if (row === undefined) throw new Error('the facts of a void are one row')
  const returned = new Map(Object.entries(row.returned ?? {}))
  return {
    isPeriodClosed: row.period_closed,
    till: {
      revokedAt: row.till_revoked_at?.getTime() ?? null,
      expiresAt: row.till_expires_at?.getTime() ?? null,
    },
    returnedTo: (lotId: string): Yen => yen(returned.get(lotId) ?? 0),
    earlier: earlierOf(row),
  }
}

const READ_VOID_FACTS = `
select
  coalesce((select state = 'closed' from ledger.bucket_day
    where bucket = $1::int and business_date = $3::date), true) as period_closed,
  t.revoked_at as till_revoked_at, t.expires_at as till_expires_at,
  (select json_object_agg(lot_id, yen) from (
     select leg.lot_id, sum(leg.yen) as yen from ledger.void v
     join ledger.leg on leg.bucket = v.bucket and leg.posting_id = v.void_id
     where v.bucket = $1::int and v.redemption_id = $2::uuid group by leg.lot_id) given) as returned,
  e.void_id, e.redemption_id as void_redemption_id, e.yen as void_yen, e.fingerprint,
  e.decided_at as void_decided_at
from (select 1) always
left join redemption.till t on t.till_id = $4::uuid
left join ledger.void e
  on e.bucket = $1::int and e.actor_id = $5::uuid and e.idempotency_key = $6`

function earlierOf(row: {
  void_id: string | null
  void_redemption_id: string | null
  void_yen: number | null
  fingerprint: Buffer | null
  void_decided_at: Date | null
}): EarlierVoid | null {
  const { void_id, void_redemption_id, void_yen, fingerprint, void_decided_at } = row
  if (void_id === null || void_redemption_id === null || void_yen === null) return null
  if (fingerprint === null || void_decided_at === null) return null
  return {
    voidId: void_id,
    redemptionId: void_redemption_id,
    amount: yen(void_yen),
    fingerprint,
    decidedAt: void_decided_at.getTime(),
  }
}
