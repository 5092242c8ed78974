import { anyOf } from './any-signal.ts'
import { readProblem, CallFailed, type Failure, isPassing, type Problem } from './problem.ts'
import { learnServerTime } from './server-time.ts'

/** What a zod schema of a service's `contract.ts` reads and writes; imported as a type only. */
type Contract = Readonly<{ _zod: Readonly<{ input: unknown; output: unknown }> }>

/** What a service answers by this schema: `Reply<typeof dayReply>`. */
export type Reply<Schema extends Contract> = Schema['_zod']['output']

/** What a service takes by this schema: `Body<typeof redeemBody>`. Fields it does not have do not compile. */
export type Body<Schema extends Contract> = Schema['_zod']['input']

export type Call = Readonly<{
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** As the service has it, `/v1/…`. */
  path: string
  /** Sent as JSON; a Blob as the bytes that it is. */
  body?: unknown
  /** A till's own token. Residents and owners have a cookie instead. */
  token?: string
  /** The name of this wish: the same for every attempt, so that it comes true once. */
  idempotencyKey?: string
  /** Sending it again does the same thing, by what is in it: a code, an id, a state. */
  isRepeatable?: boolean
  /** Everyone is told the same: the browser keeps the answer, and asks only whether it is still so. */
  isPublic?: boolean
  /** How long a busy service is waited for, and a lost connection; 0 asks once. */
  patienceMs?: number
  signal?: AbortSignal
}>

export type Answer<T, Code extends string = string> =
  | Readonly<{ kind: 'answered'; status: number; value: T }>
  | Failure<Code>

/** What calling needs of the browser. */
export type CallDeps = Readonly<{
  fetch: (url: string, init: RequestInit) => Promise<Response>
  now: () => number
  wait: (ms: number) => Promise<void>
  isOnline: () => boolean
  learn: (sample: Readonly<{ body: unknown; sentAt: number; receivedAt: number }>) => void
}>

/** How long one attempt may take. */
const ATTEMPT_MS = 12_000
/** What may be sent again waits less long for a way that went dead. */
const REPEATED_ATTEMPT_MS = 6_000
const PATIENCE_MS = 8_000
/** Whoever reads is told soon that nobody is there; what they see by then is asked for anew. */
const LOST_READING_MS = 2_000
const PAUSES_MS = [300, 700, 1_500, 3_000]

/**
 * Makes `call`: one request to a service, repeated as the rules allow.
 *
 * Reading is always repeated; changing something only when that is harmless (an idempotency key,
 * or `isRepeatable`), or when the service says that it was busy and did nothing. Waits as long as
 * `Retry-After` says, while patience lasts; for a lost connection, or a service that is not there,
 * whoever only reads waits a moment, and not at all where the phone itself knows of no network.
 * Never throws but for `signal`.
 */
export const callWith =
  (deps: CallDeps) =>
  async <T, Code extends string = string>(asked: Call): Promise<Answer<T, Code>> => {
    const since = deps.now()
    const patienceMs = asked.patienceMs ?? PATIENCE_MS
    const isReading = isReadingOnly(asked)
    let maySent = false
    for (let times = 0; ; times++) {
      const attempt = await attemptOnce(deps, asked)
      if (attempt.kind === 'answered') return attempt as Answer<T, Code>
      if (attempt.kind === 'refused' && !attempt.isSoonOver)
        return maySent && !isReading && isPassing(attempt.problem)
          ? { kind: 'outcome_unknown' }
          : { kind: 'refused', problem: attempt.problem as Problem<Code> }
      const isUnknown = attempt.kind === 'lost' && attempt.how === 'unknown'
      maySent ||= isUnknown || isInFlight(attempt)
      const pause = Math.max(
        attempt.retryAfterMs,
        PAUSES_MS[Math.min(times, PAUSES_MS.length - 1)] ?? 0,
      )
      const isKnownInVain = isReading && attempt.kind === 'lost' && attempt.how === 'no_network'
      const mayRepeat = isReading || isRepeatable(asked) || !isUnknown
      const lastingMs =
        isReading && attempt.kind === 'lost' ? Math.min(patienceMs, LOST_READING_MS) : patienceMs
      if (!mayRepeat || isKnownInVain || deps.now() + pause > since + lastingMs) {
        if (maySent && !isReading) return { kind: 'outcome_unknown' }
        return attempt.kind === 'refused'
          ? { kind: 'refused', problem: attempt.problem as Problem<Code> }
          : { kind: 'offline', ...(isReading ? { wasReading: true } : {}) }
      }
      await deps.wait(pause)
      asked.signal?.throwIfAborted()
    }
  }

const isReadingOnly = ({ method = 'GET' }: Call): boolean => method === 'GET'

const isRepeatable = (asked: Call): boolean =>
  asked.isRepeatable === true || asked.idempotencyKey !== undefined

type Attempt =
  | Readonly<{ kind: 'answered'; status: number; value: unknown }>
  | Readonly<{ kind: 'refused'; problem: Problem; isSoonOver: boolean; retryAfterMs: number }>
  /**
   * No answer of the service's. It did not leave the phone, or did not reach the service; otherwise
   * it may have been carried out.
   */
  | Readonly<{
      kind: 'lost'
      how: 'no_network' | 'not_reached' | 'unknown'
      retryAfterMs: number
    }>

/** The same wish arrived before, and nobody knows yet what comes of it. */
const isInFlight = (attempt: Attempt): boolean =>
  attempt.kind === 'refused' && attempt.problem.code === 'idempotency_in_flight'

async function attemptOnce(deps: CallDeps, asked: Call): Promise<Attempt> {
  if (!deps.isOnline()) return { kind: 'lost', how: 'no_network', retryAfterMs: 0 }
  const sentAt = deps.now()
  try {
    const response = await deps.fetch(`/api${asked.path}`, requestOf(asked))
    const body = await bodyOf(response)
    // An answer that was kept says what time it was.
    if (asked.isPublic !== true) deps.learn({ body, sentAt, receivedAt: deps.now() })
    return read(response, body)
  } catch {
    asked.signal?.throwIfAborted()
    return { kind: 'lost', how: 'unknown', retryAfterMs: 0 }
  }
}

function read(response: Response, body: unknown): Attempt {
  const { status, ok } = response
  if (ok) return { kind: 'answered', status, value: body }
  const retryAfterMs = 1_000 * Number(response.headers.get('retry-after') ?? '0') || 0
  const problem = readProblem(body)
  if (problem === null || problem.code === 'outcome_unknown')
    return { kind: 'lost', how: 'unknown', retryAfterMs }
  if (problem.code === 'service_unreachable')
    return { kind: 'lost', how: 'not_reached', retryAfterMs }
  const isSoonOver = problem.retryable === true || problem.code === 'idempotency_in_flight'
  return { kind: 'refused', problem, isSoonOver, retryAfterMs }
}

function requestOf(asked: Call): RequestInit {
  const { method = 'GET', body, token, idempotencyKey, signal } = asked
  const headers: Record<string, string> = { accept: 'application/json' }
  const isFile = body instanceof Blob
  if (body !== undefined && !isFile) headers['content-type'] = 'application/json'
  if (token !== undefined) headers['authorization'] = `Bearer ${token}`
  if (idempotencyKey !== undefined) headers['idempotency-key'] = idempotencyKey
  // A long list over a slow network is no dead way, nor is a file.
  const isQuick = !isReadingOnly(asked) && isRepeatable(asked) && !isFile
  const deadline = AbortSignal.timeout(isQuick ? REPEATED_ATTEMPT_MS : ATTEMPT_MS)
  return {
    method,
    headers,
    signal: signal === undefined ? deadline : anyOf([signal, deadline]),
    cache: asked.isPublic === true ? 'no-cache' : 'no-store',
    ...(body === undefined ? {} : { body: isFile ? body : JSON.stringify(body) }),
  }
}

/** JSON, or the bytes of a file as a Blob. */
async function bodyOf(response: Response): Promise<unknown> {
  const type = response.headers.get('content-type') ?? ''
  if (/json/.test(type)) return response.json()
  return response.blob()
}

/** Calls a service of this app's own origin. */
export const call = callWith({
  fetch: (url, init) => fetch(url, init),
  now: () => Date.now(),
  wait: (ms) =>
    new Promise((resolve) => {
      setTimeout(resolve, ms)
    }),
  isOnline: () => navigator.onLine,
  learn: learnServerTime,
})

/** The same, for a query: gives the value, or throws `CallFailed`. */
export async function ask<T>(asked: Call): Promise<T> {
  const answer = await call<T>(asked)
  if (answer.kind === 'answered') return answer.value
  throw new CallFailed(answer)
}
