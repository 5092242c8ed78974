import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { getRequestListener } from '@hono/node-server'
import { render } from './edge.ts'
import type { Log } from './log.ts'
import { problem } from './reply.ts'
import type { GeneralCode } from './problems.ts'
import type { Service } from './service.ts'

export type Running = Readonly<{
  url: string
  port: number
  /** Takes no new work, finishes what is in flight, and resolves. Safe to call twice. */
  drain: () => Promise<void>
}>

const drainMs = 10_000

/**
 * Listens. Port 0 takes any free one.
 *
 * A caller has ten seconds to send its headers and fifteen for the whole request.
 * `drain`: `/readyz` says no at once and every reply closes its connection; after `noticeMs`, in
 * which load balancers see it, nobody new is let in; what is in flight has ten seconds to finish.
 */
export async function serve(
  service: Service,
  { port, host = '127.0.0.1', noticeMs = 200 }: { port: number; host?: string; noticeMs?: number },
): Promise<Running> {
  const inFlight = new Set<ServerResponse>()
  let draining: Promise<void> | undefined
  const listener = getRequestListener(service.app.fetch, {
    errorHandler: () => render(service.problems, problem('malformed_request'), crypto.randomUUID()),
  })
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 15_000, connectionsCheckingInterval: 1_000 },
    (incoming, outgoing) => {
      inFlight.add(outgoing)
      outgoing.once('close', () => inFlight.delete(outgoing))
      if (draining !== undefined) outgoing.shouldKeepAlive = false
      void listener(incoming, outgoing)
    },
  )
  server.keepAliveTimeout = 65_000
  server.on('checkExpectation', (incoming, outgoing) => server.emit('request', incoming, outgoing))
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) =>
    refuse(service, { error, socket, inFlight }),
  )
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const { port: actual } = server.address() as AddressInfo
  service.log.event('listening', { port: actual })
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${actual}`,
    port: actual,
    drain: () => (draining ??= drain(service, { server, inFlight, noticeMs })),
  }
}

async function drain(
  service: Service,
  {
    server,
    inFlight,
    noticeMs,
  }: { server: Server; inFlight: Set<ServerResponse>; noticeMs: number },
): Promise<void> {
  service.stopBeingReady()
  service.log.event('draining', { inFlight: inFlight.size })
  for (const outgoing of inFlight) outgoing.shouldKeepAlive = false
  await sleep(noticeMs)
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve())
  })
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
  const code: GeneralCode = isLate
    ? 'request_timeout'
    : error.code === 'HPE_HEADER_OVERFLOW'
      ? 'headers_too_large'
      : 'malformed_request'
  const requestId = crypto.randomUUID()
  const response = render(service.problems, problem(code), requestId)
  const { status } = response
  service.log.request({ requestId, method: 'other', route: '(none)', status, ms: 0, code })
  void response.text().then((body) => {
    const head = [...response.headers].map(([name, value]) => `${name}: ${value}\r\n`).join('')
    const length = `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n`
    socket.end(`HTTP/1.1 ${status} Refused\r\n${head}${length}\r\n${body}`)
  })
}

/**
 * Lets a process end in order: on SIGTERM or SIGINT it drains, closes and exits with 0;
 * on an error that nobody caught it logs it, drains, closes and exits with 1.
 * A second signal, or fifteen seconds, end it at once.
 */
export function runUntilSignal({
  drain: drainAll,
  close = async () => {},
  log,
}: {
  drain: () => Promise<void>
  /** What comes after the last request: the pools. */
  close?: () => Promise<void>
  log: Log
}): void {
  let isEnding = false
  const exit = (code: number): never => {
    log.flush()
    process.exit(code)
  }
  const end = (code: number): void => {
    if (isEnding) exit(1)
    isEnding = true
    setTimeout(() => exit(1), 15_000).unref()
    drainAll()
      .then(close)
      .then(() => exit(code))
      .catch((error: unknown) => {
        log.fault(error, { while: 'draining' })
        exit(1)
      })
  }
  const crash = (error: unknown): void => {
    log.fault(error, { while: 'uncaught' })
    if (!isEnding) end(1)
  }
  process.on('SIGTERM', () => end(0))
  process.on('SIGINT', () => end(0))
  process.on('uncaughtException', crash)
  process.on('unhandledRejection', crash)
}
