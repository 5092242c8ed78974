import { inTransaction } from '@minnaken/db'
import { checkRun } from '@minnaken/domain'
import { type Refused, refused } from '@minnaken/http'
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
 * rendered, and its hash is shown.
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
    const run = await lockRun(tx, runId)
    if (run === undefined) return refused({ kind: 'not_found' })
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
    if (run.file_sha256 !== file.sha256 || run.checked_by !== clerkId) {
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
