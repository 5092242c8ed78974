import type { Db } from '@minnaken/db'
import { isoOf } from '@minnaken/http'
import { sql } from 'kysely'
import type { KindTotals } from '../statements/facts.ts'

/** The totals of a statement as a screen shows them. */
export const shownTotals = (row: StatementRow) => ({
  statementNo: row.statement_no,
  shopNo: row.shop_no,
  shopName: row.shop_name,
  redemptions: row.redemptions,
  redemptionsYen: row.redemptions_yen,
  voids: row.voids,
  voidsYen: row.voids_yen,
  corrections: row.corrections,
  correctionsYen: row.corrections_yen,
  byKind: row.by_kind,
  carriedInYen: row.carried_in_yen,
  returnedYen: row.returned_yen,
  feeYen: row.fee_yen,
  paidYen: row.paid_yen,
  carriedOutYen: row.carried_out_yen,
  held: row.held,
})

export type StatementRow = Readonly<{
  statement_no: string
  shop_no: string
  shop_name: string
  redemptions: number
  redemptions_yen: number
  voids: number
  voids_yen: number
  corrections: number
  corrections_yen: number
  by_kind: KindTotals
  carried_in_yen: number
  returned_yen: number
  fee_yen: number
  paid_yen: number
  carried_out_yen: number
  held: boolean
}>

/** The statements of a run by shop number, and its transfers with the shops that share each. */
export async function runDetail(db: Db, runId: string) {
  const statements = await sql<StatementRow>`
    select st.*, s.shop_no, s.name as shop_name
    from settlement.statement st join shop.shop s using (shop_id)
    where st.run_id = ${runId} order by st.statement_no`.execute(db)
  const payouts = await sql<PayoutRow>`
    select p.payout_id, payee.payee_no, p.yen, p.state, p.state_since, p.return_reason,
      (select array_agg(s.shop_no order by s.shop_no) from settlement.statement st
        join shop.shop s using (shop_id)
        where st.run_id = p.run_id and st.payee_account_id = p.payee_account_id
          and st.paid_yen > 0) as shops
    from settlement.payout p
    join shop.payee_account account using (payee_account_id)
    join shop.payee payee on payee.payee_id = account.payee_id
    where p.run_id = ${runId} order by p.payee_account_id, p.attempt`.execute(db)
  return {
    statements: statements.rows.map(shownTotals),
    payouts: payouts.rows.map((row) => ({
      payoutId: row.payout_id,
      payeeNo: row.payee_no,
      yen: row.yen,
      state: row.state,
      stateSince: isoOf(row.state_since),
      returnReason: row.return_reason,
      shops: row.shops,
    })),
  }
}

type PayoutRow = Readonly<{
  payout_id: string
  payee_no: string
  yen: number
  state: string
  state_since: Date
  return_reason: string | null
  shops: string[]
}>
