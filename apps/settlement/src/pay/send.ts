import { inTransaction } from '@minnaken/db'
import { type RunRefusal, jstDateOf, sendRun, settleRun } from '@minnaken/domain'
import { type Refused, refused } from '@minnaken/http'
import type { Deps } from '../deps.ts'
import { type WrongState, lockRun, runOf, wrongState } from '../runs/run.ts'
import { finishPostings, partsOf, postParts } from './finish.ts'

export type SendRefusal =
  | Readonly<{ kind: 'not_found' }>
  | WrongState
  /** The run pays nobody, so there is no file that a bank could have received. */
  | Readonly<{ kind: 'no_transfers' }>

export type SettleRefusal =
  | Readonly<{ kind: 'not_found' }>
  | WrongState
  | Extract<RunRefusal, { kind: 'value_date_ahead' }>

type Done = Readonly<{ kind: 'done' | 'done_before' }>

/**
 * Notes that the bank has the file, by its receipt. The same receipt again changes nothing.
 */
export async function noteSent(
  deps: Deps,
  {
    runId,
    clerkId,
    bankReceipt,
  }: Readonly<{ runId: string; clerkId: string; bankReceipt: string }>,
): Promise<Done | Refused<SendRefusal>> {
  await finishPostings(deps)
  return inTransaction(deps.db, async (tx): Promise<Done | Refused<SendRefusal>> => {
    const row = await lockRun(tx, runId)
    if (row === undefined) return refused({ kind: 'not_found' })
    if (row.bank_receipt === bankReceipt) return { kind: 'done_before' }
    const run = runOf(row)
    if (run.kind !== 'approved') return wrongState(run, { event: 'send', needs: ['approved'] })
    const sent = sendRun(run, { by: clerkId, at: deps.now(), bankReceipt })
    const sentAt = new Date(sent.sentAt)
    await tx
      .updateTable('settlement.run')
      .set({ state: sent.kind, sent_at: sentAt, sent_by: sent.sentBy, bank_receipt: bankReceipt })
      .where('run_id', '=', runId)
      .execute()
    const payouts = await tx
      .updateTable('settlement.payout')
      .set({ state: 'sent', state_since: sentAt })
      .where('run_id', '=', runId)
      .where('state', '=', 'instructed')
      .executeTakeFirst()
    return payouts.numUpdatedRows === 0n ? refused({ kind: 'no_transfers' }) : { kind: 'done' }
  })
}

/**
 * Settles a run on its value date or later: the bank has paid, and every bucket posts its share.
 *
 * First the postings, then the state: whoever is interrupted settles again. Transfers that came
 * back stay returned.
 */
export async function settleTransfers(
  deps: Deps,
  { runId }: Readonly<{ runId: string }>,
): Promise<Done | Refused<SettleRefusal>> {
  await finishPostings(deps)
  const at = deps.now()
  const on = jstDateOf(at)
  const asked = await inTransaction(deps.db, async (tx): Promise<Done | Refused<SettleRefusal>> => {
    const row = await lockRun(tx, runId)
    if (row === undefined) return refused({ kind: 'not_found' })
    const run = runOf(row)
    if (run.kind === 'settled') return { kind: 'done_before' }
    if (run.kind !== 'sent') return wrongState(run, { event: 'settle', needs: ['sent'] })
    const settled = settleRun(run, on)
    return settled.kind === 'settled' ? { kind: 'done' } : refused(settled)
  })
  if (asked.kind !== 'done') return asked
  const parts = await partsOf(deps, runId)
  await postParts(deps, { event: 'payout_settled', runId, at, parts })
  return deps.db.transaction().execute(async (tx) => {
    const row = await lockRun(tx, runId)
    if (row?.state !== 'sent') return { kind: 'done_before' }
    await tx
      .updateTable('settlement.run')
      .set({ state: 'settled', settled_at: new Date(at) })
      .where('run_id', '=', runId)
      .execute()
    await tx
      .updateTable('settlement.payout')
      .set({ state: 'settled', state_since: new Date(at) })
      .where('run_id', '=', runId)
      .where('state', '=', 'sent')
      .execute()
    deps.onStep('run_settled')
    return { kind: 'done' }
  })
}
