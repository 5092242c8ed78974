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
    payout_state: string | null
    payout_since: Date | null
    return_reason: string | null
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
      run.period_end, run.pay_date, right(account.account_number, 3) as account,
      payout.state as payout_state, payout.state_since as payout_since, payout.return_reason
    from settlement.statement st
    join settlement.run run using (run_id)
    join shop.shop s using (shop_id)
    left join shop.payee_account account on account.payee_account_id = st.payee_account_id
    left join lateral (
      select p.state, p.state_since, p.return_reason from settlement.payout p
      where p.run_id = st.run_id and p.payee_account_id = st.payee_account_id and st.paid_yen > 0
      order by p.attempt desc limit 1
    ) payout on true
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
    payout: payoutOf(row),
  }))
}

/** How the transfer went that this statement belongs to; null when nothing was transferred. */
const payoutOf = ({ payout_state, payout_since, return_reason }: OwnRow) =>
  payout_state === null || payout_since === null
    ? null
    : { state: payout_state, stateSince: isoOf(payout_since), returnReason: return_reason }

export type WholeStatement = NonNullable<Awaited<ReturnType<typeof wholeStatement>>>

/** A statement with its lines; null when the shop has none of this number. */
export async function wholeStatement(
  { db }: Readonly<{ db: Db }>,
  { shopId, statementNo }: Readonly<{ shopId: string; statementNo: string }>,
) {
  const [statement] = await statementsOf(db, { shopId, statementNo })
  if (statement === undefined) return null
  return { ...statement, lines: await linesOf(db, { shopId, runNo: statement.run.runNo }) }
}

/** Every line of a statement, in the order of time. It names no customer. */
async function linesOf(db: Db, { shopId, runNo }: Readonly<{ shopId: string; runNo: number }>) {
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
