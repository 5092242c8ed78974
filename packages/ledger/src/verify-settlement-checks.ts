import { sql } from 'kysely'
import type { LedgerCheck } from './verify-checks.ts'

/** What has to hold between the book and what shops are told and paid. */
export const settlementChecks: readonly LedgerCheck[] = [
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
          union all select st.shop_id,
              case when l.credit_account like 'SHOP_PAYABLE:%' then l.yen else -l.yen end
            from ledger.posting p join ledger.leg l using (bucket, posting_id)
            join shop.shop s
              on 'SHOP_PAYABLE:' || s.shop_no in (l.credit_account, l.debit_account)
            join settlement.statement st on st.shop_id = s.shop_id
              and p.about = st.run_id || ':' || s.shop_no
            where p.event = 'payout_returned') all_lines
        group by shop_id
      )
      select coalesce(s.shop_no, o.account) as shop, coalesce(o.yen, 0) as owed,
        coalesce(n.yen, 0) as lines,
        s.shop_no is not null and coalesce(o.yen, 0) = coalesce(n.yen, 0) as ok
      from shop.shop s left join lines n on n.shop_id = s.shop_id
      full join owed o on o.account = 'SHOP_PAYABLE:' || s.shop_no`,
  },
  {
    name: 'every_settlement_line_is_its_payment',
    query: sql`
      select n.bucket, n.source_id as line, n.yen, coalesce(r.yen, v.yen) as payment,
        coalesce(n.yen = coalesce(r.yen, v.yen) and n.shop_id = coalesce(r.shop_id, v.shop_id)
          and n.business_date = coalesce(r.business_date, v.business_date)
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
        select run_id, shop_id, count(*) filter (where n.kind = 'redemption') as redemptions,
          count(*) filter (where n.kind = 'void') as voids,
          count(*) filter (where n.kind = 'correction') as corrections,
          coalesce(sum(n.yen) filter (where n.kind = 'redemption'), 0) as redemptions_yen,
          coalesce(sum(n.yen) filter (where n.kind = 'void'), 0) as voids_yen,
          coalesce(sum(n.yen) filter (where n.kind = 'correction'), 0) as corrections_yen
        from settlement.settlement_line n join settlement.run run using (run_id)
        where run.state <> 'open' group by run_id, shop_id
      ), stated as (
        select st.* from settlement.statement st join settlement.run run using (run_id)
        where run.state <> 'open'
      )
      select coalesce(st.statement_no, n.run_id || ' ' || n.shop_id) as statement,
        st.redemptions_yen, n.redemptions_yen as lines_yen,
        st.statement_no is not null and st.redemptions = coalesce(n.redemptions, 0)
          and st.redemptions_yen = coalesce(n.redemptions_yen, 0)
          and st.voids = coalesce(n.voids, 0) and st.voids_yen = coalesce(n.voids_yen, 0)
          and st.corrections = coalesce(n.corrections, 0)
          and st.corrections_yen = coalesce(n.corrections_yen, 0) as ok
      from stated st full join lines n using (run_id, shop_id)`,
  },
  {
    /** What one run does not pay, the shop's next statement begins with. A draft may still change. */
    name: 'every_statement_carries_on_from_the_one_before',
    query: sql`
      with told as (
        select st.statement_no, st.carried_in_yen, lag(st.carried_out_yen) over
          (partition by st.shop_id order by run.run_no) as carried_out_yen
        from settlement.statement st join settlement.run run using (run_id)
        where run.approved_at is not null
      )
      select statement_no as statement, carried_in_yen as carried_in,
        carried_out_yen as carried_out_before,
        carried_in_yen = coalesce(carried_out_yen, 0) as ok
      from told`,
  },
  {
    name: 'what_came_back_is_paid_again_once',
    query: sql`
      with came_back as (
        select case l.debit_account when 'BANK' then l.credit_account else l.debit_account end
            as account, sum(case l.debit_account when 'BANK' then l.yen else -l.yen end) as yen
        from ledger.posting p join ledger.leg l using (bucket, posting_id)
        where p.event = 'payout_returned' group by 1
      ), paid_again as (
        select st.shop_id, sum(st.returned_yen) as yen
        from settlement.statement st join settlement.run run using (run_id)
        where run.approved_at is not null group by st.shop_id
      )
      select s.shop_no as shop, b.yen as came_back, a.yen as paid_again,
        a.yen <= coalesce(b.yen, 0) as ok
      from paid_again a join shop.shop s using (shop_id)
      left join came_back b on b.account = 'SHOP_PAYABLE:' || s.shop_no`,
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
  {
    /** The bank has paid what the run's transfers say, and pays nothing before the file is sent. */
    name: 'every_settled_run_left_the_bank_as_transferred',
    query: sql`
      with posted as (
        select left(p.about, 36) as run, sum(case 'PAYOUT_IN_TRANSIT' when l.debit_account then l.yen
          when l.credit_account then -l.yen else 0 end) as yen
        from ledger.posting p join ledger.leg l using (bucket, posting_id)
        where p.event = 'payout_settled' group by 1
      ), transferred as (
        select run.run_id::text as run, run.state, coalesce(sum(t.yen), 0) as yen
        from settlement.run run left join settlement.payout t
          on t.run_id = run.run_id and t.attempt = 1 and t.state <> 'recalled'
        group by run.run_id
      )
      select coalesce(p.run, t.run) as run, p.yen as posted, t.yen as transferred,
        case t.state when 'settled' then coalesce(p.yen, 0) = t.yen
          when 'sent' then true else false end as ok
      from posted p full join (select * from transferred where state in ('sent', 'settled')) t
        using (run)`,
  },
]
