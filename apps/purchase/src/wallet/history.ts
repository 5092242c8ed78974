import type { Db } from '@minnaken/db'
import { type Instant, isUuid, type JstDate } from '@minnaken/domain'
import { kindOfVoucher, type WalletPlace } from '@minnaken/ledger'
import { sql } from 'kysely'

/** A payment at a shop, or value that came back from it. */
export type HistoryEntry = Readonly<{
  kind: 'payment' | 'void'
  id: string
  redemptionId: string
  at: Instant
  businessDate: JstDate
  shop: Readonly<{ shopNo: string; name: string }>
  yen: number
  parts: readonly Readonly<{ kind: string; yen: number }>[]
}>

/** The last entry of a page; the next page begins after it. */
export type Cursor = Readonly<{ at: Instant; id: string }>

export const cursorText = ({ at, id }: Cursor): string =>
  Buffer.from(`${at} ${id}`).toString('base64url')

/** Reads a cursor that we gave; null for any other text. */
export function readCursor(text: string): Cursor | null {
  const [at = '', id = '', ...rest] = Buffer.from(text, 'base64url').toString().split(' ')
  const isOurs = /^\d{1,15}$/.test(at) && isUuid(id) && rest.length === 0
  return isOurs ? { at: Number(at), id } : null
}

const pageSize = 50

/** A page of what happened to a wallet at shops, newest first. */
export async function walletHistory(
  db: Db,
  { bucket, walletId }: WalletPlace,
  after: Cursor | null,
): Promise<Readonly<{ entries: readonly HistoryEntry[]; next: Cursor | null }>> {
  const events = await findEvents(db, { bucket, walletId, after })
  const entries = events.slice(0, pageSize)
  const parts = await findParts(db, { bucket, ids: entries.map(({ id }) => id) })
  const last = events.length > pageSize ? entries.at(-1) : undefined
  return {
    entries: entries.map(({ shopNo, shopName, at, ...entry }) => ({
      ...entry,
      at: at.getTime(),
      shop: { shopNo, name: shopName },
      parts: parts.filter(({ id }) => id === entry.id).map(({ kind, yen }) => ({ kind, yen })),
    })),
    next: last === undefined ? null : { at: last.at.getTime(), id: last.id },
  }
}

type Event = Readonly<{
  kind: 'payment' | 'void'
  id: string
  redemptionId: string
  at: Date
  businessDate: JstDate
  yen: number
  shopNo: string
  shopName: string
}>

async function findEvents(
  db: Db,
  { bucket, walletId, after }: WalletPlace & Readonly<{ after: Cursor | null }>,
): Promise<readonly Event[]> {
  const at = after === null ? null : new Date(after.at)
  const id = after?.id ?? null
  const { rows } = await sql<Event>`
    select e.kind, e.id, e.redemption_id as "redemptionId", e.at, e.business_date as "businessDate",
      e.yen, shop.shop_no as "shopNo", shop.name as "shopName"
    from (
      select 'payment' as kind, redemption_id as id, redemption_id, decided_at as at,
        business_date, yen, shop_id
      from ledger.redemption
      where bucket = ${bucket} and wallet_id = ${walletId}
      union all
      select 'void', v.void_id, v.redemption_id, v.decided_at, v.business_date, v.yen, v.shop_id
      from ledger.redemption r
      join ledger.void v on v.bucket = r.bucket and v.redemption_id = r.redemption_id
      where r.bucket = ${bucket} and r.wallet_id = ${walletId}
    ) e
    join shop.shop shop on shop.shop_id = e.shop_id
    where ${at}::timestamptz is null or (e.at, e.id) < (${at}::timestamptz, ${id}::uuid)
    order by e.at desc, e.id desc
    limit ${pageSize + 1}`.execute(db)
  return rows
}

/** What moved, by kind: a payment credits the shop, a void the vouchers. */
async function findParts(
  db: Db,
  { bucket, ids }: Readonly<{ bucket: number; ids: readonly string[] }>,
): Promise<readonly Readonly<{ id: string; kind: string; yen: number }>[]> {
  if (ids.length === 0) return []
  const legs = await db
    .selectFrom('ledger.leg')
    .select(['posting_id', 'debit_account', 'credit_account', 'yen'])
    .where('bucket', '=', bucket)
    .where('posting_id', 'in', ids)
    .orderBy('posting_id')
    .orderBy('leg_no')
    .execute()
  const parts = new Map<string, { id: string; kind: string; yen: number }>()
  for (const leg of legs) {
    const kind = kindOfVoucher(leg.debit_account) ?? kindOfVoucher(leg.credit_account)
    if (kind === null) continue
    const key = `${leg.posting_id} ${kind}`
    const before = parts.get(key)?.yen ?? 0
    parts.set(key, { id: leg.posting_id, kind, yen: before + leg.yen })
  }
  return [...parts.values()]
}
