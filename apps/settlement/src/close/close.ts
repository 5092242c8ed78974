import { type RunRefusal, type SettlementPeriod, assert, closeRun, openRun } from '@minnaken/domain'
import { type Refused, refused } from '@minnaken/http'
import { closeDays } from '@minnaken/ledger'
import { sql } from 'kysely'
import type { Deps } from '../deps.ts'
import { lockRun } from '../runs/run.ts'
import { type RunSummary, summaryOf } from '../runs/summary.ts'
import { drawStatements, writeStatements } from '../statements/draw.ts'
import { firstUnclosedDay, writeLines } from './lines.ts'
import { type ClosingTerms, type TermsRefusal, closingTerms } from './terms.ts'

export type CloseRefusal =
  | TermsRefusal
  | Extract<RunRefusal, { kind: 'period_not_over' }>
  /** An earlier period has payments and is not closed; its day comes first. */
  | Readonly<{ kind: 'earlier_period_open'; day: string }>

export type CloseDeps = Pick<Deps, 'db' | 'campaigns' | 'now' | 'newId' | 'onStep'>

export type Closed = Readonly<{ kind: 'closed' | 'closed_before'; run: RunSummary }>

/**
 * Closes a period: its days, then its lines, then a statement for each shop.
 *
 * Closing what is closed answers the same run and changes nothing. Whoever stopped half way, or
 * runs at the same moment, ends in the same run: the days are closed first and in transactions of
 * their own, so that whatever was in flight has a line, and every later step is written once.
 */
export async function closePeriod(
  deps: CloseDeps,
  period: SettlementPeriod,
): Promise<Closed | Refused<CloseRefusal>> {
  const { db, onStep } = deps
  const known = await findRun(deps, period)
  if (known !== undefined && known.state !== 'open')
    return { kind: 'closed_before', run: await summaryOf(db, known.runId) }

  const campaigns = await deps.campaigns.all()
  const read = closingTerms(
    campaigns.map(({ campaign }) => campaign),
    period,
  )
  if (read.kind === 'refused') return read
  const closed = closeRun(openRun(period), deps.now())
  if (closed.kind === 'period_not_over') return refused(closed)
  const buckets = await bucketsOf(deps)
  for (const bucket of buckets) {
    const day = await firstUnclosedDay(db, { bucket, before: period.periodStart })
    if (day !== null) return refused({ kind: 'earlier_period_open', day })
  }

  const runId = known?.runId ?? (await beginRun(deps, period, read.terms))
  onStep('run_opened')
  for (const bucket of buckets) {
    await closeDays(db, { bucket, first: period.periodStart, last: period.periodEnd })
    onStep(`days_closed:${bucket}`)
  }
  for (const bucket of buckets) {
    await writeLines(db, { bucket, runId, period })
    onStep(`lines_written:${bucket}`)
  }
  const kind = await finishClosing(deps, runId)
  return { kind, run: await summaryOf(db, runId) }
}

const bucketsOf = async ({ db }: CloseDeps): Promise<number[]> => {
  const rows = await db.selectFrom('ledger.bucket').select('bucket').orderBy('bucket').execute()
  return rows.map((row) => row.bucket)
}

const findRun = ({ db }: CloseDeps, { periodStart, periodEnd }: SettlementPeriod) =>
  db
    .selectFrom('settlement.run')
    .select(['run_id as runId', 'state'])
    .where('period_start', '=', periodStart)
    .where('period_end', '=', periodEnd)
    .executeTakeFirst()

/** Opens the run under the next number, or finds the one that somebody else just opened. */
async function beginRun(
  deps: CloseDeps,
  period: SettlementPeriod,
  terms: ClosingTerms,
): Promise<string> {
  const { periodStart, periodEnd } = period
  for (let tries = 1; ; tries += 1) {
    assert(tries <= 20, 'a run gets a number')
    await sql`
      insert into settlement.run (run_id, run_no, period_start, period_end, pay_date, fee_bps,
        minimum_yen, state, opened_at)
      select ${deps.newId()}::uuid, coalesce(max(run_no), 0) + 1, ${periodStart}::date,
        ${periodEnd}::date, ${terms.payDate}::date, ${terms.feeBps}::int,
        ${terms.minimumYen}::bigint, 'open', ${new Date(deps.now())}::timestamptz
      from settlement.run
      on conflict do nothing`.execute(deps.db)
    const run = await findRun(deps, period)
    if (run !== undefined) return run.runId
  }
}

/** Draws up the statements and freezes the list. Of several who come here one does it. */
const finishClosing = (deps: CloseDeps, runId: string): Promise<Closed['kind']> =>
  deps.db.transaction().execute(async (tx) => {
    const run = await lockRun(tx, runId)
    assert(run !== undefined, 'a run that was opened is there')
    if (run.state !== 'open') return 'closed_before'
    await writeStatements(tx, run, await drawStatements(tx, run))
    deps.onStep('statements_drawn')
    await tx
      .updateTable('settlement.run')
      .set({ state: 'closed', closed_at: new Date(deps.now()) })
      .where('run_id', '=', runId)
      .execute()
    deps.onStep('run_closed')
    return 'closed'
  })
