import {
  type Instant,
  type JstDate,
  closingOf,
  jstDateOf,
  settlementPeriodOf,
} from '@minnaken/domain'
import { isBankDay } from '@minnaken/zengin'
import { sql } from 'kysely'
import type { Deps } from '../deps.ts'

/** What the shop will be paid next, by what has happened until now. */
export type NextPayout = Readonly<{
  periodStart: JstDate
  periodEnd: JstDate
  payDate: JstDate
  redemptionsYen: number
  voidsYen: number
  carriedInYen: number
  feeYen: number
  payableYen: number
  heldReason: string | null
}>

/**
 * The period that runs today, with what the shop took in it. Null when no campaign's calendar runs.
 *
 * Nothing is promised by it: what is paid, the statement says, after the period is closed.
 */
export async function nextPayout(
  { db, campaigns }: Pick<Deps, 'db' | 'campaigns'>,
  { shopId, at }: Readonly<{ shopId: string; at: Instant }>,
): Promise<NextPayout | null> {
  const running = (await campaigns.all()).find(
    ({ campaign: { windows } }) => at >= windows.use.from && at < windows.use.until,
  )
  if (running === undefined) return null
  const { rule, roll, shopFeeBps } = running.campaign.settlement
  const period = settlementPeriodOf(rule, jstDateOf(at))
  const { payDate } = closingOf({ rule, roll, period, isBankDay })
  const { rows } = await sql<{
    redemptions: number
    voids: number
    carried: number
    back: number
    held_reason: string | null
  }>`
    with bucket as (select bucket from ledger.bucket),
    range as (select ${period.periodStart}::date as first, ${period.periodEnd}::date as last)
    select
      (select coalesce(sum(r.yen), 0) from bucket b join ledger.redemption r using (bucket), range
        where r.business_date between first and last and r.shop_id = s.shop_id) as redemptions,
      (select coalesce(sum(v.yen), 0) from bucket b join ledger.void v using (bucket), range
        where v.business_date between first and last and v.shop_id = s.shop_id) as voids,
      coalesce((select st.carried_out_yen from settlement.statement st
        join settlement.run run using (run_id) where st.shop_id = s.shop_id
        order by run.run_no desc limit 1), 0) as carried,
      (select coalesce(sum(p_back.paid_yen), 0) from settlement.statement p_back
        join settlement.payout p on p.run_id = p_back.run_id
          and p.payee_account_id = p_back.payee_account_id
        where p_back.shop_id = s.shop_id and p_back.paid_yen > 0 and p.return_posted_at is not null)
      - (select coalesce(sum(st.returned_yen), 0) from settlement.statement st
        where st.shop_id = s.shop_id) as back,
      s.held_reason
    from shop.shop s where s.shop_id = ${shopId}`.execute(db)
  const [row] = rows
  if (row === undefined) return null
  const net = row.redemptions - row.voids
  const feeYen = Math.sign(net) * Math.floor((Math.abs(net) * shopFeeBps) / 10_000)
  const carriedInYen = row.carried + row.back
  return {
    ...period,
    payDate,
    redemptionsYen: row.redemptions,
    voidsYen: row.voids,
    carriedInYen,
    feeYen,
    payableYen: net + carriedInYen - feeYen,
    heldReason: row.held_reason,
  }
}
