import type { Statement } from '@minnaken/db'
import { type JstDate, assert, jstDateOf } from '@minnaken/domain'
import { holdDayAndLock, lockLots, recordRedemptions } from '@minnaken/ledger'
import type { Deps } from '../deps.ts'
import { inTransaction } from '../transaction.ts'
import { type BatchDecision, type RedeemAnswer, decideBatch } from './decide-batch.ts'
import { type RequestFacts, readFacts, withEarlier } from './facts.ts'
import { byWallet } from './lots.ts'
import type { RedeemRequest } from './request.ts'

/** Somebody else holds the wallet at this moment: nothing was decided. */
export type WalletHeld = Readonly<{ kind: 'wallet_held' }>

/**
 * Redeems a batch of codes of one bucket in one transaction: hold the day, lock the lots, read the
 * facts, decide each in order, record all.
 *
 * With `skip_held` a wallet that somebody else holds is left out and answered `wallet_held`, so that
 * nobody waits for a stranger's wallet; with `wait` the batch waits for it.
 * Answers in the order of the requests. Throws OutcomeUnknown when nobody knows whether it took effect.
 */
export const redeemBatch = (
  deps: Deps,
  bucket: number,
  requests: readonly RedeemRequest[],
  held: 'wait' | 'skip_held',
): Promise<readonly (RedeemAnswer | WalletHeld)[]> =>
  inTransaction(deps.pool, async (tx, withCommit) => {
    const walletIds = new Set(requests.map((it) => it.walletId))
    const { locked, decidedAt, businessDate } = await holdDayAndLock(tx, {
      bucket,
      now: deps.now,
      lock: async (holdDay) => {
        const [days, lots, rows] = await tx.trip([
          holdDay,
          lockLots(bucket, walletIds, held),
          readFacts(bucket, requests),
        ])
        return [days, { lots, rows }]
      },
    })
    const { lots, rows } = locked
    if (rows.length !== requests.length)
      throw new Error('a device, wallet, till or shop is missing')
    const facts = await withEarlier(tx, bucket, rows)
    await deps.campaigns.learn(
      tx,
      lots.map((lot) => lot.campaignId),
    )
    const lotsOf = byWallet(lots, (id) => deps.campaigns.known(id))
    const free = requests.flatMap((request, place) => {
      const its = facts[place]
      assert(its !== undefined, 'every request has its facts')
      const isHeld = held === 'skip_held' && lotsOf(request.walletId).length < its.lots
      return isHeld ? [] : [{ request, its, place }]
    })
    const decision = decideBatch({
      requests: free.map(({ request }) => request),
      facts: free.map(({ its }) => its),
      lotsOf,
      decidedAt,
      newId: deps.newId,
    })
    withCommit(...record({ bucket, decision, decidedAt, businessDate }))
    return answersInOrder(requests.length, free, decision)
  })

function answersInOrder(
  count: number,
  free: readonly Readonly<{ its: RequestFacts; place: number }>[],
  { answers }: BatchDecision,
): (RedeemAnswer | WalletHeld)[] {
  const inOrder: (RedeemAnswer | WalletHeld)[] = Array.from({ length: count }, () => ({
    kind: 'wallet_held',
  }))
  free.forEach(({ place }, index) => {
    const answer = answers[index]
    assert(answer !== undefined, 'every free request has its answer')
    inOrder[place] = answer
  })
  return inOrder
}

function record(
  batch: Readonly<{
    bucket: number
    decision: BatchDecision
    decidedAt: number
    businessDate: JstDate | null
  }>,
): Statement[] {
  const { bucket, decision, decidedAt, businessDate } = batch
  const { redemptions, replays } = decision
  if (redemptions.length + replays.length === 0) return []
  if (businessDate === null && redemptions.length > 0)
    throw new Error('vouchers can be spent, and no business day is open')
  return [
    recordRedemptions({
      ...decision,
      bucket,
      decidedAt,
      businessDate: businessDate ?? jstDateOf(decidedAt),
    }),
  ]
}
