import type { Audience } from '@minnaken/domain'

type ReplyHeaders = Readonly<Record<string, string>>

export type JsonReply<Status extends number, Value> = Readonly<{
  kind: 'json'
  status: Status
  value: Value
  headers: ReplyHeaders
}>

export type FileReply = Readonly<{
  kind: 'file'
  status: 200
  bytes: Uint8Array
  headers: ReplyHeaders
  /** What a page may load; nothing else that comes from here is ever a page. */
  contentSecurityPolicy?: string
}>

export type ProblemReply<Code extends string = string> = Readonly<{
  kind: 'problem'
  code: Code
  data: Readonly<Record<string, unknown>>
  headers: ReplyHeaders
}>

/** What may be told: the name of each event and what it says. */
export type LivePart = Readonly<Record<string, unknown>>

export type Live<Events extends LivePart> = {
  /** Aborted when the listener is gone or has to go. */
  readonly signal: AbortSignal
  /** Tells the listener; does nothing once it is gone. */
  readonly send: <Name extends keyof Events & string>(event: Name, data: Events[Name]) => void
}

export type LiveReply<Events extends LivePart> = {
  readonly kind: 'live'
  readonly status: 200
  /** Tells events until `signal` is aborted, or for as long as there are any. */
  tell(live: Live<Events>): Promise<void>
  readonly headers: ReplyHeaders
}

export type Reply = JsonReply<number, unknown> | FileReply | LiveReply<LivePart> | ProblemReply

/** Answers with JSON. `cookie` is what `sessionCookie` or `endedSessionCookie` made. */
export const reply = <const Status extends number, const Value>(
  status: Status,
  value: Value,
  options: { headers?: ReplyHeaders; cookie?: string } = {},
): JsonReply<Status, Value> => ({
  kind: 'json',
  status,
  value,
  headers:
    options.cookie === undefined
      ? (options.headers ?? {})
      : { ...options.headers, 'set-cookie': options.cookie },
})

/** Answers with server-sent events, as they happen. */
export const live = <Events extends LivePart>(
  tell: (listener: Live<Events>) => Promise<void>,
): LiveReply<Events> => ({ kind: 'live', status: 200, tell, headers: {} })

/** Answers with a file to be saved under `filename`, which may be Japanese. */
export function file(bytes: Uint8Array, contentType: string, filename: string): FileReply {
  const plain = filename.replaceAll(/[^A-Za-z0-9._-]/g, '_')
  const full = encodeURIComponent(filename.replaceAll(/\p{Surrogate}/gu, '_')).replaceAll(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return {
    kind: 'file',
    status: 200,
    bytes,
    headers: {
      'content-type': contentType,
      'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${full}`,
    },
  }
}

/**
 * Answers with a picture whose address names these very bytes: a browser keeps it for ever by `tag`.
 * Nothing on the way does, so that a picture that is taken away is gone.
 */
export const picture = (bytes: Uint8Array, contentType: string, tag: string): FileReply => ({
  kind: 'file',
  status: 200,
  bytes,
  headers: {
    'content-type': contentType,
    'cache-control': 'private, max-age=31536000, immutable',
    etag: `W/"${tag}"`,
  },
})

/**
 * Answers with a page to be shown, or with a part of one. A page may load styles, scripts and data
 * from its own origin only; nothing may stand in the page itself, and nobody may frame it.
 */
export const page = (text: string, contentType: string, headers: ReplyHeaders = {}): FileReply => ({
  kind: 'file',
  status: 200,
  bytes: Buffer.from(text),
  headers: { ...headers, 'content-type': contentType },
  contentSecurityPolicy:
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; " +
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
})

/**
 * Says no, by a code that the route declares or that is general, with the data a screen needs.
 * `data.retryAfterSeconds` becomes the `Retry-After` header too.
 */
export const problem = <const Code extends string>(
  code: Code,
  data: Readonly<Record<string, unknown>> = {},
  headers: ReplyHeaders = {},
): ProblemReply<Code> => ({ kind: 'problem', code, data, headers })

export const cookieName = (audience: Audience): `__Host-${Audience}` => `__Host-${audience}`

/** The cookie of a session: for this host only, never readable by scripts, never sent across sites. */
export function sessionCookie({
  audience,
  token,
  maxAgeSeconds,
}: {
  audience: Audience
  token: string
  maxAgeSeconds: number
}): string {
  if (!/^[A-Za-z0-9._~-]+$/.test(token)) throw new Error('a session token is plain ASCII')
  return `${cookieName(audience)}=${token}; Path=/; Max-Age=${maxAgeSeconds}; ${cookieRules}`
}

/** Makes the browser forget the session's cookie. */
export const endedSessionCookie = (audience: Audience): string =>
  `${cookieName(audience)}=; Path=/; Max-Age=0; ${cookieRules}`

const cookieRules = 'HttpOnly; Secure; SameSite=Strict'
