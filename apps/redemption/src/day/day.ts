import type { Db } from '@minnaken/db'
import { type Instant, type JstDate, type Yen, sumYen, yen } from '@minnaken/domain'
import { sql } from 'kysely'
import { type Split, sumSplit } from '../redeem/facts.ts'

export type DayPayment = Readonly<{
  bucket: number
  redemptionId: string
  nonce: Uint8Array
  amount: Yen
  voided: Yen
  split: Split
  decidedAt: Instant
  tillId: string
  tillName: string
  isPrinted: boolean
}>

export type DayVoid = Readonly<{
  bucket: number
  voidId: string
  redemptionId: string
  amount: Yen
  split: Split
  /** Whether its payment is of an earlier day. */
  isOfEarlierDay: boolean
  voidedBy: 'staff' | 'owner' | 'federation'
  reason: string
  decidedAt: Instant
}>

export type ShopDay = Readonly<{
  payments: readonly DayPayment[]
  redeemed: Yen
  voids: readonly DayVoid[]
  voided: Yen
  /** Of what was voided, what is of payments of earlier days. */
  earlierVoided: Yen
  /** The day's payments, less what was voided of them on the day. */
  byKind: Split
}>

/**
 * What a shop took on one business day, newest first, with what was voided on that day.
 *
 * A void counts on the day it was made, also when the payment is older. Such a void is no part of
 * what the day's payments came to, by kind or by till, so these less it are the day's total.
 */
export async function readDay(
  db: Db,
  { shopId, date }: Readonly<{ shopId: string; date: JstDate }>,
): Promise<ShopDay> {
  const buckets = await db.selectFrom('ledger.bucket').select('bucket').execute()
  const payments: DayPayment[] = []
  const voided: VoidRow[] = []
  for (const { bucket } of buckets) {
    // Voids first: then the payment of each is there when the payments are read.
    voided.push(...(await voidsOf(db, { bucket, shopId, date })))
    payments.push(...(await paymentsOf(db, { bucket, shopId, date })))
  }
  const taken = new Set(payments.map(({ redemptionId }) => redemptionId))
  const voids = voided.map((it) => ({ ...it, isOfEarlierDay: !taken.has(it.redemptionId) }))
  return {
    payments: payments.toSorted((a, b) => b.decidedAt - a.decidedAt),
    redeemed: sumYen(payments.map((payment) => payment.amount)),
    voids: voids.toSorted((a, b) => b.decidedAt - a.decidedAt),
    voided: sumYen(voids.map((it) => it.amount)),
    earlierVoided: sumYen(voids.filter((it) => it.isOfEarlierDay).map((it) => it.amount)),
    byKind: sumSplit([
      ...payments.flatMap(({ split }) => split),
      ...voids.filter((it) => !it.isOfEarlierDay).flatMap(({ split }) => split.map(back)),
    ]),
  }
}

/** What came back of a kind, as an amount below zero. */
const back = ({ kind, yen: given }: Split[number]) => ({ kind, yen: 0 - given })

type Place = Readonly<{ bucket: number; shopId: string; date: JstDate }>

async function paymentsOf(db: Db, { bucket, shopId, date }: Place): Promise<DayPayment[]> {
  const { rows } = await sql<{
    redemption_id: string
    nonce: Buffer
    yen: number
    voided_yen: number
    split: { kind: string; yen: number }[]
    decided_at: Date
    till_id: string
    till_name: string
    is_printed: boolean
  }>`
    select r.redemption_id, r.nonce, r.yen, r.decided_at, r.till_id, t.name as till_name, t.is_printed,
      (select coalesce(sum(v.yen), 0)::bigint from ledger.void v
        where v.bucket = r.bucket and v.redemption_id = r.redemption_id) as voided_yen,
      (select json_agg(json_build_object('kind', substr(l.debit_account, 9), 'yen', l.yen)
          order by l.leg_no)
        from ledger.leg l where l.bucket = r.bucket and l.posting_id = r.redemption_id) as split
    from ledger.redemption r join redemption.till t on t.till_id = r.till_id
    where r.bucket = ${bucket} and r.business_date = ${date} and r.shop_id = ${shopId}`.execute(db)
  return rows.map((row) => ({
    bucket,
    redemptionId: row.redemption_id,
    nonce: row.nonce,
    amount: yen(row.yen),
    voided: yen(row.voided_yen),
    split: sumSplit(row.split),
    decidedAt: row.decided_at.getTime(),
    tillId: row.till_id,
    tillName: row.till_name,
    isPrinted: row.is_printed,
  }))
}

type VoidRow = Omit<DayVoid, 'isOfEarlierDay'>

async function voidsOf(db: Db, { bucket, shopId, date }: Place): Promise<VoidRow[]> {
  const { rows } = await sql<{
    void_id: string
    redemption_id: string
    yen: number
    split: { kind: string; yen: number }[]
    voided_by: DayVoid['voidedBy']
    reason: string
    decided_at: Date
  }>`
    select v.void_id, v.redemption_id, v.yen, v.voided_by, v.reason, v.decided_at,
      (select json_agg(json_build_object('kind', substr(l.credit_account, 9), 'yen', l.yen)
          order by l.leg_no)
        from ledger.leg l where l.bucket = v.bucket and l.posting_id = v.void_id) as split
    from ledger.void v
    where v.bucket = ${bucket} and v.business_date = ${date} and v.shop_id = ${shopId}`.execute(db)
  return rows.map((row) => ({
    bucket,
    voidId: row.void_id,
    redemptionId: row.redemption_id,
    amount: yen(row.yen),
    split: sumSplit(row.split),
    voidedBy: row.voided_by,
    reason: row.reason,
    decidedAt: row.decided_at.getTime(),
  }))
}
