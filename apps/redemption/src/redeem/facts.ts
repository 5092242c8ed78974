import type { Instant, Shop, Yen } from '@minnaken/domain'
import { yen } from '@minnaken/domain'
import type { BatchTx } from '@minnaken/ledger'
import type { RedeemRequest } from './request.ts'

/** An amount by kind of voucher, in the order in which the kinds were spent. */
export type Split = readonly Readonly<{ kind: string; yen: Yen }>[]

/** A redemption as it was first answered. */
export type Redemption = Readonly<{
  redemptionId: string
  tillId: string
  amount: Yen
  split: Split
  decidedAt: Instant
  voided: Yen
}>

/** What can change, as it stands now: who is stopped, and what this code was answered before. */
export type RequestFacts = Readonly<{
  earlier: Redemption | null
  device: Readonly<{ revokedAt: Instant | null }>
  wallet: Readonly<{ stoppedAt: Instant | null }>
  till: Readonly<{ revokedAt: Instant | null; expiresAt: Instant }>
  shop: Shop
  shopId: string
  shopNo: string
  /** How many lots the wallet has: more than could be locked means that somebody holds some. */
  lots: number
}>

type Row = {
  redemption_id: string | null
  till_id: string | null
  yen: number | null
  decided_at: Date | null
  voided_yen: number | null
  split: { kind: string; yen: number }[] | null
  device_revoked_at: Date | null
  wallet_stopped_at: Date | null
  till_revoked_at: Date | null
  till_expires_at: Date
  shop_id: string
  shop_no: string
  shop_class: string
  shop_state: string
  shop_state_since: Date
  lots: number
}

/** Reads the facts of each request, in the order of the requests. To be called after the lots are locked. */
export async function readFacts(
  tx: BatchTx,
  bucket: number,
  requests: readonly RedeemRequest[],
): Promise<RequestFacts[]> {
  const { rows } = await tx.query<Row>({
    name: 'read_facts',
    text: READ_FACTS,
    values: [
      bucket,
      requests.map((it) => it.deviceId),
      requests.map((it) => it.nonce),
      requests.map((it) => it.walletId),
      requests.map((it) => it.tillId),
    ],
  })
  if (rows.length !== requests.length) throw new Error('a device, wallet, till or shop is missing')
  return rows.map(factsOf)
}

const READ_FACTS = `
select e.redemption_id, e.till_id, e.yen, e.decided_at, v.voided_yen, s.split,
  d.revoked_at as device_revoked_at, w.stopped_at as wallet_stopped_at,
  t.revoked_at as till_revoked_at, t.expires_at as till_expires_at,
  shop.shop_id, shop.shop_no, shop.shop_class, shop.state as shop_state,
  shop.state_since as shop_state_since,
  (select count(*) from ledger.lot where bucket = $1::int and wallet_id = r.wallet_id) as lots
from unnest($2::uuid[], $3::bytea[], $4::uuid[], $5::uuid[]) with ordinality
  as r (device_id, nonce, wallet_id, till_id, place)
join redemption.device d on d.bucket = $1::int and d.device_id = r.device_id
join ledger.wallet w on w.bucket = $1::int and w.wallet_id = r.wallet_id
join redemption.till t on t.till_id = r.till_id
join shop.shop shop on shop.shop_id = t.shop_id
left join ledger.redemption e
  on e.bucket = $1::int and e.device_id = r.device_id and e.nonce = r.nonce
left join lateral (
  select coalesce(sum(yen), 0)::bigint as voided_yen from ledger.void
  where bucket = $1::int and redemption_id = e.redemption_id
) v on e.redemption_id is not null
left join lateral (
  select json_agg(json_build_object('kind', substr(debit_account, 9), 'yen', yen) order by leg_no)
    as split
  from ledger.leg where bucket = $1::int and posting_id = e.redemption_id
) s on e.redemption_id is not null
order by r.place`

function factsOf(row: Row): RequestFacts {
  return {
    earlier: earlierOf(row),
    device: { revokedAt: row.device_revoked_at?.getTime() ?? null },
    wallet: { stoppedAt: row.wallet_stopped_at?.getTime() ?? null },
    till: {
      revokedAt: row.till_revoked_at?.getTime() ?? null,
      expiresAt: row.till_expires_at.getTime(),
    },
    shop: shopOf(row),
    shopId: row.shop_id,
    shopNo: row.shop_no,
    lots: row.lots,
  }
}

function earlierOf(row: Row): Redemption | null {
  const { redemption_id, till_id, yen: amount, decided_at, voided_yen, split } = row
  if (redemption_id === null || till_id === null || amount === null || decided_at === null)
    return null
  return {
    redemptionId: redemption_id,
    tillId: till_id,
    amount: yen(amount),
    split: sumSplit(split ?? []),
    decidedAt: decided_at.getTime(),
    voided: yen(voided_yen ?? 0),
  }
}

function shopOf({ shop_state, shop_class, shop_state_since }: Row): Shop {
  const since = shop_state_since.getTime()
  if (shop_state === 'active') return { kind: 'active', shopClass: shop_class }
  return { kind: shop_state === 'left' ? 'left' : 'suspended', shopClass: shop_class, since }
}

/** Adds up amounts by kind, in the order in which the kinds first appear. */
export function sumSplit(parts: Iterable<Readonly<{ kind: string; yen: number }>>): Split {
  const sums = new Map<string, number>()
  for (const part of parts) sums.set(part.kind, (sums.get(part.kind) ?? 0) + part.yen)
  return [...sums].map(([kind, sum]) => ({ kind, yen: yen(sum) }))
}
