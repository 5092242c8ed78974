import { type Pool, type PoolClient, withClient } from '@minnaken/db'
import { jstDateOf } from '@minnaken/domain'
import {
  type Deps,
  type Desk,
  type RedeemAnswer,
  type RedeemRequest,
  byWallet,
  decideBatch,
} from '@minnaken/redemption/parts'
import {
  holdOpenDay,
  lockLots,
  readFacts,
  recordRedemption,
  recordReplay,
} from './conventional-statements.ts'
import { deskThat } from './desk.ts'

/**
 * Every genuine code in a transaction of its own, with the product's checks, rule and rows. The
 * campaigns, which never change, are read at the first request.
 */
export function conventionalDesk(deps: Deps): Desk {
  let campaigns: Promise<unknown> | undefined
  return deskThat(deps, async (bucket, request) => {
    await (campaigns ??= deps.campaigns.all())
    return redeemAlone(deps, bucket, request)
  })
}

/**
 * Hold the day, lock the wallet's lots, read the clock and the facts, decide, write: the product's
 * order, because it is what makes the answer right. Whoever holds the wallet is waited for.
 */
const redeemAlone = (deps: Deps, bucket: number, request: RedeemRequest): Promise<RedeemAnswer> =>
  inTransaction(deps.pool, async (tx) => {
    const firstDay = await holdOpenDay(tx, bucket, jstDateOf(deps.now()))
    const locked = await lockLots(tx, bucket, request.walletId)
    const decidedAt = deps.now()
    const today = jstDateOf(decidedAt)
    const isPastMidnight = firstDay !== null && today > firstDay
    const businessDate = isPastMidnight ? await holdOpenDay(tx, bucket, today) : firstDay
    const its = await readFacts(tx, bucket, { ...request, lots: locked.length })
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

async function inTransaction<T>(pool: Pool, work: (tx: PoolClient) => Promise<T>): Promise<T> {
  return withClient(pool, async (tx) => {
    await tx.query('begin')
    try {
      const result = await work(tx)
      const { command } = await tx.query('commit')
      if (command !== 'COMMIT') throw new Error(`the transaction ended in ${command}`)
      return result
    } catch (error) {
      await tx.query('rollback').catch(() => {})
      throw error
    }
  })
}
