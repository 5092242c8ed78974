import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { getRequestListener } from '@hono/node-server'
import { type Doors, openDoors } from './doors.ts'
import { inRounds } from './rounds.ts'
import { render } from './render.ts'
import { problem } from './reply.ts'
import { noRoomFor } from './room.ts'
import type { Unreadable } from './metrics-requests.ts'
import type { Service } from './service.ts'

export type Running = Readonly<{
  url: string
  port: number
  /** Takes no new work, finishes what is in flight, and resolves. Safe to call twice. */
  drain: () => Promise<void>
}>

const serverOptions = {
  connectionsCheckingInterval: 1_000,
  // A request without a Host is refused by us, with our headers, rather than by Node without.
  requireHostHeader: false,
}

/**
 * Listens. Port 0 takes any free one.
 *
 * A caller has `headersMs` to send its headers and `requestMs` for the whole request.
 * Of a crowd so many as `perRound` are begun each time around the event loop; those inside go on in
 * between. Of the rest so many as `outsideMax` may wait for that; one more is told `busy`. Routes with
 * a line of their own have as many places again, which nobody else takes.
 * `drain`: `/readyz` says no at once and every reply closes its connection; after `noticeMs`, in
 * which load balancers see it, nobody new is let in; what is in flight has `drainMs` to finish.
 */
export async function serve(
  service: Service,
  {
    port,
    host = '127.0.0.1',
    noticeMs = 200,
    drainMs = 10_000,
    headersMs = 10_000,
    requestMs = 15_000,
    perRound = Number.POSITIVE_INFINITY,
    outsideMax = Number.POSITIVE_INFINITY,
  }: {
    port: number
    host?: string
    noticeMs?: number
    drainMs?: number
    headersMs?: number
    requestMs?: number
    perRound?: number
    outsideMax?: number
  },
): Promise<Running> {
  const inFlight = new Set<ServerResponse>()
  let draining: Promise<void> | undefined
  const listener = getRequestListener(service.app.fetch, {
    errorHandler: () => refusal(service, 'malformed_request'),
  })
  const beginIn = lines(service, () => inRounds(perRound, outsideMax))
  const timeouts = { headersTimeout: headersMs, requestTimeout: requestMs }
  const server = createServer({ ...serverOptions, ...timeouts }, (incoming, outgoing) => {
    inFlight.add(outgoing)
    outgoing.once('close', () => inFlight.delete(outgoing))
    if (draining !== undefined) outgoing.shouldKeepAlive = false
    const hear = (): void => {
      if (!outgoing.destroyed) void listener(incoming, outgoing)
    }
    beginIn(incoming)(hear, () => {
      noRoomFor.add(incoming)
      hear()
    })
  })
  server.keepAliveTimeout = 65_000
  server.on('checkExpectation', (incoming, outgoing) => server.emit('request', incoming, outgoing))
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) =>
    refuse(service, { error, socket, inFlight }),
  )
  const doors = await openDoors(server, { port, host })
  const { port: actual } = doors
  service.log.event('listening', { port: actual })
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${actual}`,
    port: actual,
    drain: () => (draining ??= drain(service, { server, doors, inFlight, noticeMs, drainMs })),
  }
}

/** Where a request waits until it is begun: by its method and path, since nothing else is read yet. */
function lines(
  { routes }: Service,
  open: () => ReturnType<typeof inRounds>,
): (incoming: IncomingMessage) => ReturnType<typeof inRounds> {
  const apart = new Set(
    routes.flatMap(({ ownLine, method, path }) =>
      ownLine === undefined ? [] : [`${method.toUpperCase()} ${path}`],
    ),
  )
  const [own, shared] = [open(), open()]
  return ({ method, url }) => (apart.has(`${method} ${url}`) ? own : shared)
}

async function drain(
  service: Service,
  {
    server,
    doors,
    inFlight,
    noticeMs,
    drainMs,
  }: {
    server: Server
    doors: Doors
    inFlight: Set<ServerResponse>
    noticeMs: number
    drainMs: number
  },
): Promise<void> {
  service.stopBeingReady()
  service.log.event('draining', { inFlight: inFlight.size })
  for (const outgoing of inFlight) outgoing.shouldKeepAlive = false
  await sleep(noticeMs)
  const closed = doors.close()
  const until = performance.now() + drainMs
  for (let quiet = 0; quiet < 3 && performance.now() < until; await sleep(20))
    quiet = inFlight.size === 0 ? quiet + 1 : 0
  service.log.event('drained', { cutOff: inFlight.size })
  server.closeAllConnections()
  await closed
}

/** Answers what never became a request. One that a handler is already working on is cut off, not answered twice. */
function refuse(
  service: Service,
  {
    error,
    socket,
    inFlight,
  }: { error: NodeJS.ErrnoException; socket: Socket; inFlight: Set<ServerResponse> },
): void {
  const atWork = [...inFlight].find((outgoing) => outgoing.socket === socket)
  const isLate = error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
  if (
    !socket.writable ||
    error.code === 'ECONNRESET' ||
    (atWork && (!isLate || atWork.headersSent))
  ) {
    socket.destroy()
    return
  }
  const code: Unreadable = isLate
    ? 'request_timeout'
    : error.code === 'HPE_HEADER_OVERFLOW'
      ? 'headers_too_large'
      : 'malformed_request'
  const response = refusal(service, code)
  void response.text().then((body) => {
    const head = [...response.headers].map(([name, value]) => `${name}: ${value}\r\n`).join('')
    const length = `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n`
    socket.end(`HTTP/1.1 ${response.status} Refused\r\n${head}${length}\r\n${body}`)
  })
}

/** The answer to what never became a request that could be routed, with its line of log. */
function refusal(service: Service, code: Unreadable): Response {
  const requestId = crypto.randomUUID()
  const response = render(service.problems, problem(code), requestId)
  const { status } = response
  service.log.request({ requestId, method: 'other', route: '(none)', status, ms: 0, code })
  service.metrics.unreadable(code)
  return response
}
