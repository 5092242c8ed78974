import { authenticate } from '@minnaken/auth'
import {
  isConnectionLost,
  isDeadlock,
  isLockTimeout,
  isPoolExhausted,
  isStatementTimeout,
} from '@minnaken/db'
import {
  createService,
  type Metrics,
  type Origins,
  problem,
  type ProblemReply,
  type ReadyChecks,
} from '@minnaken/http'
import {
  askPlaceRoute,
  takePlaceRoute,
  waitingRoomRoute,
  waitingRoomScriptRoute,
  waitingRoomStyleRoute,
} from './admission/route.ts'
import {
  applyRoute,
  changeApplicationRoute,
  claimApplicationRoute,
  keyApplicationsRoute,
  showApplicationRoute,
  withdrawApplicationRoute,
} from './apply/route.ts'
import { listCampaignsRoute, openCampaignRoute, showCampaignRoute } from './campaigns/route.ts'
import type { Deps } from './deps.ts'
import {
  commitDrawRoute,
  freezeDrawRoute,
  publicationRoute,
  publishDrawRoute,
  resultRoute,
  runDrawRoute,
  showDrawRoute,
  whatIfRoute,
} from './draw/route.ts'
import { closeRefundCaseRoute, listRefundCasesRoute, releaseRoute } from './pay/clerk-route.ts'
import { paymentNoticeRoute, slipPaymentRoute } from './pay/notice-route.ts'
import { listOrdersRoute, placeOrderRoute, showOrderRoute } from './pay/order-route.ts'
import { problems } from './problems.ts'
import {
  meRoute,
  registerRoute,
  registrationOptionsRoute,
  signInOptionsRoute,
  signInRoute,
  signOutEverywhereRoute,
  signOutRoute,
} from './sessions/route.ts'
import { historyRoute, stopWalletRoute, walletRoute } from './wallet/route.ts'

/** Residents apply, win and pay. The routes in order are the table of contents of this service. */
export const purchaseService = (
  deps: Deps,
  edge: Readonly<{
    origins: Origins
    metrics?: Metrics
    ready: () => Promise<ReadyChecks>
    /** Holds every reply against its declaration: for tests. */
    checkReplies?: boolean
  }>,
) =>
  createService({
    ...edge,
    name: 'purchase',
    log: deps.log,
    problems,
    authenticate: authenticate(deps),
    explainFault,
    // The draw of a large campaign takes longer than anything else that is asked here.
    limits: { handlerMs: 30_000, ...deps.limits },
    gate: (headers) => deps.gate.enter(headers),
    routes: [
      takePlaceRoute(deps),
      askPlaceRoute(deps),
      waitingRoomRoute(deps),
      waitingRoomStyleRoute(),
      waitingRoomScriptRoute(),
      registrationOptionsRoute(deps),
      registerRoute(deps),
      signInOptionsRoute(deps),
      signInRoute(deps),
      signOutRoute(deps),
      signOutEverywhereRoute(deps),
      meRoute(deps),
      listCampaignsRoute(deps),
      showCampaignRoute(deps),
      openCampaignRoute(deps),
      applyRoute(deps),
      showApplicationRoute(deps),
      changeApplicationRoute(deps),
      withdrawApplicationRoute(deps),
      keyApplicationsRoute(deps),
      claimApplicationRoute(deps),
      showDrawRoute(deps),
      commitDrawRoute(deps),
      freezeDrawRoute(deps),
      runDrawRoute(deps),
      publishDrawRoute(deps),
      publicationRoute(deps),
      whatIfRoute(deps),
      resultRoute(deps),
      placeOrderRoute(deps),
      listOrdersRoute(deps),
      showOrderRoute(deps),
      paymentNoticeRoute(deps),
      ...(deps.sandbox === null ? [] : [slipPaymentRoute(deps, deps.sandbox)]),
      releaseRoute(deps),
      listRefundCasesRoute(deps),
      closeRefundCaseRoute(deps),
      walletRoute(deps),
      historyRoute(deps),
      stopWalletRoute(deps),
    ],
  })

/** What callers may repeat: nothing was done, or the same request finds out what was. */
function explainFault(error: unknown): ProblemReply | null {
  if (isLockTimeout(error) || isStatementTimeout(error) || isDeadlock(error)) return problem('busy')
  if (isPoolExhausted(error) || neverConnected(error)) return problem('busy')
  return isConnectionLost(error) ? problem('outcome_unknown') : null
}

const neverConnected = (error: unknown): boolean =>
  error instanceof Error && (error as NodeJS.ErrnoException).code === 'ECONNREFUSED'
