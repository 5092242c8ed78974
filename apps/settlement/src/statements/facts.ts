import type { Tx } from '@minnaken/db'
import { sql } from 'kysely'
import type { RunRow } from '../runs/run.ts'

export type KindTotals = Readonly<Record<string, Readonly<{ count: number; yen: number }>>>

/** What a run knows of a shop that it has lines of, or owes or is owed from before. */
export type ShopFacts = Readonly<{
  shop_id: string
  shop_no: string
  payee_id: string
  /** The account in force, if any. */
  payee_account_id: string | null
  is_held: boolean
  /** Whether a transfer to the account in force came back. */
  came_back: boolean
  redemptions: number
  redemptions_yen: number
  voids: number
  voids_yen: number
  corrections: number
  corrections_yen: number
  by_kind: KindTotals
  carried_yen: number
  /** What came back and stands in no earlier statement. */
  back_yen: number
}>

/** Reads the facts of every shop that has a statement in a run, by shop number. */
export async function factsOf(tx: Tx, run: Pick<RunRow, 'run_id' | 'run_no'>) {
  const { rows } = await sql<ShopFacts>`
    with lines as (
      select shop_id,
        count(*) filter (where kind = 'redemption') as redemptions,
        sum(yen) filter (where kind = 'redemption') as redemptions_yen,
        count(*) filter (where kind = 'void') as voids,
        sum(yen) filter (where kind = 'void') as voids_yen,
        count(*) filter (where kind = 'correction') as corrections,
        sum(yen) filter (where kind = 'correction') as corrections_yen
      from settlement.settlement_line where run_id = ${run.run_id} group by shop_id
    ), parts as (
      select n.shop_id, substr(leg.debit_account, 9) as kind, count(*) as count, sum(leg.yen) as yen
      from settlement.settlement_line n
      join ledger.leg leg on leg.bucket = n.bucket and leg.posting_id = n.source_id
      where n.run_id = ${run.run_id} and n.kind = 'redemption'
      group by n.shop_id, leg.debit_account
    ), kinds as (
      select shop_id, jsonb_object_agg(kind, jsonb_build_object('count', count, 'yen', yen)) as by_kind
      from parts group by shop_id
    ), carried as (
      select distinct on (st.shop_id) st.shop_id, st.carried_out_yen as yen
      from settlement.statement st join settlement.run run using (run_id)
      where run.run_no < ${run.run_no} order by st.shop_id, run.run_no desc
    ), back as (
      select shop_id, sum(yen) as yen from (
        select st.shop_id, st.paid_yen as yen from settlement.statement st
        join settlement.payout p
          on p.run_id = st.run_id and p.payee_account_id = st.payee_account_id
        where st.paid_yen > 0 and p.return_posted_at is not null
        union all
        select st.shop_id, -st.returned_yen from settlement.statement st
        join settlement.run run using (run_id) where run.run_no < ${run.run_no}
      ) came group by shop_id
    )
    select s.shop_id, s.shop_no, s.payee_id, a.payee_account_id,
      s.held_since is not null as is_held,
      exists (select from settlement.payout p where p.payee_account_id = a.payee_account_id
        and p.state in ('returned', 'recalled')) as came_back,
      coalesce(n.redemptions, 0) as redemptions, coalesce(n.redemptions_yen, 0) as redemptions_yen,
      coalesce(n.voids, 0) as voids, coalesce(n.voids_yen, 0) as voids_yen,
      coalesce(n.corrections, 0) as corrections,
      coalesce(n.corrections_yen, 0) as corrections_yen,
      coalesce(k.by_kind, '{}') as by_kind, coalesce(c.yen, 0) as carried_yen,
      coalesce(b.yen, 0) as back_yen
    from shop.shop s
    left join shop.payee_account a on a.payee_id = s.payee_id and a.state = 'active'
    left join lines n on n.shop_id = s.shop_id
    left join kinds k on k.shop_id = s.shop_id
    left join carried c on c.shop_id = s.shop_id
    left join back b on b.shop_id = s.shop_id
    left join settlement.statement drawn on drawn.run_id = ${run.run_id} and drawn.shop_id = s.shop_id
    where n.shop_id is not null or c.yen <> 0 or b.yen <> 0 or drawn.shop_id is not null
    order by s.shop_no`.execute(tx)
  return rows
}
