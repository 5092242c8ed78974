import type { Actor, Role } from '@minnaken/domain'
import type { z } from 'zod'
import type { GeneralCode, Words } from './problems.ts'
import type { FileReply, JsonReply, LiveReply, ProblemReply, Reply } from './reply.ts'
import type { ShedClass } from './shed.ts'

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

/** Who may call a route: these roles and nobody else, or anyone, signed in or not. */
export type Access = 'anyone' | readonly [Role, ...Role[]]

/** Stands in `replies` for a file of this media type. */
export type Bytes = Readonly<{ kind: 'bytes'; contentType: string }>

export const bytes = (contentType: string): Bytes => ({ kind: 'bytes', contentType })

/** Stands in `replies` for server-sent events, each by its name. */
export type LiveEvents<
  Events extends Readonly<Record<string, z.ZodType>> = Readonly<Record<string, z.ZodType>>,
> = Readonly<{ kind: 'live'; contentType: 'text/event-stream'; events: Events }>

export const liveEvents = <const Events extends Readonly<Record<string, z.ZodType>>>(
  events: Events,
): LiveEvents<Events> => ({ kind: 'live', contentType: 'text/event-stream', events })

export type Replies = Readonly<Record<number, z.ZodType | Bytes | LiveEvents>>

type Fields = z.ZodObject
type Output<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined

/** The actor of a route with a list of roles is one of these roles; a route for anyone may have none. */
export type ActorOf<A extends Access> = A extends readonly Role[]
  ? Actor & Readonly<{ role: A[number] }>
  : Actor | null

/** Lists may be read-only, as the domain's are. */
type Sendable<T> = T extends string | number | boolean | bigint | null | undefined
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Sendable<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: Sendable<T[Key]> }
      : T

export type ReplyOf<R extends Replies> = {
  [Status in keyof R & number]: R[Status] extends z.ZodType
    ? JsonReply<Status, Sendable<z.input<R[Status]>>>
    : R[Status] extends LiveEvents<infer Events>
      ? LiveReply<{ readonly [Name in keyof Events]: Sendable<z.input<Events[Name]>> }>
      : FileReply
}[keyof R & number]

export type HandleInput<A extends Access, P, Q, B, Raw, Idempotent> = Readonly<{
  params: Output<P>
  query: Output<Q>
  body: Output<B>
  /** The body as it was sent, on a route with `raw`. */
  bytes: Raw extends true ? Uint8Array : undefined
  actor: ActorOf<A>
  headers: Headers
  requestId: string
  /** The caller's `Idempotency-Key`, on a route with `idempotent`. */
  idempotencyKey: Idempotent extends true ? string : undefined
}>

/** What the edge hands to any handler, checked by that route's own schemas. */
type CheckedInput = Readonly<{
  params: unknown
  query: unknown
  body: unknown
  bytes: Uint8Array | undefined
  actor: Actor | null
  headers: Headers
  requestId: string
  idempotencyKey: string | undefined
}>

/** For what is refused last: how many others come or are at work is nothing to it. */
export type OwnLine = Readonly<{
  /** Told of each request that is refused because too many of this line wait or are at work. */
  refused: () => void
}>

/** What a service needs to know of one route. Made by `route()`. */
export type Route<Code extends string = string> = Readonly<{
  method: Method
  path: string
  access: Access
  summary: Words
  params: Fields | undefined
  query: Fields | undefined
  body: z.ZodType | undefined
  raw: boolean
  idempotent: boolean
  anonymous: boolean
  tagged: boolean
  admission: boolean
  shed: ShedClass | undefined
  hasRoom: (() => boolean) | undefined
  ownLine: OwnLine | undefined
  bodyBytesMax: number
  replies: Replies
  problems: readonly Code[]
  handle: (input: CheckedInput) => Promise<Reply>
}>

/**
 * Declares one route. From this one declaration come its validation, its OpenAPI entry,
 * its authorisation and its line in the authorisation matrix.
 *
 * Every object in `params`, `query` and `body` is strict; every `:name` of the path is in `params`.
 * A reply whose status is not in `replies` does not compile, nor does a problem that is not declared.
 */
export function route<
  const A extends Access,
  const R extends Replies,
  const Code extends string = never,
  P extends Fields | undefined = undefined,
  Q extends Fields | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
  Raw extends boolean = false,
  Idempotent extends boolean = false,
>(declaration: {
  method: Method
  path: `/${string}`
  access: A
  summary: Words
  params?: P
  query?: Q
  body?: B
  /** Hands the body over as bytes, whatever its content type: for signed webhooks and imports. */
  raw?: Raw
  /** Needs an `Idempotency-Key` header. */
  idempotent?: Idempotent
  /** For anyone, and nobody is looked up: the handler has no actor, and no session is asked for. */
  anonymous?: boolean
  /** Whoever has the answer already is told that it is still so, and gets no second copy. */
  tagged?: boolean
  /** In a rush people wait in line in front of it: the service's gate decides who comes in. */
  admission?: boolean
  /** How soon it is refused when there is too much to do. */
  shed?: ShedClass
  /** Asked before anything of a request is read; where it says no, the answer is `busy`. */
  hasRoom?: () => boolean
  /** Its crowd is counted by itself: outside and at work others take none of its places. */
  ownLine?: OwnLine
  bodyBytesMax?: number
  replies: R
  problems?: readonly Code[]
  handle: (
    input: HandleInput<A, P, Q, B, Raw, Idempotent>,
  ) => Promise<ReplyOf<R> | ProblemReply<NoInfer<Code> | GeneralCode>>
}): Route<Code> {
  const { method, path, access, summary, replies } = declaration
  return {
    method,
    path,
    access,
    summary,
    params: declaration.params,
    query: declaration.query,
    body: declaration.body,
    raw: declaration.raw ?? false,
    idempotent: declaration.idempotent ?? false,
    anonymous: declaration.anonymous ?? false,
    tagged: declaration.tagged ?? false,
    admission: declaration.admission ?? false,
    shed: declaration.shed,
    hasRoom: declaration.hasRoom,
    ownLine: declaration.ownLine,
    bodyBytesMax: declaration.bodyBytesMax ?? 64 * 1024,
    replies,
    problems: declaration.problems ?? [],
    // The edge calls it only with what these very schemas returned and an actor of these roles.
    handle: declaration.handle as Route['handle'],
  }
}
