import { sql } from 'kysely'

/**
 * What has to hold, each as a query that gives one row for each thing compared, with `ok`.
 * The first row that is not ok is shown to whoever looks into the difference.
 */
export const checks = [
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
    name: 'debits_equal_credits',
    query: sql`
      with sides as (
        select bucket, debit_account as account, yen from ledger.leg
        union all select bucket, credit_account, -yen from ledger.leg
      )
      select bucket, sum(yen) as difference, sum(yen) = 0 as ok from sides group by bucket`,
  },
  {
    /** What a lot holds is what was issued, less what was taken, plus what came back. */
    name: 'every_lot_is_what_its_legs_say',
    query: sql`
      with moved as (
        select l.bucket, l.lot_id,
          sum(l.yen) filter (where l.credit_account like 'VOUCHER:%' and p.event = 'sale') as issued,
          sum(case when l.credit_account like 'VOUCHER:%' then l.yen
            when l.debit_account like 'VOUCHER:%' then -l.yen else 0 end) as remaining
        from ledger.leg l left join ledger.posting p using (bucket, posting_id)
        where l.lot_id is not null group by l.bucket, l.lot_id
      )
      select coalesce(lot.bucket, m.bucket) as bucket, coalesce(lot.lot_id, m.lot_id) as lot,
        lot.remaining_yen as remaining, m.remaining as replayed,
        coalesce(lot.issued_yen = m.issued and lot.remaining_yen = m.remaining
          and lot.remaining_yen >= 0, false) as ok
      from ledger.lot lot full join moved m
        on m.bucket = lot.bucket and m.lot_id = lot.lot_id`,
  },
  {
    name: 'every_leg_is_of_the_kind_of_its_lot',
    query: sql`
      select l.bucket, l.posting_id as posting, l.lot_id as lot,
        coalesce('VOUCHER:' || lot.kind in (l.debit_account, l.credit_account)
          and l.campaign_id = lot.campaign_id, false) as ok
      from ledger.leg l left join ledger.lot lot on lot.bucket = l.bucket and lot.lot_id = l.lot_id
      where l.lot_id is not null`,
  },
  {
    name: 'every_redemption_is_the_sum_of_its_legs',
    query: sql`
      select r.bucket, r.redemption_id as redemption, r.yen, sum(l.yen) as legs,
        coalesce(sum(l.yen) = r.yen and bool_and(lot.wallet_id = r.wallet_id)
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
        coalesce(sum(l.yen) = v.yen, false) as ok
      from ledger.void v left join ledger.leg l on l.bucket = v.bucket and l.posting_id = v.void_id
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
    name: 'every_paid_order_was_issued_once',
    query: sql`
      with issued as (
        select p.about, sum(l.yen) filter (where l.debit_account = 'PSP_RECEIVABLE') as price
        from ledger.posting p join ledger.leg l using (bucket, posting_id)
        where p.event = 'sale' group by p.about
      )
      select coalesce(o.order_id::text, i.about) as "order", o.price_yen as price,
        i.price as posted, coalesce(o.price_yen = i.price, false) as ok
      from (select * from sale."order" where state = 'paid') o
      full join issued i on i.about = o.order_id::text`,
  },
  {
    /** What a shop is owed is what it took, less voids and what left for the bank, plus returns. */
    name: 'every_shop_is_owed_what_its_lines_say',
    query: sql`
      with owed as (
        select account, sum(yen) as yen from (
          select credit_account as account, yen from ledger.leg
          union all select debit_account, -yen from ledger.leg) sides
        where account like 'SHOP_PAYABLE:%' group by account
      ), lines as (
        select shop_id, sum(yen) as yen from (
          select shop_id, yen from ledger.redemption
          union all select shop_id, -yen from ledger.void
          union all select st.shop_id, -(st.paid_yen + st.fee_yen) from settlement.statement st
            join settlement.run run using (run_id) where run.posted_at is not null
          union all select st.shop_id, l.yen from ledger.posting p
            join ledger.leg l using (bucket, posting_id)
            join shop.shop s on l.credit_account = 'SHOP_PAYABLE:' || s.shop_no
            join settlement.statement st on st.shop_id = s.shop_id
              and p.about = st.run_id || ':' || s.shop_no
            where p.event = 'payout_returned') all_lines
        group by shop_id
      )
      select s.shop_no as shop, coalesce(o.yen, 0) as owed, coalesce(n.yen, 0) as lines,
        coalesce(o.yen, 0) = coalesce(n.yen, 0) as ok
      from shop.shop s left join owed o on o.account = 'SHOP_PAYABLE:' || s.shop_no
      left join lines n on n.shop_id = s.shop_id`,
  },
  {
    name: 'every_settlement_line_is_its_payment',
    query: sql`
      select n.bucket, n.source_id as line, n.yen, coalesce(r.yen, v.yen) as payment,
        coalesce(n.yen = coalesce(r.yen, v.yen) and n.shop_id = coalesce(r.shop_id, v.shop_id)
          and (n.kind = 'redemption') = (r.redemption_id is not null)
          and (n.kind = 'correction') = (v.voided_by is not distinct from 'federation'), false) as ok
      from settlement.settlement_line n
      left join ledger.redemption r on r.bucket = n.bucket and r.redemption_id = n.source_id
      left join ledger.void v on v.bucket = n.bucket and v.void_id = n.source_id`,
  },
  {
    name: 'every_payment_of_a_closed_period_has_its_line',
    query: sql`
      select e.bucket, e.id as payment, n.source_id is not null as ok
      from (select bucket, redemption_id as id, business_date from ledger.redemption
            union all select bucket, void_id, business_date from ledger.void) e
      join settlement.run run on e.business_date between run.period_start and run.period_end
        and run.state <> 'open'
      left join settlement.settlement_line n
        on n.bucket = e.bucket and n.source_id = e.id and n.run_id = run.run_id`,
  },
  {
    name: 'every_statement_is_the_sum_of_its_lines',
    query: sql`
      with lines as (
        select run_id, shop_id, count(*) filter (where kind = 'redemption') as redemptions,
          coalesce(sum(yen) filter (where kind = 'redemption'), 0) as redemptions_yen,
          coalesce(sum(yen) filter (where kind = 'void'), 0) as voids_yen,
          coalesce(sum(yen) filter (where kind = 'correction'), 0) as corrections_yen
        from settlement.settlement_line group by run_id, shop_id
      )
      select st.statement_no as statement, st.redemptions_yen, n.redemptions_yen as lines_yen,
        st.redemptions = coalesce(n.redemptions, 0)
          and st.redemptions_yen = coalesce(n.redemptions_yen, 0)
          and st.voids_yen = coalesce(n.voids_yen, 0)
          and st.corrections_yen = coalesce(n.corrections_yen, 0) as ok
      from settlement.statement st left join lines n using (run_id, shop_id)`,
  },
  {
    name: 'every_transfer_is_the_sum_of_its_statements',
    query: sql`
      with transfers as (
        select run_id, payee_account_id, sum(yen) filter (where attempt = 1) as yen
        from settlement.payout group by run_id, payee_account_id
      ), stated as (
        select st.run_id, st.payee_account_id, sum(st.paid_yen) as yen
        from settlement.statement st join settlement.run run using (run_id)
        where st.paid_yen > 0 and run.approved_at is not null
        group by st.run_id, st.payee_account_id
      )
      select coalesce(t.run_id, s.run_id) as run, t.yen as transferred, s.yen as stated,
        coalesce(t.yen = s.yen, false) as ok
      from transfers t full join stated s using (run_id, payee_account_id)`,
  },
  {
    name: 'every_approved_payout_is_posted_as_stated',
    query: sql`
      with posted as (
        select p.about, sum(case when l.credit_account in ('PAYOUT_IN_TRANSIT', 'REDEMPTION_FEE_INCOME')
          then l.yen else -l.yen end) as yen
        from ledger.posting p join ledger.leg l using (bucket, posting_id)
        where p.event = 'payout_approved' group by p.about
      ), stated as (
        select st.run_id || ':' || s.shop_no as about, st.paid_yen + st.fee_yen as yen
        from settlement.statement st join settlement.run run using (run_id)
        join shop.shop s using (shop_id)
        where run.posted_at is not null and (st.paid_yen <> 0 or st.fee_yen <> 0)
      )
      select coalesce(p.about, s.about) as payout, p.yen as posted, s.yen as stated,
        coalesce(p.yen = s.yen, false) as ok
      from posted p full join stated s using (about)`,
  },
] as const
