import { jstDateOf } from '@minnaken/domain'
import { type BatchTx, holdOpenDay, lockLots, recordRedemptions } from '@minnaken/ledger'
import type { Deps } from '../deps.ts'
import { inTransaction } from '../transaction.ts'
import { type RedeemAnswer, decideBatch } from './decide-batch.ts'
import { readFacts } from './facts.ts'
import { byWallet } from './lots.ts'
import type { RedeemRequest } from './request.ts'

/**
 * Redeems a batch of codes of one bucket in one transaction: hold the day, lock the lots, read the
 * facts, decide each in order, record all.
 *
 * The clock is read after the lots are locked. Read before, a retry at 65.1 s was told
 * `code_expired` and then its first try at 64.9 s was accepted.
 * Answers in the order of the requests. Throws OutcomeUnknown when nobody knows whether it took effect.
 */
export const redeemBatch = (
  deps: Deps,
  bucket: number,
  requests: readonly RedeemRequest[],
): Promise<readonly RedeemAnswer[]> =>
  inTransaction(deps.pool, async (tx) => {
    const firstDay = await holdOpenDay(tx, bucket, jstDateOf(deps.now()))
    const walletIds = [...new Set(requests.map((it) => it.walletId))]
    const locked = await lockLots(tx, bucket, walletIds)
    const decidedAt = deps.now()
    const today = jstDateOf(decidedAt)
    const businessDate =
      firstDay !== null && today > firstDay ? await holdOpenDay(tx, bucket, today) : firstDay

    const facts = await readFacts(tx, bucket, requests)
    await deps.campaigns.learn(
      tx,
      locked.map((lot) => lot.campaignId),
    )
    const lotsOf = byWallet(locked, (id) => deps.campaigns.known(id))
    const decision = decideBatch({ requests, facts, lotsOf, decidedAt, newId: deps.newId })
    await record(tx, bucket, { ...decision, decidedAt, businessDate })
    return decision.answers
  })

async function record(
  tx: BatchTx,
  bucket: number,
  batch: Omit<Parameters<typeof recordRedemptions>[1], 'bucket' | 'businessDate'> & {
    businessDate: string | null
  },
): Promise<void> {
  const { redemptions, replays, businessDate } = batch
  if (redemptions.length + replays.length === 0) return
  if (businessDate === null && redemptions.length > 0)
    throw new Error('vouchers can be spent, and no business day is open')
  await recordRedemptions(tx, {
    ...batch,
    bucket,
    businessDate: businessDate ?? jstDateOf(batch.decidedAt),
  })
}
