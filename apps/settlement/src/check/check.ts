import { inTransaction } from '@minnaken/db'
import { checkRun, jstDateOf, payDateFrom } from '@minnaken/domain'
import { type Refused, refused } from '@minnaken/http'
import { isBankDay } from '@minnaken/zengin'
import type { Deps } from '../deps.ts'
import { finishPostings } from '../pay/finish.ts'
import { earlierUnapproved } from '../runs/earlier.ts'
import { type WrongState, lockRun, runOf, wrongState } from '../runs/run.ts'
import { type Statement, drawStatements, writeStatements } from '../statements/draw.ts'
import { holdPayees } from '../statements/hold.ts'
import { type BankFile, type RenderRefusal, renderFile } from './bank-file.ts'

export type CheckRefusal =
  | Readonly<{ kind: 'not_found' }>
  | WrongState
  /** What an earlier run leaves to this one is not settled before its approval. */
  | Readonly<{ kind: 'earlier_run_unapproved'; runNo: number }>
  | RenderRefusal

export type Checked = Readonly<{
  kind: 'checked'
  file: BankFile
  statements: readonly Statement[]
}>

/**
 * A clerk checks a run: the statements are drawn up as things stand now, the banks' file is
 * rendered, and its hash is shown. Where the bank no longer takes a file for the pay date, shops are
 * paid on the next day for which it does.
 *
 * A run can be checked again as long as nobody has approved it, after a shop was held for instance.
 * Whoever checked last stands for the file; the same clerk with the same file changes nothing.
 */
export async function checkFile(
  deps: Deps,
  { runId, clerkId }: Readonly<{ runId: string; clerkId: string }>,
): Promise<Checked | Refused<CheckRefusal>> {
  await finishPostings(deps)
  return inTransaction(deps.db, async (tx): Promise<Checked | Refused<CheckRefusal>> => {
    const closed = await lockRun(tx, runId)
    if (closed === undefined) return refused({ kind: 'not_found' })
    const on = jstDateOf(deps.now())
    const run = { ...closed, pay_date: payDateFrom({ payDate: closed.pay_date, on, isBankDay }) }
    const before = runOf(run)
    if (before.kind !== 'closed' && before.kind !== 'checked')
      return wrongState(before, { event: 'check', needs: ['closed', 'checked'] })
    const runNo = await earlierUnapproved(tx, run)
    if (runNo !== null) return refused({ kind: 'earlier_run_unapproved', runNo })

    await holdPayees(tx)
    const statements = await drawStatements(tx, run)
    const file = await renderFile(tx, run, statements, deps)
    if (file.kind === 'refused') return file
    await writeStatements(tx, run, statements)
    deps.onStep('statements_redrawn')
    // An empty file names no day.
    const isSameFile = closed.file_sha256 === file.sha256 && closed.pay_date === run.pay_date
    if (!isSameFile || closed.checked_by !== clerkId) {
      const { fileSha256, checkedBy, checkedAt, kind } = checkRun(before, {
        fileSha256: file.sha256,
        valueDate: run.pay_date,
        by: clerkId,
        at: deps.now(),
      })
      await tx
        .updateTable('settlement.run')
        .set({
          state: kind,
          pay_date: run.pay_date,
          checked_at: new Date(checkedAt),
          checked_by: checkedBy,
          file: file.bytes,
          file_sha256: fileSha256,
        })
        .where('run_id', '=', runId)
        .execute()
    }
    deps.onStep('run_checked')
    return { kind: 'checked', file, statements }
  })
}
