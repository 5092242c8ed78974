import { holdDayAndLock } from '@minnaken/ledger'
import {
  type Deps,
  type Desk,
  type RedeemAnswer,
  type RedeemRequest,
  byWallet,
  decideBatch,
  inTransaction,
} from '@minnaken/redemption/parts'
import { lockLots, readFacts, recordRedemption, recordReplay } from './conventional-statements.ts'
import { deskThat } from './desk.ts'

/** Every genuine code in a transaction of its own, with the product's checks, rule and rows. */
export const conventionalDesk = (deps: Deps): Desk =>
  deskThat(deps, (bucket, request) => redeemAlone(deps, bucket, request))

/**
 * Hold the day, lock the wallet's lots, read the facts, decide, write: the product's order, because
 * it is what makes the answer right. Whoever holds the wallet is waited for.
 */
const redeemAlone = (deps: Deps, bucket: number, request: RedeemRequest): Promise<RedeemAnswer> =>
  inTransaction(deps.pool, async (tx) => {
    const { locked, decidedAt, businessDate } = await holdDayAndLock(tx, {
      bucket,
      now: deps.now,
      lock: () => lockLots(tx, bucket, request.walletId),
    })
    const its = await readFacts(tx, bucket, { ...request, lots: locked.length })
    await deps.campaigns.learn(
      tx,
      locked.map((lot) => lot.campaignId),
    )
    const { answers, redemptions, replays, remainders } = decideBatch({
      requests: [request],
      facts: [its],
      lotsOf: byWallet(locked, (id) => deps.campaigns.known(id)),
      decidedAt,
      newId: deps.newId,
    })
    const [answer] = answers
    const [redemption] = redemptions
    const [replay] = replays
    if (answer === undefined) throw new Error('a request has no answer')
    if (redemption !== undefined) {
      if (businessDate === null) throw new Error('no business day is open')
      await recordRedemption(tx, { bucket, businessDate, decidedAt, redemption, remainders })
    }
    if (replay !== undefined) await recordReplay(tx, { bucket, decidedAt, replay })
    return answer
  })
