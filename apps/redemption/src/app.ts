import { authenticate } from '@minnaken/auth'
import { isLockTimeout, isStatementTimeout } from '@minnaken/db'
import { type Log, type Origins, type ReadyChecks, createService, problem } from '@minnaken/http'
import { dayRoute } from './day/route.ts'
import type { Deps } from './deps.ts'
import {
  listDevicesRoute,
  registerDeviceRoute,
  revokeDeviceRoute,
  timeRoute,
} from './devices/route.ts'
import { problems } from './problems.ts'
import { openDesk } from './redeem/desk.ts'
import { previewRoute, redeemRoute } from './redeem/route.ts'
import {
  joinShopRoute,
  listTillsRoute,
  makeJoinCodeRoute,
  revokeTillRoute,
  showTillRoute,
} from './tills/route.ts'
import { tillFinder } from './tills/tills.ts'
import { voidRoute } from './void/route.ts'

/** Shops take vouchers. The routes in order are the table of contents of this service. */
export function redemptionService(
  deps: Deps,
  edge: Readonly<{ origins: Origins; log: Log; ready: () => Promise<ReadyChecks> }>,
) {
  const desk = openDesk(deps)
  return createService({
    ...edge,
    name: 'redemption',
    problems,
    authenticate: authenticate({ ...deps, findTill: tillFinder(deps) }),
    // Rolled back because somebody else held a lock for too long: nothing was done.
    explainFault: (error) =>
      isLockTimeout(error) || isStatementTimeout(error) ? problem('busy') : null,
    routes: [
      redeemRoute(desk),
      previewRoute(desk),
      voidRoute(deps),
      dayRoute(deps),
      makeJoinCodeRoute(deps),
      joinShopRoute(deps),
      showTillRoute(deps),
      listTillsRoute(deps),
      revokeTillRoute(deps),
      registerDeviceRoute(deps),
      listDevicesRoute(deps),
      revokeDeviceRoute(deps),
      timeRoute(deps),
    ],
  })
}
