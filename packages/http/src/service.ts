import { type Context, Hono } from 'hono'
import { Bodies } from './bodies.ts'
import { late, withDeadline } from './deadline.ts'
import { answer, type Authenticate, type Edge, type Limits } from './edge.ts'
import type { Gate } from './gate.ts'
import type { Log } from './log.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { openapiOf, type OpenApi } from './openapi.ts'
import type { Problems } from './problems.ts'
import { type Rendered, send } from './render.ts'
import { Listeners, usualLiveLimits } from './live.ts'
import { problem, reply, type ProblemReply } from './reply.ts'
import { pathOf, requestIdOf, type Origins } from './request.ts'
import { incomingOf } from './room.ts'
import type { Route } from './route.ts'
import { assertShedOrder, usualShedLimits } from './shed.ts'
import { assertSound } from './sound.ts'

/** What a service needs in order to work, by name: the database, its clock, its migrations. */
export type ReadyChecks = Readonly<
  Record<string, Readonly<{ ok: boolean; [detail: string]: string | number | boolean }>>
>

export type Service = Readonly<{
  name: string
  app: Hono
  routes: readonly Route[]
  openapi: OpenApi
  problems: Problems
  log: Log
  metrics: Metrics
  /** From now on `/readyz` says no and nobody listens any more; there is no way back. */
  stopBeingReady: () => void
}>

/** The only paths of a service that are not in its routes. */
export const systemPaths = ['/healthz', '/readyz', '/openapi.json', '/metrics'] as const

const readyMs = 2_000

/**
 * Builds a service out of its routes. It answers these and the system paths, and nothing else.
 *
 * Throws when a route cannot be kept: a method and path twice, a `:name` without its schema,
 * a body that would drop unknown fields, a problem that is not defined, a route that another hides.
 */
export function createService<Code extends string>(options: {
  name: string
  routes: readonly Route<NoInfer<Code>>[]
  problems: Problems<Code>
  authenticate: Authenticate
  origins: Origins
  ready: () => Promise<ReadyChecks>
  log: Log
  /** Without it the service keeps metrics of its own, which know nothing of its process. */
  metrics?: Metrics
  limits?: Partial<Limits>
  /** Stands in front of the routes with `admission`. */
  gate?: Gate
  /** Turns a fault that callers may repeat into its problem, such as a full pool into `busy`. */
  explainFault?: (error: unknown) => ProblemReply | null
  /** Holds every reply against its declared schema: for tests. */
  checkReplies?: boolean
}): Service {
  const { name, routes, problems, log, metrics = createMetrics({ service: name }) } = options
  const limits = limitsOf(options.limits)
  const edge: Edge = {
    problems,
    authenticate: options.authenticate,
    explainFault: options.explainFault ?? (() => null),
    origins: options.origins,
    log,
    metrics,
    limits,
    checkReplies: options.checkReplies ?? false,
    gate: options.gate,
    listeners: new Listeners(limits.live, log),
    bodies: new Bodies(limits.inFlightMax),
    inFlight: { own: 0, shared: 0 },
    atWork: 0,
  }
  const openapi = openapiOf({ name, routes, problems })
  const app = new Hono({ getPath: pathOf })
  for (const route of routes)
    app.on(route.method.toUpperCase(), route.path, (c) => answer(edge, route, c))

  let isDraining = false
  const system: Record<(typeof systemPaths)[number], (c: Context) => Promise<Rendered>> = {
    '/healthz': async () => reply(200, { status: 'alive' }),
    '/readyz': async () => (isDraining ? draining : readiness(options.ready, log)),
    '/openapi.json': async () => reply(200, openapi),
    '/metrics': async (c) => metricsFor(metrics, c),
  }
  for (const path of systemPaths)
    app.get(path, async (c) => {
      const started = performance.now()
      const outcome = await system[path](c)
      return plain(edge, c.req.raw, { outcome, started, path })
    })
  app.notFound((c) => plain(edge, c.req.raw, { outcome: nothingHere(app, c.req.raw) }))
  app.onError((error, c) => {
    log.fault(error, {})
    return plain(edge, c.req.raw, { outcome: problem('internal') })
  })
  assertSound(routes, { app, problems, hasGate: options.gate !== undefined })
  measure(edge, routes)
  return {
    name,
    app,
    routes,
    openapi,
    problems,
    log,
    metrics,
    stopBeingReady: () => {
      isDraining = true
      edge.listeners.close()
    },
  }
}

function limitsOf(given: Partial<Limits> = {}): Limits {
  const { inFlightMax = 4_000 } = given
  const limits = {
    handlerMs: 10_000,
    inFlightMax,
    shedAt: usualShedLimits(inFlightMax),
    live: usualLiveLimits,
    ...given,
  }
  assertShedOrder(limits.shedAt, limits.inFlightMax)
  return limits
}

const draining = reply(503, { status: 'draining', checks: {} }, { headers: { 'retry-after': '1' } })

async function readiness(ready: () => Promise<ReadyChecks>, log: Log): Promise<Rendered> {
  const checks = await withDeadline(ready(), readyMs).catch((error: unknown) => {
    log.fault(error, { route: '/readyz' })
    return late
  })
  if (checks === late) return reply(503, { status: 'not_ready', checks: { answer: { ok: false } } })
  return Object.values(checks).every(({ ok }) => ok)
    ? reply(200, { status: 'ready', checks })
    : reply(503, { status: 'not_ready', checks })
}

/** A path that no route has is a 404; one that a route has by another method is a 405 and names it. */
function nothingHere(app: Hono, request: Request): Rendered {
  const path = pathOf(request)
  // Whoever may not read the metrics does not learn by which method they would be read.
  if (path === '/metrics') return problem('not_found')
  const allowed = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter(
    (method) => app.router.match(method, path)[0].length > 0,
  )
  if (allowed.length === 0) return problem('not_found')
  const all = allowed.includes('GET') ? ['HEAD', ...allowed] : allowed
  return problem('method_not_allowed', {}, { allow: all.join(', ') })
}

/** Whoever may not read them is told what any other path that is not there tells. */
async function metricsFor(metrics: Metrics, c: Context): Promise<Rendered> {
  const address = incomingOf(c)?.socket.remoteAddress
  if (!metrics.mayBeReadBy({ headers: c.req.raw.headers, address })) return problem('not_found')
  const bytes = Buffer.from(await metrics.text())
  return { kind: 'file', status: 200, bytes, headers: { 'content-type': metrics.contentType } }
}

/** What operators wait for is zero until it happens, so that the first time is seen. */
function measure(edge: Edge, routes: readonly Route[]): void {
  edge.metrics.gauge({
    name: 'minnaken_http_in_flight',
    help: 'Requests at work.',
    read: () => edge.inFlight.own + edge.inFlight.shared,
  })
  for (const { method, path } of routes)
    for (const code of ['internal', 'busy', ...(method === 'get' ? [] : ['outcome_unknown'])])
      edge.metrics.expect({ method: method.toUpperCase(), route: path, code })
}

/** Answers what is no route of the service's own. A path that nobody finds has no name. */
function plain(
  edge: Edge,
  request: Request,
  answered: Readonly<{ outcome: Rendered; started?: number; path?: string }>,
): Response {
  const { outcome, started = performance.now(), path = '(none)' } = answered
  const requestId = requestIdOf(request.headers)
  const route = outcome.kind === 'problem' ? '(none)' : path
  return send(edge, { outcome, requestId, request, route, started, isProbe: true })
}
