import { authenticate } from '@minnaken/auth'
import {
  isConnectionLost,
  isDeadlock,
  isLockTimeout,
  isPoolExhausted,
  isStatementTimeout,
} from '@minnaken/db'
import {
  type Log,
  type Metrics,
  type Origins,
  type ProblemReply,
  type ReadyChecks,
  createService,
  problem,
} from '@minnaken/http'
import { changeAccountRoute, checkAccountRoute, confirmAccountRoute } from './account/route.ts'
import { applyRoute, ownShopsRoute, publicShopsRoute } from './apply/route.ts'
import { approveRoute } from './approve/route.ts'
import { checkRoute } from './check/route.ts'
import { closeRoute } from './close/route.ts'
import type { Deps } from './deps.ts'
import { returnRoute, sendRoute, settleRoute } from './pay/route.ts'
import {
  publishNoticeRoute,
  readNoticeRoute,
  sentNoticesRoute,
  shopNoticesRoute,
} from './notices/route.ts'
import {
  publicPhotoRoute,
  rejectPhotoRoute,
  removePhotoRoute,
  savePhotoRoute,
} from './photo/route.ts'
import { shopCodePdfRoute } from './print/route.ts'
import { problems } from './problems.ts'
import { changeProfileRoute, showProfileRoute } from './profile/route.ts'
import { listRunsRoute, runFileRoute, showRunRoute } from './runs/route.ts'
import { changeShopRoutes, decisionRoute, listShopsRoute } from './screen/route.ts'
import {
  meRoute,
  registerRoute,
  shopRegistrationOptionsRoute,
  signInOptionsRoute,
  signInRoute,
  signOutRoute,
  staffRegistrationOptionsRoute,
} from './sessions/route.ts'
import {
  nextPayoutRoute,
  statementCsvRoute,
  statementPdfRoute,
  statementRoute,
  statementsRoute,
} from './statements/route.ts'

/** The federation pays shops. The routes in order are the table of contents of this service. */
export function settlementService(
  deps: Deps,
  edge: Readonly<{
    origins: Origins
    log: Log
    metrics?: Metrics
    ready: () => Promise<ReadyChecks>
    checkReplies?: boolean
  }>,
) {
  return createService({
    ...edge,
    name: 'settlement',
    problems,
    // A closing takes longer than a question. Whoever waits in vain asks again and gets the same run.
    limits: { handlerMs: 60_000 },
    authenticate: authenticate(deps),
    explainFault,
    routes: [
      shopRegistrationOptionsRoute(deps),
      staffRegistrationOptionsRoute(deps),
      ...(['shop', 'staff'] as const).flatMap((part) => [
        registerRoute(deps, part),
        signInOptionsRoute(deps, part),
        signInRoute(deps, part),
        signOutRoute(deps, part),
        meRoute(deps, part),
      ]),
      applyRoute(deps),
      ownShopsRoute(deps),
      publicShopsRoute(deps),
      confirmAccountRoute(deps),
      changeAccountRoute(deps),
      checkAccountRoute(deps),
      listShopsRoute(deps),
      decisionRoute(deps),
      ...changeShopRoutes(deps),
      closeRoute(deps),
      listRunsRoute(deps),
      showRunRoute(deps),
      checkRoute(deps),
      approveRoute(deps),
      runFileRoute(deps),
      sendRoute(deps),
      settleRoute(deps),
      returnRoute(deps),
      nextPayoutRoute(deps),
      shopCodePdfRoute(deps),
      showProfileRoute(deps),
      changeProfileRoute(deps),
      savePhotoRoute(deps),
      removePhotoRoute(deps),
      rejectPhotoRoute(deps),
      publicPhotoRoute(deps),
      shopNoticesRoute(deps),
      readNoticeRoute(deps),
      publishNoticeRoute(deps),
      sentNoticesRoute(deps),
      statementsRoute(deps),
      statementRoute(deps),
      statementCsvRoute(deps),
      statementPdfRoute(deps),
    ],
  })
}

function explainFault(error: unknown): ProblemReply | null {
  // Rolled back, or never begun, because others were in the way: nothing was done.
  if (isLockTimeout(error) || isStatementTimeout(error) || isDeadlock(error)) return problem('busy')
  if (isPoolExhausted(error)) return problem('busy')
  // The database went away, perhaps after it had written: the same request again finds out.
  return isConnectionLost(error) ? problem('outcome_unknown') : null
}
