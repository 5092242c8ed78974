import { isDeepStrictEqual } from 'node:util'
import { roles, type Actor, type Role } from '@minnaken/domain'
import type { Context } from 'hono'
import type { z } from 'zod'
import type { Bodies } from './bodies.ts'
import { late, withDeadline } from './deadline.ts'
import { faultsOf } from './faults.ts'
import { type Aside, type Gate, throughGate } from './gate.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import type { GeneralCode, Problems } from './problems.ts'
import { type Listeners, type LiveLimits, streamHead } from './live.ts'
import { type Rendered, send } from './render.ts'
import { problem, type LivePart, type LiveReply, type ProblemReply, type Reply } from './reply.ts'
import {
  isReading,
  requestIdOf,
  takeBody,
  takeCredentials,
  takeIdempotencyKey,
  takeQuery,
  type Credentials,
  type Origins,
  type Taken,
} from './request.ts'
import { isTurnedAway } from './room.ts'
import type { LiveEvents, Replies, Route } from './route.ts'
import type { ShedLimits } from './shed.ts'

export type Authenticate = (
  credentials: Credentials,
  access: readonly Role[],
) => Promise<Actor | null>

export type Limits = Readonly<{
  /** How long a session look-up or a handler may take before the caller is answered without it. */
  handlerMs: number
  /**
   * Requests at work at once, as many again for routes with a line of their own; one more is told
   * `busy` at once. One whose body is still coming is not at work; as many bodies more may be on
   * their way.
   */
  inFlightMax: number
  /**
   * A request of a class is told `busy` while so many of any kind are at work. Those that a gate
   * turns away are not: being told one's place is no work.
   */
  shedAt: ShedLimits
  live: LiveLimits
}>

/** Whose places a request takes: of the routes with a line of their own, or of all others. */
type Line = 'own' | 'shared'

/** What every request of a service is answered with; made once. */
export type Edge = {
  readonly problems: Problems
  readonly authenticate: Authenticate
  readonly explainFault: (error: unknown) => ProblemReply | null
  readonly origins: Origins
  readonly log: Log
  readonly metrics: Metrics
  readonly limits: Limits
  readonly checkReplies: boolean
  readonly gate: Gate | undefined
  readonly listeners: Listeners
  readonly bodies: Bodies
  readonly inFlight: Record<Line, number>
  /** Of these, past the gate. */
  atWork: number
}

/** Answers one request to one route, whatever happens, and writes its one line of log. */
export async function answer(edge: Edge, route: Route, c: Context): Promise<Response> {
  const started = performance.now()
  const request = c.req.raw
  const requestId = requestIdOf(request.headers)
  const sent = { requestId, request, route: route.path, started, isTagged: route.tagged }
  const line = lineOf(route)
  let outcome: Rendered
  edge.inFlight[line] += 1
  try {
    outcome = hasNoRoom(edge, route, c)
      ? problem('busy')
      : await attempt({ edge, route, request, params: c.req.param(), requestId })
    return send(edge, { ...sent, outcome })
  } catch (error) {
    outcome = explain(edge, error) ?? fault(edge, error, { requestId, route: route.path })
    return send(edge, { ...sent, outcome })
  } finally {
    edge.inFlight[line] -= 1
  }
}

const lineOf = ({ ownLine }: Route): Line => (ownLine === undefined ? 'shared' : 'own')

/** Told before anybody is looked up and any body is read. */
function hasNoRoom(edge: Edge, route: Route, c: Context): boolean {
  if (!isFull(edge, route) && !isTurnedAway(c)) return route.hasRoom?.() === false
  route.ownLine?.refused()
  return true
}

const isFull = ({ inFlight, limits }: Edge, route: Route): boolean =>
  inFlight[lineOf(route)] > limits.inFlightMax

/** A fault that the service can explain, such as a full pool, is a 503; the rest is a 500. */
function explain(edge: Edge, error: unknown): ProblemReply | null {
  const explained = edge.explainFault(error)
  return explained !== null && Object.hasOwn(edge.problems, explained.code) ? explained : null
}

function fault(edge: Edge, error: unknown, where: Readonly<Record<string, string>>): Rendered {
  edge.log.fault(error, where)
  return problem('internal')
}

type Attempt = Readonly<{
  edge: Edge
  route: Route
  request: Request
  params: Record<string, string>
  requestId: string
}>

/** Who, then what, then the verb: nobody learns what a route takes before they may call it. */
async function attempt(given: Attempt): Promise<Rendered> {
  const { edge, route, request } = given
  const { headers, method } = request
  const credentials = takeCredentials(headers, { method, origins: edge.origins })
  if (credentials.kind === 'problem') return credentials
  const coming = { ...given, credentials: credentials.value, aside: rightHere }
  if (!route.admission || edge.gate === undefined) return carryOut(coming)
  const asksWho = !route.anonymous && route.access !== 'anyone'
  return throughGate(edge.gate, { headers, asksWho }, (aside) => carryOut({ ...coming, aside }))
}

const rightHere: Aside = (wait) => wait()

type Coming = Attempt & Readonly<{ credentials: Credentials; aside: Aside }>

/** The less a route matters at a till, the sooner it is refused when there is too much to do. */
async function unlessShed<T>(
  { edge, route }: Coming,
  work: () => Promise<T>,
): Promise<T | ProblemReply<'busy'>> {
  edge.atWork += 1
  try {
    const isShed = route.shed !== undefined && edge.atWork > edge.limits.shedAt[route.shed]
    if (!isShed && !isFull(edge, route)) return await work()
    route.ownLine?.refused()
    return problem('busy')
  } finally {
    edge.atWork -= 1
  }
}

/** Room is asked for twice, before the body and after it: while it is coming nobody else lacks it. */
async function carryOut(coming: Coming): Promise<Rendered> {
  const asked = await unlessShed(coming, () => askedIn(coming))
  if (asked.kind === 'problem') return asked
  const body = await bodyOf(coming)
  if (body.kind === 'problem') return body
  return unlessShed(coming, () => handle(coming, asked.value, body.value))
}

async function bodyOf({ edge, route, request, aside }: Coming) {
  edge.inFlight[lineOf(route)] -= 1
  try {
    return await aside(() => edge.bodies.read(() => takeBody(request, route)))
  } finally {
    edge.inFlight[lineOf(route)] += 1
  }
}

type Asked = Readonly<{ actor: Actor | null; params: unknown; query: unknown; key?: string }>

/** Who asks for what, as far as it is told without the body. */
async function askedIn(coming: Coming): Promise<Taken<Asked>> {
  const { edge, route, request, params, credentials } = coming
  const actor = await actorOf(edge, route, credentials)
  if (actor !== null && 'kind' in actor) return actor

  const checkedParams = check(route.params, params)
  if (checkedParams.kind === 'problem') return problem('not_found')
  const query = takeQuery(request.url)
  if (query.kind === 'problem') return query
  const checkedQuery = check(route.query, query.value)
  if (checkedQuery.kind === 'problem') return checkedQuery
  const asked = { actor, params: checkedParams.value, query: checkedQuery.value }
  if (!route.idempotent) return { kind: 'taken', value: asked }
  const key = takeIdempotencyKey(request.headers)
  return key.kind === 'problem' ? key : { kind: 'taken', value: { ...asked, key: key.value } }
}

type Body = Readonly<{ json: unknown; bytes: Uint8Array | undefined }>

async function handle(
  coming: Coming,
  { actor, params, query, key }: Asked,
  { json, bytes }: Body,
): Promise<Rendered> {
  const { edge, route, request, requestId } = coming
  const { headers, method } = request
  const checkedBody = route.body === undefined ? undefined : check(route.body, json)
  if (checkedBody?.kind === 'problem') return checkedBody

  const work = route.handle({
    params,
    query,
    body: checkedBody?.value,
    bytes,
    actor,
    headers,
    requestId,
    idempotencyKey: key,
  })
  const outcome = await withDeadline(work, edge.limits.handlerMs)
  if (outcome !== late) {
    if (edge.checkReplies) assertDeclared(route, outcome)
    return outcome.kind === 'live' ? listen(coming, outcome) : outcome
  }
  const where = { requestId, route: route.path }
  work.catch((error: unknown) => edge.log.fault(error, where))
  edge.log.event('handler_late', where)
  return problem(isReading(method) ? 'busy' : 'outcome_unknown')
}

/** Goes on telling for as long as whoever asked may still ask. */
function listen({ edge, route, request, credentials }: Coming, reply: LiveReply<LivePart>) {
  if (request.method === 'HEAD') return streamHead
  const declared = edge.checkReplies ? route.replies[200] : undefined
  return edge.listeners.listen(reply, {
    isAllowed: async () => {
      const actor = await actorOf(edge, route, credentials)
      return actor === null || !('kind' in actor)
    },
    declared: isLive(declared) ? declared : undefined,
    route: route.path,
  })
}

const isLive = (declared: Replies[number] | undefined): declared is LiveEvents =>
  declared !== undefined && 'kind' in declared && declared.kind === 'live'

const asSent = (value: unknown): unknown => value && JSON.parse(JSON.stringify(value))

/** Throws when a reply is not what its route declares: a member too few, or one too many. */
function assertDeclared({ replies }: Route, outcome: Reply): void {
  if (outcome.kind === 'problem') return
  const declared = replies[outcome.status]
  if (declared === undefined) throw new Error(`reply ${outcome.status} is not declared`)
  const kind = 'contentType' in declared ? (isLive(declared) ? 'live' : 'file') : 'json'
  if (kind !== outcome.kind) throw new Error('JSON, files and events are mixed up')
  if ('contentType' in declared || outcome.kind !== 'json') return
  if (!isDeepStrictEqual(asSent(declared.parse(outcome.value)), asSent(outcome.value)))
    throw new Error(`reply ${outcome.status} has members that are not declared`)
}

async function actorOf(
  edge: Edge,
  { access, anonymous }: Route,
  credentials: Credentials,
): Promise<Actor | null | ProblemReply<GeneralCode>> {
  if (anonymous) return null
  const isForAnyone = access === 'anyone'
  const hasAny =
    credentials.resident !== undefined ||
    credentials.shop !== undefined ||
    credentials.staff !== undefined ||
    credentials.bearer !== undefined
  if (!hasAny) return isForAnyone ? null : problem('sign_in_needed')
  const allowed = isForAnyone ? roles : access
  const actor = await withDeadline(edge.authenticate(credentials, allowed), edge.limits.handlerMs)
  if (actor === late) return problem('busy')
  if (isForAnyone) return actor
  if (actor === null) return problem('sign_in_needed')
  return allowed.includes(actor.role) ? actor : problem('forbidden')
}

function check(schema: z.ZodType | undefined, input: unknown): Taken<unknown> {
  if (schema === undefined) {
    const extra = Object.keys(Object(input))[0]
    return extra === undefined
      ? { kind: 'taken', value: undefined }
      : problem('unknown_field', {
          faults: faultsOf(
            [{ code: 'unrecognized_keys', keys: [extra], path: [], message: '' }],
            {},
          ),
        })
  }
  const result = schema.safeParse(input)
  if (result.success) return { kind: 'taken', value: result.data }
  const faults = faultsOf(result.error.issues, input)
  const areUnknown = faults.every(({ rule }) => rule === 'unknown_field')
  return problem(areUnknown ? 'unknown_field' : 'invalid_field', { faults })
}
