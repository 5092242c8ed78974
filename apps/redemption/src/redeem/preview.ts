import { assert } from '@minnaken/domain'
import { readLots } from '@minnaken/ledger'
import type { Deps } from '../deps.ts'
import { inTransaction } from '../transaction.ts'
import { type RedeemAnswer, decideBatch } from './decide-batch.ts'
import { readFacts, withEarlier } from './facts.ts'
import { byWallet } from './lots.ts'
import type { RedeemRequest } from './request.ts'

/**
 * What a redemption would be answered now, by the same decision, writing nothing.
 *
 * Promises nothing: between preview and payment the balance may be spent elsewhere.
 */
export const previewRedemption = (
  deps: Deps,
  bucket: number,
  request: RedeemRequest,
): Promise<RedeemAnswer> =>
  inTransaction(deps.pool, async (tx) => {
    const [held, rows] = await tx.trip([
      readLots(bucket, [request.walletId]),
      readFacts(bucket, [request]),
    ])
    const decidedAt = deps.now()
    const facts = await withEarlier(tx, bucket, rows)
    await deps.campaigns.learn(
      tx,
      held.map((lot) => lot.campaignId),
    )
    const lotsOf = byWallet(held, (id) => deps.campaigns.known(id))
    const { answers } = decideBatch({
      requests: [request],
      facts,
      lotsOf,
      decidedAt,
      newId: deps.newId,
    })
    const [answer] = answers
    assert(answer !== undefined, 'a preview has its answer')
    return answer
  })
