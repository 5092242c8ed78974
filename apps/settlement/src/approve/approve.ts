import { inTransaction, type Tx } from '@minnaken/db'
import { type RunRefusal, approveRun, fileDueOf, instructPayout } from '@minnaken/domain'
import { type Refused, refused } from '@minnaken/http'
import { isBankDay } from '@minnaken/zengin'
import { type BankFile, type RenderRefusal, renderFile } from '../check/bank-file.ts'
import type { Deps } from '../deps.ts'
import { finishPostings } from '../pay/finish.ts'
import { type RunRow, type WrongState, lockRun, runOf, wrongState } from '../runs/run.ts'
import { type Statement, drawStatements } from '../statements/draw.ts'
import { slicesOf } from '../slices.ts'
import { holdPayees } from '../statements/hold.ts'
import { writeShares } from './shares.ts'

export type ApproveRefusal =
  | Readonly<{ kind: 'not_found' }>
  | WrongState
  | Extract<RunRefusal, { kind: 'self_approval' | 'hash_differs' | 'file_due_over' }>
  /** Something has changed since the check; the clerk has to check the run again. */
  | Readonly<{ kind: 'file_outdated' }>

type Approved = Readonly<{ kind: 'approved' | 'approved_before' }>

/**
 * A second person approves a run over the hash of its file, and the payouts are posted.
 *
 * The file is rendered once more, with everything it is made of held: if a shop was held back, an
 * account changed or a transfer came back since the check, it is another file and is not approved.
 * Approving the same file again answers the same, and finishes whatever was interrupted.
 */
export async function approveFile(
  deps: Deps,
  approval: Readonly<{ runId: string; sha256: string; approverId: string }>,
): Promise<Approved | Refused<ApproveRefusal>> {
  const outcome = await inTransaction(deps.db, (tx) => approve(tx, deps, approval))
  if (outcome.kind === 'refused') return outcome
  deps.onStep('run_approved')
  await finishPostings(deps)
  return outcome
}

async function approve(
  tx: Tx,
  deps: Deps,
  { runId, sha256, approverId }: Readonly<{ runId: string; sha256: string; approverId: string }>,
): Promise<Approved | Refused<ApproveRefusal>> {
  const run = await lockRun(tx, runId)
  if (run === undefined) return refused({ kind: 'not_found' })
  if (run.approved_by === approverId && run.file_sha256 === sha256)
    return { kind: 'approved_before' }
  const before = runOf(run)
  if (before.kind !== 'checked') return wrongState(before, { event: 'approve', needs: ['checked'] })
  const fileDue = fileDueOf(run.pay_date, isBankDay)
  const next = approveRun(before, { fileSha256: sha256, fileDue, by: approverId, at: deps.now() })
  if (next.kind !== 'approved') return refused(next)
  const at = next.approvedAt

  await holdPayees(tx)
  const statements = await drawStatements(tx, run)
  const file = await renderFile(tx, run, statements, deps)
  if (!isAsChecked(file, sha256) || !(await areAsWritten(tx, run, statements)))
    return refused({ kind: 'file_outdated' })
  await tx
    .updateTable('settlement.run')
    .set({ state: next.kind, approved_at: new Date(at), approved_by: next.approvedBy })
    .where('run_id', '=', runId)
    .execute()
  await writeShares(tx, run, statements)
  deps.onStep('shares_written')
  await instruct(tx, deps, { run, file, at })
  deps.onStep('payouts_instructed')
  return { kind: 'approved' }
}

const isAsChecked = (file: BankFile | Refused<RenderRefusal>, sha256: string): file is BankFile =>
  file.kind === 'rendered' && file.sha256 === sha256

/** Whether the statements that the clerk saw are those that would be drawn up now. */
async function areAsWritten(
  tx: Tx,
  { run_id }: RunRow,
  statements: readonly Statement[],
): Promise<boolean> {
  const written = await tx
    .selectFrom('settlement.statement')
    .select(['shop_id', 'payee_account_id', 'paid_yen', 'carried_out_yen', 'returned_yen', 'held'])
    .where('run_id', '=', run_id)
    .execute()
  const before = new Map(written.map((row) => [row.shop_id, row]))
  return (
    before.size === statements.length &&
    statements.every((now) => {
      const row = before.get(now.shopId)
      return (
        row !== undefined &&
        row.payee_account_id === now.payeeAccountId &&
        row.paid_yen === now.paidYen &&
        row.carried_out_yen === now.carriedOutYen &&
        row.returned_yen === now.returnedYen &&
        row.held === now.held
      )
    })
  )
}

async function instruct(
  tx: Tx,
  deps: Deps,
  { run, file, at }: Readonly<{ run: RunRow; file: BankFile; at: number }>,
): Promise<void> {
  for (const transfers of slicesOf(file.transfers))
    await tx
      .insertInto('settlement.payout')
      .values(
        transfers.map((transfer) => {
          const { payeeAccountId } = transfer
          const { kind, amountYen } = instructPayout({
            payeeAccountId,
            amountYen: transfer.yen,
            valueDate: run.pay_date,
          })
          return {
            payout_id: deps.newId(),
            run_id: run.run_id,
            payee_account_id: payeeAccountId,
            attempt: 1,
            yen: amountYen,
            new_code: transfer.newCode,
            state: kind,
            state_since: new Date(at),
          }
        }),
      )
      .execute()
}
