import { randomBytes } from 'node:crypto'
import { authenticate } from '@minnaken/auth'
import { createService, type Service } from '@minnaken/http'
import { purchaseService } from '@minnaken/purchase'
import { admissionSettings, openDeps, sandboxProvider } from '@minnaken/purchase/parts'
import { explainFault, redemptionService } from '@minnaken/redemption'
import { tillFinder } from '@minnaken/redemption/parts'
import { type BaselineProcess, redemptionDeps } from './process.ts'

/**
 * Every route of both services in one, over one pool and one count of requests at work. Nobody waits
 * in line in front of any of them, and none is let go before another.
 */
export function sharedService(given: BaselineProcess): Service {
  const { db, log, metrics, now, newId, origins, ready } = given
  const sandbox = sandboxProvider('the sandbox of a load test')
  // A gate is made, because purchase has one, and nobody is ever sent to it.
  const settings = admissionSettings(given.pool.options.max, {})
  const admission = { secret: randomBytes(32).toString('base64url'), settings }
  const base = { db, provider: sandbox, sandbox, admission, log, origins, now, newId, randomBytes }
  const purchase = purchaseService(openDeps(base), { origins, ready })
  const redemption = redemptionService(redemptionDeps(given), { log, origins, ready })
  return createService({
    name: 'shared-process',
    routes: [...redemption.routes, ...purchase.routes].map((route) => ({
      ...route,
      admission: false,
      shed: undefined,
      ownLine: undefined,
    })),
    problems: { ...purchase.problems, ...redemption.problems },
    authenticate: authenticate({ db, now, findTill: tillFinder({ db }) }),
    explainFault: (error) => explainFault(error, log),
    limits: { handlerMs: 30_000 },
    origins,
    ready,
    log,
    metrics,
  })
}
