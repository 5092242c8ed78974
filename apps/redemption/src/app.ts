import { type Origin, authenticate } from '@minnaken/auth'
import {
  isConnectionLost,
  isDeadlock,
  isLockTimeout,
  isPoolExhausted,
  isStatementTimeout,
} from '@minnaken/db'
import {
  type Limits,
  type Log,
  type Metrics,
  type Origins,
  type ProblemReply,
  type ReadyChecks,
  createMetrics,
  createService,
  problem,
} from '@minnaken/http'
import { dayCsvRoute, dayRoute } from './day/route.ts'
import type { Deps } from './deps.ts'
import {
  listDevicesRoute,
  registerDeviceRoute,
  revokeDeviceRoute,
  timeRoute,
} from './devices/route.ts'
import { LiveBoard } from './live/board.ts'
import { codeRoute, liveCodesRoute, liveShopRoute } from './live/route.ts'
import { numberReader } from './numbers/find.ts'
import { issueNumberRoute } from './numbers/route.ts'
import { payPreviewRoute, payRoute, shopCodeRoute } from './payments/route.ts'
import { printedShopFinder } from './payments/shop.ts'
import { problems } from './problems.ts'
import { codeFinder, codeReader, keyFinder } from './redeem/code.ts'
import { type Desk, openBuckets, openDesk } from './redeem/desk.ts'
import { previewRoute, redeemRoute } from './redeem/route.ts'
import { measureDesk } from './redeem/watch.ts'
import {
  joinShopRoute,
  listTillsRoute,
  makeJoinCodeRoute,
  revokeTillRoute,
  showTillRoute,
} from './tills/route.ts'
import { tillFinder } from './tills/tills.ts'
import { OutcomeUnknown } from './transaction.ts'
import { voidRoute } from './void/route.ts'

/** Shops take vouchers. The routes in order are the table of contents of this service. */
export function redemptionService(
  deps: Deps,
  {
    metrics = createMetrics({ service: 'redemption' }),
    desk: givenDesk,
    payments = deps,
    voids = deps,
    aside = deps,
    ...edge
  }: Readonly<{
    origins: Origins
    log: Log
    metrics?: Metrics
    ready: () => Promise<ReadyChecks>
    limits?: Partial<Limits>
    /** Who decides on codes, when it is not this service's own: to measure other designs. */
    desk?: Desk
    /** Connections that carry batches and nothing else, so that these wait for nobody. */
    payments?: Pick<Deps, 'pool'>
    /** A few for voids alone: however many come from one till, no payment waits for them. */
    voids?: Pick<Deps, 'pool'>
    /** Connections for whatever is no payment and no void; who asks is looked up by those of `deps`. */
    aside?: Pick<Deps, 'db' | 'pool'>
  }>,
) {
  const paying = { ...deps, pool: payments.pool }
  const apart = { ...deps, db: aside.db, pool: aside.pool }
  const findKey = keyFinder(deps)
  const watch = measureDesk(metrics)
  const ownLine = { refused: watch.crowd }
  const buckets = openBuckets(paying, watch)
  const desk = givenDesk ?? openDesk(deps, { buckets, findCode: codeFinder(findKey), aside })
  const payDesk = {
    buckets,
    findKey,
    findShop: printedShopFinder(deps),
    origin: residentsAt(edge.origins),
  }
  const readNumber = numberReader(deps)
  const board = new LiveBoard(apart, (error) => edge.log.fault(error, { what: 'live board' }))
  const taken = () => board.nudge()
  return createService({
    ...edge,
    metrics,
    name: 'redemption',
    problems,
    authenticate: authenticate({ ...deps, findTill: tillFinder(deps) }),
    explainFault: (error) => explainFault(error, edge.log),
    routes: [
      redeemRoute(desk, readNumber, { hasRoom: buckets.hasRoom, ownLine, taken }),
      previewRoute(desk, readNumber),
      payRoute(deps, payDesk, { ownLine, taken }),
      payPreviewRoute(apart, payDesk),
      shopCodeRoute(apart),
      issueNumberRoute(apart, codeReader(findKey)),
      liveCodesRoute(apart, board),
      codeRoute(apart),
      voidRoute({ ...deps, pool: voids.pool }),
      dayRoute(apart),
      dayCsvRoute(apart),
      liveShopRoute(apart, board),
      makeJoinCodeRoute(apart),
      joinShopRoute(apart),
      showTillRoute(apart),
      listTillsRoute(apart),
      revokeTillRoute(apart),
      registerDeviceRoute(apart, payDesk.origin),
      listDevicesRoute(apart),
      revokeDeviceRoute(apart),
      timeRoute(apart),
    ],
  })
}

/** Where residents confirm with their passkeys. */
function residentsAt({ resident }: Origins): Origin {
  if (resident === undefined) throw new Error('the origin of the residents’ app is needed')
  return { origin: resident, rpId: new URL(resident).hostname }
}

/** What a till is told when nothing was done, or nobody knows: to send the same again. */
export function explainFault(error: unknown, log: Log): ProblemReply | null {
  // Rolled back, or never begun, because others were in the way: nothing was done.
  if (isLockTimeout(error) || isStatementTimeout(error) || isDeadlock(error)) return problem('busy')
  if (isPoolExhausted(error)) return problem('busy')
  // The database went away, perhaps after it had written: the same request again finds out.
  if (error instanceof OutcomeUnknown || isConnectionLost(error)) {
    log.fault(error, { what: 'outcome unknown' })
    return problem('outcome_unknown')
  }
  return null
}
