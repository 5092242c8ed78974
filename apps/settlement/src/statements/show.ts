import type { Db } from '@minnaken/db'
import { bucketedId } from '@minnaken/domain'
import { isoOf } from '@minnaken/http'
import { sql } from 'kysely'
import { type StatementRow, shownTotals } from '../runs/detail.ts'

type OwnRow = StatementRow &
  Readonly<{
    run_no: number
    state: string
    period_start: string
    period_end: string
    pay_date: string
    account: string | null
  }>

/**
 * The statements of a shop, the newest first; or the one with a number.
 *
 * Before a second person approved its run a statement is a draft and is shown to nobody's shop.
 * Of the account only the last three digits are shown.
 */
export async function statementsOf(
  db: Db,
  { shopId, statementNo }: Readonly<{ shopId: string; statementNo?: string }>,
) {
  const { rows } = await sql<OwnRow>`
    select st.*, s.shop_no, s.name as shop_name, run.run_no, run.state, run.period_start,
      run.period_end, run.pay_date, right(account.account_number, 3) as account
    from settlement.statement st
    join settlement.run run using (run_id)
    join shop.shop s using (shop_id)
    left join shop.payee_account account on account.payee_account_id = st.payee_account_id
    where st.shop_id = ${shopId} and run.approved_at is not null
      and (${statementNo ?? null}::text is null or st.statement_no = ${statementNo ?? null}::text)
    order by run.run_no desc`.execute(db)
  return rows.map((row) => ({
    ...shownTotals(row),
    run: {
      runNo: row.run_no,
      state: row.state,
      periodStart: row.period_start,
      periodEnd: row.period_end,
      payDate: row.pay_date,
    },
    account: row.account === null ? null : `****${row.account}`,
  }))
}

/** Every line of a statement, in the order of time. It names no customer. */
export async function linesOf(
  db: Db,
  { shopId, runNo }: Readonly<{ shopId: string; runNo: number }>,
) {
  const { rows } = await sql<LineRow>`
    select n.bucket, n.source_id, n.kind, n.yen, n.business_date, v.redemption_id as original_id,
      coalesce(r.decided_at, v.decided_at) as decided_at, till.name as till,
      (select json_agg(json_build_object('kind', substr(case n.kind when 'redemption'
            then leg.debit_account else leg.credit_account end, 9), 'yen', leg.yen)
          order by leg.leg_no)
        from ledger.leg leg where leg.bucket = n.bucket and leg.posting_id = n.source_id) as split
    from settlement.settlement_line n
    join settlement.run run using (run_id)
    left join ledger.redemption r on r.bucket = n.bucket and r.redemption_id = n.source_id
    left join ledger.void v on v.bucket = n.bucket and v.void_id = n.source_id
    left join redemption.till till on till.till_id = r.till_id
    where n.shop_id = ${shopId} and run.run_no = ${runNo}
    order by decided_at, n.source_id`.execute(db)
  return rows.map((row) => ({
    kind: row.kind,
    yen: row.yen,
    businessDate: row.business_date,
    decidedAt: isoOf(row.decided_at),
    receiptNo: bucketedId(row.bucket, row.source_id),
    originalReceiptNo: row.original_id === null ? null : bucketedId(row.bucket, row.original_id),
    till: row.till,
    split: row.split,
  }))
}

type LineRow = Readonly<{
  bucket: number
  source_id: string
  kind: 'redemption' | 'void' | 'correction'
  yen: number
  business_date: string
  original_id: string | null
  decided_at: Date
  till: string | null
  split: { kind: string; yen: number }[]
}>
