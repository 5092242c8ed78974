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
import {
  lockLots,
  readEarlier,
  readFacts,
  recordRedemption,
  recordReplay,
} from './conventional-statements.ts'
import { deskThat } from './desk.ts'
import { oneByOne } from './one-by-one.ts'

/**
 * Every genuine code in a transaction of its own, with the product's checks, rule and rows, and one
 * statement after the other, as a service is written that is not about to be measured.
 */
export const conventionalDesk = (deps: Deps): Desk =>
  deskThat(deps, (bucket, request) => redeemAlone(deps, oneByOne, { bucket, request }))

/**
 * As good as it can be made without a batch: the same statements, in the product's two trips, the
 * first up to the facts and the second with the writes and the commit.
 */
export const unbatchedDesk = (deps: Deps): Desk =>
  deskThat(deps, (bucket, request) => redeemAlone(deps, inTransaction, { bucket, request }))

/** Whoever holds the wallet is waited for; the locks are of one wallet, in the order of its lots. */
const redeemAlone = (
  deps: Deps,
  transact: typeof inTransaction,
  { bucket, request }: Readonly<{ bucket: number; request: RedeemRequest }>,
): Promise<RedeemAnswer> =>
  transact(deps.pool, async (tx, withCommit) => {
    const { locked, decidedAt, businessDate } = await holdDayAndLock(tx, {
      bucket,
      now: deps.now,
      lock: async (holdDay) => {
        const [days, lots, [row]] = await tx.trip([
          holdDay,
          lockLots(bucket, request.walletId),
          readFacts(bucket, request),
        ])
        return [days, { lots, row }]
      },
    })
    const { lots, row } = locked
    if (row === undefined) throw new Error('a device, wallet, till or shop is missing')
    const { used, ...facts } = row
    const earlier = used === null ? null : await readEarlier(tx, bucket, used)
    await deps.campaigns.learn(
      tx,
      lots.map((lot) => lot.campaignId),
    )
    const { answers, redemptions, replays, remainders } = decideBatch({
      requests: [request],
      facts: [{ ...facts, earlier, lots: lots.length }],
      lotsOf: byWallet(lots, (id) => deps.campaigns.known(id)),
      decidedAt,
      newId: deps.newId,
    })
    const [answer] = answers
    const [redemption] = redemptions
    const [replay] = replays
    if (answer === undefined) throw new Error('a request has no answer')
    if (redemption !== undefined) {
      if (businessDate === null) throw new Error('no business day is open')
      withCommit(...recordRedemption({ bucket, businessDate, decidedAt, redemption, remainders }))
    }
    if (replay !== undefined) withCommit(recordReplay(bucket, replay, decidedAt))
    return answer
  })
