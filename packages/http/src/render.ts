import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import { problemDocument, type Problems } from './problems.ts'
import type { StreamReply } from './live.ts'
import type { LivePart, LiveReply, Reply } from './reply.ts'
import { cacheNothing, securityHeaders } from './security-headers.ts'
import { hasTag, tagOf } from './tag.ts'

/** Makes the response, times it and writes the line of log. */
export function send(
  { problems, log, metrics }: { problems: Problems; log: Log; metrics: Metrics },
  sent: Readonly<{
    outcome: Rendered
    requestId: string
    request: Request
    route: string
    started: number
    isProbe?: boolean
    isTagged?: boolean
  }>,
): Response {
  const { outcome, requestId, request, route, started, isTagged = false } = sent
  const known = isTagged ? request.headers.get('if-none-match') : undefined
  const response = render(problems, outcome, requestId, known)
  const line = {
    requestId,
    method: knownMethods.has(request.method) ? request.method : 'other',
    route,
    status: response.status,
    ms: Math.round((performance.now() - started) * 100) / 100,
    ...(outcome.kind === 'problem' ? { code: outcome.code } : {}),
  }
  metrics.answered(line)
  // A healthy probe leaves no line.
  if (!sent.isProbe || response.status !== 200) log.request(line)
  return response
}

/** A live reply was opened before it came here, and is a stream. */
export type Rendered = Exclude<Reply, LiveReply<LivePart>> | StreamReply

const knownMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** `known` has the tags of what whoever asks has already, where such are given out at all. */
export function render(
  problems: Problems,
  outcome: Rendered,
  requestId: string,
  known?: string | null,
): Response {
  const headers = (type: Record<string, string>): Record<string, string> => ({
    ...cacheNothing,
    ...type,
    ...outcome.headers,
    ...securityHeaders,
    'x-request-id': requestId,
  })
  if (outcome.kind === 'file') {
    const { contentSecurityPolicy: policy } = outcome
    const own = policy === undefined ? {} : { 'content-security-policy': policy }
    const { etag } = outcome.headers
    const isThere = known !== undefined && etag !== undefined && hasTag(known, etag)
    return new Response(isThere ? null : outcome.bytes, {
      status: isThere ? 304 : outcome.status,
      headers: { ...headers({}), ...own },
    })
  }
  if (outcome.kind === 'stream')
    return new Response(outcome.body, { status: outcome.status, headers: headers({}) })
  if (outcome.kind === 'json') {
    const body = outcome.value === undefined ? null : JSON.stringify(outcome.value)
    const type: Record<string, string> = body === null ? {} : { 'content-type': 'application/json' }
    if (body === null || known === undefined)
      return new Response(body, { status: outcome.status, headers: headers(type) })
    const tag = tagOf(body)
    const kept = { 'cache-control': 'no-cache', etag: tag }
    return hasTag(known, tag)
      ? new Response(null, { status: 304, headers: headers(kept) })
      : new Response(body, { status: outcome.status, headers: headers({ ...type, ...kept }) })
  }
  const { status, retryAfterSeconds, document } = problemDocument(problems, {
    code: outcome.code,
    data: outcome.data,
    requestId,
  })
  return new Response(JSON.stringify(document), {
    status,
    headers: headers({
      'content-type': 'application/problem+json',
      ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
      ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
    }),
  })
}
