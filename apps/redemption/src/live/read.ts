import type { Pool } from '@minnaken/db'
import { type Instant, type Yen, uuidv7, yen } from '@minnaken/domain'
import { type Split, sumSplit } from '../redeem/facts.ts'

/** Something that happened to a payment and that somebody may be listening for. */
export type Happening = Readonly<{
  kind: 'payment' | 'void'
  /** Of the payment or of the void. */
  id: string
  bucket: number
  redemptionId: string
  walletId: string
  shop: Readonly<{ shopId: string; shopNo: string; name: string }>
  /** The printed code of a shop counts as one. */
  till: Readonly<{ tillId: string; name: string; isPrinted: boolean }>
  nonce: Uint8Array
  amount: Yen
  /** What was voided of the payment by now. */
  voided: Yen
  split: Split
  at: Instant
}>

/** Whose happenings are asked for in one bucket. */
export type Asked = Readonly<{
  bucket: number
  shopIds: readonly string[]
  walletIds: readonly string[]
  since: Instant
  /** How far the clock may have been put back between a decision and its id. */
  putBackMs: number
}>

/**
 * What happened since then at these shops and to these wallets, oldest first.
 *
 * What is known is told already: those rows are not read again. Wallets are found by their history; for
 * shops everything since then is read by its id, which holds when it was made. By the shops' day
 * it was up to two days of all payments of the bucket for each look: with one each four seconds, a
 * day of 20,000, a look reads 17. `offset 0` keeps PostgreSQL from choosing the day after all.
 */
export async function readHappenings(
  pool: Pool,
  { bucket, shopIds, walletIds, since, putBackMs }: Asked,
  isKnown: (id: string) => boolean,
): Promise<Happening[]> {
  const { rows } = await pool.query<{ id: string; redemption_id: string }>({
    name: 'live_ids',
    text: LIVE_IDS,
    values: [bucket, new Date(since), idsSince(since - putBackMs), shopIds, walletIds],
  })
  const news = rows.filter(({ id }) => !isKnown(id))
  if (news.length === 0) return []
  return readDetails(pool, bucket, news)
}

/** These payments, each with what was voided of it by now. */
export const readPayments = (
  pool: Pool,
  bucket: number,
  redemptionIds: readonly string[],
): Promise<Happening[]> =>
  readDetails(
    pool,
    bucket,
    redemptionIds.map((id) => ({ id, redemption_id: id })),
  )

async function readDetails(
  pool: Pool,
  bucket: number,
  news: readonly Readonly<{ id: string; redemption_id: string }>[],
): Promise<Happening[]> {
  const { rows } = await pool.query<DetailRow>({
    name: 'live_details',
    text: LIVE_DETAILS,
    values: [bucket, news.map(({ id }) => id), news.map((it) => it.redemption_id)],
  })
  return rows.map((row) => happeningOf(bucket, row))
}

/** As far as a clock may be put back: one that is further off is not ready. */
export const CLOCK_PUT_BACK_MS = 10_000

/** The least id of a moment: ids are in the order of time. */
const idsSince = (at: Instant): string => uuidv7(at, new Uint8Array(10))

export const LIVE_IDS = `
select redemption_id as id, redemption_id from (
  select redemption_id, shop_id, decided_at from ledger.redemption
  where bucket = $1::int and redemption_id >= $3::uuid and cardinality($4::uuid[]) > 0 offset 0
) lately
where shop_id = any ($4::uuid[]) and decided_at >= $2::timestamptz
union
select redemption_id, redemption_id from ledger.redemption
where bucket = $1::int and wallet_id = any ($5::uuid[]) and decided_at >= $2::timestamptz
union all
select void_id, redemption_id from (
  select void_id, redemption_id, shop_id, decided_at from ledger.void
  where bucket = $1::int and void_id >= $3::uuid and cardinality($4::uuid[]) > 0 offset 0
) lately
where shop_id = any ($4::uuid[]) and decided_at >= $2::timestamptz`

type DetailRow = {
  id: string
  redemption_id: string
  wallet_id: string
  shop_id: string
  shop_no: string
  shop_name: string
  till_id: string
  till_name: string
  till_is_printed: boolean
  nonce: Buffer
  yen: number
  void_yen: number | null
  void_at: Date | null
  voided_yen: number
  split: { kind: string; yen: number }[]
  decided_at: Date
}

const LIVE_DETAILS = `
select n.id, r.redemption_id, r.wallet_id, r.shop_id, s.shop_no, s.name as shop_name,
  r.till_id, t.name as till_name, t.is_printed as till_is_printed, r.nonce, r.yen, r.decided_at,
  v.yen as void_yen, v.decided_at as void_at,
  (select coalesce(sum(all_voids.yen), 0)::bigint from ledger.void all_voids
    where all_voids.bucket = r.bucket and all_voids.redemption_id = r.redemption_id) as voided_yen,
  (select json_agg(json_build_object('kind',
      substr(case when v.void_id is null then l.debit_account else l.credit_account end, 9),
      'yen', l.yen) order by l.leg_no)
    from ledger.leg l where l.bucket = r.bucket and l.posting_id = n.id) as split
from unnest($2::uuid[], $3::uuid[]) as n (id, redemption_id)
join ledger.redemption r on r.bucket = $1::int and r.redemption_id = n.redemption_id
join shop.shop s on s.shop_id = r.shop_id
join redemption.till t on t.till_id = r.till_id
left join ledger.void v on v.bucket = $1::int and v.void_id = n.id
order by coalesce(v.decided_at, r.decided_at), n.id`

const happeningOf = (bucket: number, row: DetailRow): Happening => ({
  kind: row.void_at === null ? 'payment' : 'void',
  id: row.id,
  bucket,
  redemptionId: row.redemption_id,
  walletId: row.wallet_id,
  shop: { shopId: row.shop_id, shopNo: row.shop_no, name: row.shop_name },
  till: { tillId: row.till_id, name: row.till_name, isPrinted: row.till_is_printed },
  nonce: row.nonce,
  amount: yen(row.void_yen ?? row.yen),
  voided: yen(row.voided_yen),
  split: sumSplit(row.split),
  at: (row.void_at ?? row.decided_at).getTime(),
})

/** Which of these tills may no longer listen. */
export async function stoppedTills(
  pool: Pool,
  { tillIds, at }: Readonly<{ tillIds: readonly string[]; at: Instant }>,
): Promise<ReadonlySet<string>> {
  if (tillIds.length === 0) return new Set()
  const { rows } = await pool.query<{ till_id: string }>({
    name: 'live_stopped_tills',
    text: `select till_id from redemption.till
           where till_id = any ($1::uuid[]) and (revoked_at is not null or expires_at <= $2)`,
    values: [tillIds, new Date(at)],
  })
  return new Set(rows.map((row) => row.till_id))
}
