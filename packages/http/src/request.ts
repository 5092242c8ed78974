import { randomUUID } from 'node:crypto'
import type { Audience } from '@minnaken/domain'
import { parse as parseCookies } from 'hono/utils/cookie'
import { cookieName, problem, type ProblemReply } from './reply.ts'
import type { Route } from './route.ts'
import type { GeneralCode } from './problems.ts'
import { givenOnce, notText, readStrictJson, unstorable } from './strict-json.ts'

/** What a request proves itself with: tokens as they came, not looked at yet. */
export type Credentials = Readonly<Partial<Record<Audience | 'bearer', string>>>

/** The web origin of each audience, such as `https://shop.example`. */
export type Origins = Readonly<Partial<Record<Audience, string>>>

type Refused = ProblemReply<GeneralCode>

export type Taken<T> = Readonly<{ kind: 'taken'; value: T }> | Refused

const taken = <T>(value: T): Taken<T> => ({ kind: 'taken', value })

const audiences = ['resident', 'shop', 'staff'] as const

export const requestIdOf = (headers: Headers): string => {
  const given = headers.get('x-request-id')
  return given !== null && /^[A-Za-z0-9._-]{1,64}$/.test(given) ? given : randomUUID()
}

const plainPath = /^\/(?:[A-Za-z0-9._~@:-]+(?:\/[A-Za-z0-9._~@:-]+)*)?$/

/**
 * The path that is routed: each thing has one address, written in one way.
 * An empty segment, an escape (`%2f`), a `;` or a trailing slash finds nothing.
 */
export function pathOf(request: Request): string {
  const { url } = request
  const from = url.indexOf('/', url.indexOf('//') + 2)
  const until = url.indexOf('?', from)
  const path = until < 0 ? url.slice(from) : url.slice(from, until)
  return plainPath.test(path) ? path : '//'
}

export const isReading = (method: string): boolean => method === 'GET' || method === 'HEAD'

/**
 * The credentials of a request that may come from where it says it comes from.
 *
 * An `Origin` that is not ours is refused. A request that changes something and carries one of our
 * cookies must say its origin, and a cookie counts only from the web app it belongs to.
 * A bearer token is never sent by a browser on its own, so it needs no origin.
 */
export function takeCredentials(
  headers: Headers,
  { method, origins }: { method: string; origins: Origins },
): Taken<Credentials> {
  const origin = headers.get('origin')
  if (origin !== null && !audiences.some((audience) => origins[audience] === origin))
    return problem('foreign_origin')

  const credentials: { -readonly [Key in keyof Credentials]: string } = {}
  const cookies = headers.get('cookie')
  if (cookies !== null)
    for (const audience of audiences) {
      const name = cookieName(audience)
      const token = parseCookies(cookies, name)[name]
      if (token === undefined || token === '') continue
      if (origin === null && !isReading(method)) return problem('foreign_origin')
      if (origin === null || origins[audience] === origin) credentials[audience] = token
    }
  const bearer = /^Bearer ([A-Za-z0-9._~+/-]{1,512}=*)$/i.exec(headers.get('authorization') ?? '')
  if (bearer?.[1] !== undefined) credentials.bearer = bearer[1]
  return taken(credentials)
}

/** The query as fields; each is given once, and none of it is something else than text. */
export function takeQuery(url: string): Taken<Readonly<Record<string, string>>> {
  const from = url.indexOf('?')
  if (from < 0) return taken({})
  const text = url.slice(from + 1).replace(/#.*$/s, '')
  try {
    decodeURIComponent(text)
  } catch {
    return problem('invalid_field', { faults: [{ field: 'query', ...notText }] })
  }
  const fields = new Map<string, string>()
  for (const [field, value] of new URLSearchParams(text)) {
    if (fields.has(field)) return problem('duplicate_key', { faults: [{ field, ...givenOnce }] })
    if (unstorable.test(value) || unstorable.test(field))
      return problem('invalid_field', { faults: [{ field: 'query', ...notText }] })
    fields.set(field, value)
  }
  return taken(Object.fromEntries(fields))
}

/** What a route's body declaration asks for: strict JSON, bytes, or nothing at all. */
export async function takeBody(
  request: Request,
  route: Pick<Route, 'body' | 'raw' | 'bodyBytesMax'>,
): Promise<Taken<{ json: unknown; bytes: Uint8Array | undefined }>> {
  const { headers } = request
  if (route.body === undefined && !route.raw)
    return (await hasBody(request)) ? problem('body_not_expected') : taken(nothing)
  if (!/^(?:identity)?$/i.test(headers.get('content-encoding') ?? ''))
    return problem('unsupported_media_type', { accepted: 'identity' })
  if (route.body !== undefined && !isJson(headers.get('content-type')))
    return (await hasBody(request))
      ? problem('unsupported_media_type', { accepted: 'application/json' })
      : problem('body_needed')

  const bytes = await readAtMost(request, route.bodyBytesMax)
  if (bytes === 'too_large')
    return problem('body_too_large', { bodyBytesMax: route.bodyBytesMax }, { connection: 'close' })
  if (bytes === 'broken_off') return problem('malformed_request', {}, { connection: 'close' })
  if (route.body === undefined) return taken({ json: undefined, bytes })
  if (bytes.byteLength === 0) return problem('body_needed')
  const json = readStrictJson(bytes)
  if (json.kind === 'refused') return problem(json.code, { faults: json.faults })
  return taken({ json: json.value, bytes: undefined })
}

const nothing = { json: undefined, bytes: undefined }

const isJson = (contentType: string | null): boolean =>
  contentType !== null && /^application\/json *(?:; *charset="?utf-8"? *)?$/i.test(contentType)

/** A server knows from the headers; a request made in a test may have a body without a length. */
async function hasBody(request: Request): Promise<boolean> {
  const length = request.headers.get('content-length')
  if (length !== null) return length !== '0'
  if (request.headers.has('transfer-encoding')) return true
  // The server hands over a stream for every such request, also where nothing was sent.
  if (isReading(request.method) || request.body === null) return false
  return typeof (await readAtMost(request, 0)) === 'string'
}

/** Reads a body up to a size, counting what arrives: a length can be missing or wrong. */
async function readAtMost(
  request: Request,
  bytesMax: number,
): Promise<Uint8Array | 'too_large' | 'broken_off'> {
  const length = request.headers.get('content-length')
  if (length !== null && !(Number(length) <= bytesMax)) return 'too_large'
  try {
    if (length !== null) {
      const bytes = new Uint8Array(await request.arrayBuffer())
      return bytes.byteLength > bytesMax ? 'too_large' : bytes
    }
    const chunks: Uint8Array[] = []
    let total = 0
    for await (const chunk of request.body ?? []) {
      total += chunk.byteLength
      if (total > bytesMax) return 'too_large'
      chunks.push(chunk)
    }
    return Buffer.concat(chunks)
  } catch {
    return 'broken_off'
  }
}

/** The caller's own name for this attempt: 1 to 255 visible ASCII characters. */
export function takeIdempotencyKey(headers: Headers): Taken<string> {
  const key = headers.get('idempotency-key')
  return key !== null && /^[\x21-\x7e]{1,255}$/.test(key)
    ? taken(key)
    : problem('idempotency_key_needed')
}
