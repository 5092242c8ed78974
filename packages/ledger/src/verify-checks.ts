import { type RawBuilder, sql } from 'kysely'
import { chart } from './chart.ts'

/** One thing that has to hold, as a query that gives a row for each thing compared, with `ok`. */
export type LedgerCheck = Readonly<{ name: string; query: RawBuilder<unknown> }>

const chartRows = JSON.stringify(
  Object.entries(chart).flatMap(([event, entries]) =>
    entries.map(([debit, credit]) => ({ event, debit, credit })),
  ),
)

/**
 * What has to hold in the book itself. That debits equal credits needs no check: a leg is one
 * amount between two accounts. The first row that is not ok is shown to whoever looks into it.
 */
export const bookChecks: readonly LedgerCheck[] = [
  {
    /** A leg without its heading, or a heading without legs, is money nobody can explain. */
    name: 'every_leg_has_its_heading',
    query: sql`
      select coalesce(l.bucket, h.bucket) as bucket, coalesce(l.posting_id, h.id) as posting,
        l.posting_id is not null and h.id is not null as ok
      from (select distinct bucket, posting_id from ledger.leg) l
      full join (
        select bucket, posting_id as id from ledger.posting
        union all select bucket, redemption_id from ledger.redemption
        union all select bucket, void_id from ledger.void
      ) h on h.bucket = l.bucket and h.id = l.posting_id`,
  },
  {
    name: 'every_leg_is_an_entry_of_its_event',
    query: sql`
      with headed as (
        select l.bucket, l.posting_id, l.debit_account, l.credit_account,
          coalesce(p.event, case when r.redemption_id is not null then 'redemption'
            when v.void_id is not null then 'void' end) as event,
          split_part(l.debit_account, ':', 1) as debit,
          split_part(l.credit_account, ':', 1) as credit
        from ledger.leg l left join ledger.posting p using (bucket, posting_id)
        left join ledger.redemption r on r.bucket = l.bucket and r.redemption_id = l.posting_id
        left join ledger.void v on v.bucket = l.bucket and v.void_id = l.posting_id
      )
      select h.bucket, h.posting_id as posting, event, debit_account, credit_account,
        c.event is not null and ((debit, credit) not in (('PREMIUM_COMMITMENT_WARD', 'VOUCHER'),
            ('VOUCHER', 'PREMIUM_COMMITMENT_WARD'))
          or split_part(debit_account, ':', 2) = split_part(credit_account, ':', 2)) as ok
      from headed h left join jsonb_to_recordset(${chartRows}::jsonb)
        as c (event text, debit text, credit text) using (event, debit, credit)`,
  },
  {
    /** What a lot holds is what its order issued, less what was taken, plus what came back. */
    name: 'every_lot_is_what_its_legs_say',
    query: sql`
      with moved as (
        select l.bucket, l.lot_id, max(p.about) filter (where p.event = 'sale') as "order",
          sum(l.yen) filter (where l.credit_account like 'VOUCHER:%' and p.event = 'sale') as issued,
          sum(case when l.credit_account like 'VOUCHER:%' then l.yen
            when l.debit_account like 'VOUCHER:%' then -l.yen else 0 end) as remaining
        from ledger.leg l left join ledger.posting p using (bucket, posting_id)
        where l.lot_id is not null group by l.bucket, l.lot_id
      )
      select coalesce(lot.bucket, m.bucket) as bucket, coalesce(lot.lot_id, m.lot_id) as lot,
        lot.remaining_yen as remaining, m.remaining as replayed,
        coalesce(lot.issued_yen = m.issued and lot.remaining_yen = m.remaining
          and lot.remaining_yen >= 0 and lot.order_id::text = m."order", false) as ok
      from ledger.lot lot full join moved m
        on m.bucket = lot.bucket and m.lot_id = lot.lot_id`,
  },
  {
    /** A voucher leg that names no lot is value that nobody holds. */
    name: 'every_leg_is_of_the_kind_of_its_lot',
    query: sql`
      select l.bucket, l.posting_id as posting, l.lot_id as lot,
        coalesce('VOUCHER:' || lot.kind in (l.debit_account, l.credit_account)
          and l.campaign_id = lot.campaign_id, false) as ok
      from ledger.leg l left join ledger.lot lot on lot.bucket = l.bucket and lot.lot_id = l.lot_id
      where l.lot_id is not null or l.debit_account like 'VOUCHER:%'
        or l.credit_account like 'VOUCHER:%'`,
  },
  {
    /** Vouchers never change hands. */
    name: 'every_lot_is_in_the_wallet_of_its_buyer',
    query: sql`
      select lot.bucket, lot.lot_id as lot, lot.order_id as "order",
        coalesce(w.account_id = o.account_id and lot.campaign_id = o.campaign_id, false) as ok
      from ledger.lot lot left join ledger.wallet w using (bucket, wallet_id)
      left join sale."order" o on o.order_id = lot.order_id`,
  },
  {
    name: 'every_wallet_is_where_its_person_finds_it',
    query: sql`
      select coalesce(w.wallet_id, a.wallet_id) as wallet, w.bucket, a.bucket as found_in,
        coalesce(w.bucket = a.bucket and w.account_id = a.account_id, false) as ok
      from ledger.wallet w full join ledger.wallet_of_account a on a.wallet_id = w.wallet_id`,
  },
  {
    name: 'every_redemption_is_the_sum_of_its_legs',
    query: sql`
      select r.bucket, r.redemption_id as redemption, r.yen, sum(l.yen) as legs,
        coalesce(sum(l.yen) = r.yen
          and bool_and(coalesce(lot.wallet_id = r.wallet_id, false))
          and bool_and(l.credit_account = 'SHOP_PAYABLE:' || s.shop_no), false) as ok
      from ledger.redemption r
      left join ledger.leg l on l.bucket = r.bucket and l.posting_id = r.redemption_id
      left join ledger.lot lot on lot.bucket = l.bucket and lot.lot_id = l.lot_id
      left join shop.shop s on s.shop_id = r.shop_id
      group by r.bucket, r.redemption_id, r.yen`,
  },
  {
    name: 'every_void_is_the_sum_of_its_legs',
    query: sql`
      select v.bucket, v.void_id as void, v.yen, sum(l.yen) as legs,
        coalesce(sum(l.yen) = v.yen and bool_and(v.shop_id = r.shop_id)
          and bool_and(l.debit_account = 'SHOP_PAYABLE:' || s.shop_no), false) as ok
      from ledger.void v
      left join ledger.redemption r using (bucket, redemption_id)
      left join ledger.leg l on l.bucket = v.bucket and l.posting_id = v.void_id
      left join shop.shop s on s.shop_id = v.shop_id
      group by v.bucket, v.void_id, v.yen`,
  },
  {
    /** Nothing goes back to a lot that the payment did not take from it. */
    name: 'voids_never_exceed_what_was_taken',
    query: sql`
      with taken as (
        select l.bucket, r.redemption_id, l.lot_id, sum(l.yen) as yen from ledger.redemption r
        join ledger.leg l on l.bucket = r.bucket and l.posting_id = r.redemption_id
        group by l.bucket, r.redemption_id, l.lot_id
      ), returned as (
        select l.bucket, v.redemption_id, l.lot_id, sum(l.yen) as yen from ledger.void v
        join ledger.leg l on l.bucket = v.bucket and l.posting_id = v.void_id
        group by l.bucket, v.redemption_id, l.lot_id
      )
      select r.bucket, r.redemption_id as redemption, r.lot_id as lot, t.yen as taken,
        r.yen as returned, coalesce(r.yen <= t.yen, false) as ok
      from returned r left join taken t using (bucket, redemption_id, lot_id)`,
  },
  {
    /** Issued at its price; an order whose sale was undone counts as one that was never issued. */
    name: 'every_paid_order_was_issued_once',
    query: sql`
      with issued as (
        select p.about, sum(case 'PSP_RECEIVABLE' when l.debit_account then l.yen
          when l.credit_account then -l.yen else 0 end) as price
        from ledger.posting p join ledger.leg l using (bucket, posting_id)
        where p.event in ('sale', 'sale_undone') group by p.about having
          sum(case when l.credit_account like 'VOUCHER:%' then l.yen else -l.yen end) <> 0
      )
      select coalesce(o.order_id::text, i.about) as "order", o.price_yen as price,
        i.price as posted, coalesce(o.price_yen = i.price, false) as ok
      from (select * from sale."order" where state = 'paid') o
      full join issued i on i.about = o.order_id::text`,
  },
]
