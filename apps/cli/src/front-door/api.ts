import { Agent, type IncomingMessage, type ServerResponse, request } from 'node:http'
import type { ServiceName, ServiceUrls } from '../platform/services.ts'
import { sayProblem } from './problem.ts'
import type { ServicePaths } from './service-paths.ts'
import { squeezed, squeezerFor } from './squeeze.ts'

/** What belongs to one connection and is not handed on (RFC 9110, 7.6.1). */
const hopByHop = new Set([
  'connection',
  'expect',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** A path that means another one than it says: `/v1/../metrics`. */
const wanders = /\/\.\.?(?:\/|$)|%2e|\\|%5c/i

/** Longer than any service takes to begin its answer. */
const ANSWER_MS = 30_000

/**
 * More at one service at once gain nothing: it answers each in milliseconds. Those who only listen
 * for what happens do not count; how many of them there can be is the service's to say.
 */
const AT_ONCE_MAX = 1_000

export type Api = Readonly<{
  /** Hands a request below `/api` to the service that has its path, and its answer back. */
  handle: (incoming: IncomingMessage, outgoing: ServerResponse) => void
  close: () => void
}>

/**
 * The way from a front door to the services. Nothing is read or kept on it: bodies and answers go
 * through as they come, so that live events do too; long lists are squeezed on the way.
 */
export function openApi({
  urls,
  pathsOf,
  atOnceMax = AT_ONCE_MAX,
}: Readonly<{ urls: ServiceUrls; pathsOf: ServicePaths; atOnceMax?: number }>): Api {
  // Each request has its own connection, so counting these bounds those.
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY })
  const atOnce: Record<ServiceName, number> = { purchase: 0, redemption: 0, settlement: 0 }
  return {
    handle: (incoming, outgoing) => {
      const address = (incoming.url ?? '').slice('/api'.length)
      const path = address.split('?')[0] ?? ''
      // Only what the OpenAPI documents list is for browsers: no probe, no metrics.
      if (!path.startsWith('/v1/') || wanders.test(path)) {
        sayProblem(outgoing, 'not_found')
        return
      }
      // A path that nobody has is answered by a service too: in its words, and by its rules.
      const service = pathsOf(path) ?? 'purchase'
      if (atOnce[service] >= atOnceMax) {
        sayProblem(outgoing, 'busy')
        return
      }
      atOnce[service] += 1
      const to = new URL(urls[service])
      pass({
        isOver: once(() => (atOnce[service] -= 1)),
        incoming,
        outgoing,
        agent,
        to: { host: to.hostname, port: Number(to.port), path: address },
      })
    },
    close: () => agent.destroy(),
  }
}

function once(work: () => void): () => void {
  let isDone = false
  return () => {
    if (isDone) return
    isDone = true
    work()
  }
}

function pass({
  isOver,
  incoming,
  outgoing,
  agent,
  to,
}: Readonly<{
  /** It is at the service no more, or only listens. */
  isOver: () => void
  incoming: IncomingMessage
  outgoing: ServerResponse
  agent: Agent
  to: Readonly<{ host: string; port: number; path: string }>
}>): void {
  const { method } = incoming
  const headers = {
    ...handedOn(incoming.headers),
    ...lengthOf(incoming),
    'x-forwarded-for': forwardedFor(incoming),
  }
  const upstream = request({ ...to, agent, headers, ...(method === undefined ? {} : { method }) })
  let wasSent = false
  const fail = () => {
    if (outgoing.headersSent) outgoing.destroy()
    else sayProblem(outgoing, wasSent ? 'outcome_unknown' : 'service_unreachable')
  }
  upstream.setTimeout(ANSWER_MS, () => upstream.destroy(new Error('no answer')))
  upstream.once('socket', (socket) => {
    // A connection that is used again was there before; a new one is, when it says so.
    if (!socket.connecting) wasSent = true
    else socket.once('connect', () => (wasSent = true))
  })
  upstream.once('response', (answer) => {
    upstream.setTimeout(0)
    if (answer.headers['content-type']?.startsWith('text/event-stream') === true) isOver()
    const squeezer = squeezerFor(incoming, answer)
    const kept = handedOn(answer.headers)
    outgoing.writeHead(answer.statusCode ?? 502, squeezer === null ? kept : squeezed(kept))
    // An event that is written is seen at once, also before the first byte of a body.
    outgoing.flushHeaders()
    if (squeezer === null) answer.pipe(outgoing)
    else {
      answer.pipe(squeezer).pipe(outgoing)
      outgoing.once('close', () => squeezer.destroy())
    }
    answer.once('error', () => outgoing.destroy())
    answer.once('close', () => {
      if (!answer.complete) outgoing.destroy()
    })
  })
  upstream.on('error', fail)
  // Whoever asked is gone: nobody is to work on.
  outgoing.once('close', () => {
    isOver()
    upstream.destroy()
  })
  incoming.pipe(upstream)
}

const handedOn = (headers: IncomingMessage['headers']): IncomingMessage['headers'] =>
  Object.fromEntries(
    Object.entries(headers).filter(([name, value]) => value !== undefined && !hopByHop.has(name)),
  )

/** A body without a length stays one; where there is none, none is made up. */
function lengthOf({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  if (headers['content-length'] !== undefined) return {}
  return headers['transfer-encoding'] === undefined
    ? { 'content-length': '0' }
    : { 'transfer-encoding': 'chunked' }
}

function forwardedFor(incoming: IncomingMessage): string {
  const before = incoming.headers['x-forwarded-for']
  const from = incoming.socket.remoteAddress ?? ''
  return before === undefined ? from : `${String(before)}, ${from}`
}
