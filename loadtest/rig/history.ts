import { DAYS_SPENT_BEFORE } from './campaign.ts'
import { type OwnerClient, ownerClient } from './database.ts'
import type { SeededTill, SeededWallet } from './seeded.ts'

/** What each earlier redemption took from its wallet's limited vouchers, at a small shop. */
const YEN_EACH = 10
const PART = 1_000_000
const DAY_MS = 86_400_000
/** From here on the indexes are made after the rows, which is many times faster. */
const MANY = 200_000

/**
 * Loads redemptions of the days before the run, with their legs, and takes them from the lots: made
 * inside PostgreSQL, since ten million rows that travel take an hour.
 *
 * Ids are UUIDs of version 7 in the order of time, as the service makes them. Wallets, phones and
 * tills come round evenly. Their indexes are as tight as after `reindex`.
 */
export async function loadHistory(
  ownerUrl: string,
  seeded: Readonly<{
    campaignId: string
    at: number
    wallets: readonly SeededWallet[]
    tills: readonly SeededTill[]
    unitsEach: number
  }>,
  count: number,
  /** How many of them were loaded before. */
  already = 0,
): Promise<void> {
  const perWallet = Math.ceil(count / seeded.wallets.length) * YEN_EACH
  if (perWallet > seeded.unitsEach * 6_500)
    throw new Error(`${count} earlier redemptions need more wallets than ${seeded.wallets.length}`)
  const firstAt = seeded.at - (DAYS_SPENT_BEFORE - 1) * DAY_MS
  const stepMs = (seeded.at - DAY_MS - firstAt) / count
  await ownerClient(ownerUrl, async (client) => {
    await client.query(`set work_mem = '256MB'; set maintenance_work_mem = '1GB'`)
    await client.query(PEOPLE)
    await client.query(TILLS)
    const restore = count - already >= MANY ? await dropIndexes(client) : []
    for (let first = already; first < count; first += PART) {
      const last = Math.min(count, first + PART) - 1
      await client.query('begin')
      await client.query(MAKE, [first, last, Math.round(firstAt), stepMs])
      await client.query(REDEMPTIONS, [YEN_EACH])
      await client.query(LEGS, [YEN_EACH, seeded.campaignId])
      await client.query('drop table made')
      await client.query('commit')
    }
    await client.query(TAKE)
    for (const statement of restore) await client.query(statement)
    // The lots were all written anew: as if they had been spent over weeks and cleaned up since.
    await client.query('vacuum (full, analyze) ledger.lot')
    await client.query('vacuum (freeze, analyze) ledger.redemption')
    await client.query('vacuum (freeze, analyze) ledger.leg')
  })
}

const PEOPLE = `
create temp table person as
select row_number() over (order by d.device_id) - 1 as place, d.bucket, d.device_id, d.wallet_id,
  lot.lot_id
from redemption.device d join ledger.lot lot on lot.bucket = d.bucket
  and lot.wallet_id = d.wallet_id and lot.kind = 'LIMITED'`

const TILLS = `
create temp table small_till as
select row_number() over (order by t.till_id) - 1 as place, t.till_id, shop.shop_id, shop.shop_no
from redemption.till t join shop.shop shop using (shop_id) where shop.shop_class = 'SMALL'`

const MAKE = `
create temp table made as
select i, p.bucket, p.device_id, p.wallet_id, p.lot_id, t.till_id, t.shop_id, t.shop_no,
  to_timestamp(ms / 1000.0) as decided_at,
  (lpad(to_hex(ms), 12, '0') || '7' || lpad(to_hex(i % 4096), 3, '0') || '8'
    || substr(md5(i::text), 1, 15))::uuid as id
from (
  select i, $3::bigint + (i * $4::float8)::bigint as ms,
    i * 7919 % (select count(*) from person) as person,
    i * 104729 % (select count(*) from small_till) as till
  from generate_series($1::bigint, $2::bigint) i) planned
join person p on p.place = planned.person
join small_till t on t.place = planned.till
order by i`

const REDEMPTIONS = `
insert into ledger.redemption (bucket, redemption_id, device_id, nonce, wallet_id, shop_id, till_id,
  yen, business_date, decided_at)
select bucket, id, device_id, decode(md5('nonce ' || i), 'hex'), wallet_id, shop_id, till_id,
  $1::bigint, (decided_at at time zone 'Asia/Tokyo')::date, decided_at
from made`

const LEGS = `
insert into ledger.leg (bucket, posting_id, leg_no, debit_account, credit_account, yen, campaign_id,
  lot_id)
select bucket, id, 1, 'VOUCHER:LIMITED', 'SHOP_PAYABLE:' || shop_no, $1::bigint, $2::uuid, lot_id
from made`

const TAKE = `
update ledger.lot set remaining_yen = issued_yen - taken.yen
from (select bucket, lot_id, sum(yen) as yen from ledger.leg
  where debit_account = 'VOUCHER:LIMITED' group by bucket, lot_id) taken
where lot.bucket = taken.bucket and lot.lot_id = taken.lot_id`

/** Takes away what is not needed while rows are loaded; answers the statements that bring it back. */
async function dropIndexes(client: OwnerClient): Promise<string[]> {
  const { rows } = await client.query<{ drop: string; make: string }>(`
    select 'alter table ledger.redemption drop constraint ' || conname as drop,
      'alter table ledger.redemption add constraint ' || conname || ' '
        || pg_get_constraintdef(oid) as make
    from pg_constraint where conrelid = 'ledger.redemption'::regclass and contype = 'u'
    union all
    select 'drop index ledger.' || c.relname, pg_get_indexdef(i.indexrelid)
    from pg_index i join pg_class c on c.oid = i.indexrelid
    where i.indrelid = 'ledger.redemption'::regclass and not i.indisprimary
      and not exists (select from pg_constraint where conindid = i.indexrelid)`)
  for (const { drop } of rows) await client.query(drop)
  return rows.map(({ make }) => make)
}
