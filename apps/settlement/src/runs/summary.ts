import type { Db } from '@minnaken/db'
import { type Yen, yen } from '@minnaken/domain'
import { isoOrNull } from '@minnaken/http'
import { sql } from 'kysely'

/** A run in figures. `payableYen` is what it pays: the sum of its statements. */
export type RunSummary = Readonly<{
  runId: string
  runNo: number
  periodStart: string
  periodEnd: string
  payDate: string
  state: string
  shops: number
  lines: number
  payableYen: Yen
  transfers: number
  fileSha256: string | null
  closedAt: string | null
  checkedAt: string | null
  checkedBy: string | null
  approvedAt: string | null
  approvedBy: string | null
  sentAt: string | null
  bankReceipt: string | null
  settledAt: string | null
}>

/** Every run, the newest first. */
export async function listRuns(db: Db, runId?: string): Promise<RunSummary[]> {
  const { rows } = await sql<RunFigures>`
    select run.*, coalesce(st.shops, 0) as shops, coalesce(st.payable, 0) as payable,
      coalesce(st.transfers, 0) as transfers, coalesce(n.lines, 0) as lines
    from (select run_id, run_no, period_start, period_end, pay_date, state, file_sha256, closed_at,
        checked_at, checked_by, approved_at, approved_by, sent_at, bank_receipt, settled_at
      from settlement.run) run
    left join (select run_id, count(*) as shops, sum(paid_yen) as payable,
        count(distinct payee_account_id) filter (where paid_yen > 0) as transfers
      from settlement.statement group by run_id) st using (run_id)
    left join (select run_id, count(*) as lines from settlement.settlement_line group by run_id) n
      using (run_id)
    where ${runId ?? null}::uuid is null or run_id = ${runId ?? null}::uuid
    order by run_no desc`.execute(db)
  return rows.map((row) => ({
    runId: row.run_id,
    runNo: row.run_no,
    periodStart: row.period_start,
    periodEnd: row.period_end,
    payDate: row.pay_date,
    state: row.state,
    shops: row.shops,
    lines: row.lines,
    payableYen: yen(row.payable),
    transfers: row.transfers,
    fileSha256: row.file_sha256,
    closedAt: isoOrNull(row.closed_at),
    checkedAt: isoOrNull(row.checked_at),
    checkedBy: row.checked_by,
    approvedAt: isoOrNull(row.approved_at),
    approvedBy: row.approved_by,
    sentAt: isoOrNull(row.sent_at),
    bankReceipt: row.bank_receipt,
    settledAt: isoOrNull(row.settled_at),
  }))
}

export async function summaryOf(db: Db, runId: string): Promise<RunSummary> {
  const [run] = await listRuns(db, runId)
  if (run === undefined) throw new Error(`run ${runId} is not there`)
  return run
}

type RunFigures = Readonly<{
  run_id: string
  run_no: number
  period_start: string
  period_end: string
  pay_date: string
  state: string
  file_sha256: string | null
  closed_at: Date | null
  checked_at: Date | null
  checked_by: string | null
  approved_at: Date | null
  approved_by: string | null
  sent_at: Date | null
  bank_receipt: string | null
  settled_at: Date | null
  shops: number
  lines: number
  payable: number
  transfers: number
}>
