import { type Yen, yen } from '@minnaken/domain'
import { type PayoutEvent, postPayouts } from '@minnaken/ledger'
import type { Deps } from '../deps.ts'

export type FinishDeps = Pick<Deps, 'db' | 'now' | 'newId' | 'onStep'>

/** A shop's part of a run in one bucket. */
type Part = Readonly<{ bucket: number; shopNo: string; paid: Yen; fee: Yen }>

/**
 * Finishes the postings of whatever was decided and interrupted: approvals, and transfers that
 * came back.
 *
 * What was decided stands in its own rows with its amounts, so this can be done at any time, by
 * anybody, by several at once and again; every step that goes on from there begins with it.
 */
export async function finishPostings(deps: FinishDeps): Promise<void> {
  const { db } = deps
  const runs = await db
    .selectFrom('settlement.run')
    .select(['run_id', 'approved_at'])
    .where('approved_at', 'is not', null)
    .where('posted_at', 'is', null)
    .orderBy('run_no')
    .execute()
  for (const { run_id: runId, approved_at } of runs) {
    const at = (approved_at ?? new Date(deps.now())).getTime()
    await postParts(deps, {
      event: 'payout_approved',
      runId,
      at,
      parts: await partsOf(deps, runId),
    })
    await db
      .updateTable('settlement.run')
      .set({ posted_at: new Date(deps.now()) })
      .where('run_id', '=', runId)
      .where('posted_at', 'is', null)
      .execute()
    deps.onStep('run_posted')
  }
  const returned = await db
    .selectFrom('settlement.payout')
    .select(['payout_id', 'run_id', 'payee_account_id', 'state_since'])
    .where('state', '=', 'returned')
    .where('return_posted_at', 'is', null)
    .orderBy('payout_id')
    .execute()
  for (const payout of returned) {
    const { run_id: runId, payee_account_id: payeeAccountId } = payout
    const parts = await partsOf(deps, runId, payeeAccountId)
    const at = payout.state_since.getTime()
    // Money that came back had left: the bank made the transfer before it sent it back.
    await postParts(deps, { event: 'payout_settled', runId, at, parts })
    await postParts(deps, { event: 'payout_returned', runId, at, parts })
    await db
      .updateTable('settlement.payout')
      .set({ return_posted_at: new Date(deps.now()) })
      .where('payout_id', '=', payout.payout_id)
      .where('return_posted_at', 'is', null)
      .execute()
    deps.onStep('return_posted')
  }
}

/** Posts an event for some shops of a run, each bucket in a transaction of its own. */
export async function postParts(
  { db, newId, onStep }: FinishDeps,
  {
    parts,
    ...entry
  }: Readonly<{ event: PayoutEvent; runId: string; at: number; parts: readonly Part[] }>,
): Promise<void> {
  const byBucket = Map.groupBy(parts, (part) => part.bucket)
  for (const [bucket, own] of [...byBucket].toSorted(([a], [b]) => a - b)) {
    await db.transaction().execute((tx) => postPayouts(tx, { bucket, ...entry, parts: own, newId }))
    onStep(`${entry.event}:${bucket}`)
  }
}

/** The shares of a run, of all its shops or of those paid to one account. */
export async function partsOf(
  { db }: Pick<Deps, 'db'>,
  runId: string,
  payeeAccountId?: string,
): Promise<Part[]> {
  let query = db
    .selectFrom('settlement.share as share')
    .innerJoin('shop.shop as shop', 'shop.shop_id', 'share.shop_id')
    .innerJoin('settlement.statement as statement', (join) =>
      join
        .onRef('statement.run_id', '=', 'share.run_id')
        .onRef('statement.shop_id', '=', 'share.shop_id'),
    )
    .select(['share.bucket', 'shop.shop_no', 'share.paid_yen', 'share.fee_yen'])
    .where('share.run_id', '=', runId)
  if (payeeAccountId !== undefined)
    query = query
      .where('statement.payee_account_id', '=', payeeAccountId)
      .where('statement.paid_yen', '>', 0)
  const rows = await query.orderBy('share.bucket').orderBy('shop.shop_no').execute()
  return rows.map((row) => ({
    bucket: row.bucket,
    shopNo: row.shop_no,
    paid: yen(row.paid_yen),
    fee: yen(row.fee_yen),
  }))
}
