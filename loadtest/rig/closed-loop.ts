import { connect } from 'node:net'
import type { Payment } from './codes.ts'
import { type Entry, heardFrom } from './journal.ts'
import { type Latency, latencyOf } from './latency.ts'
import type { Wire } from './wire.ts'

export type ClosedLoop = Readonly<{
  entries: readonly Entry[]
  seconds: number
  perSecond: number
  latency: Latency
}>

const ANSWER_MS_MAX = 15_000

/**
 * Sends payments over so many connections, each as soon as the one before is answered: what a
 * design can do at most. One client for all designs, so that they differ by the server alone.
 *
 * The client shares the machine with the server, so it does as little as it can: requests are
 * written before the clock starts, and of an answer only its status line and length are read.
 * autocannon, tried first, needed more CPU for a request than the ceiling and held it to 1,700/s.
 *
 * A request that got no answer is in the entries as unknown.
 */
export async function runClosedLoop({
  urls,
  payments,
  wireOf,
  connections,
}: Readonly<{
  /** The processes of the service; connections and payments are shared out evenly. */
  urls: readonly string[]
  payments: readonly Payment[]
  wireOf: (payment: Payment) => Wire
  connections: number
}>): Promise<ClosedLoop> {
  const shares = urls.map((url, place) => {
    const own = payments.filter((_, at) => at % urls.length === place)
    return { url: new URL(url), own, requests: own.map((it) => requestOf(wireOf(it))) }
  })
  const started = performance.now()
  const sent = await Promise.all(
    shares.map(({ url, requests }) =>
      sendAll(url, requests, Math.max(1, Math.floor(connections / urls.length))),
    ),
  )
  const seconds = (performance.now() - started) / 1_000
  const entries = shares.flatMap(({ own }, share) =>
    own.map((payment, place) => entryOf(payment, sent[share]?.[place])),
  )
  return {
    entries,
    seconds,
    perSecond: entries.filter(({ status }) => status === 201).length / seconds,
    latency: latencyOf(entries.map(({ ms }) => ms)),
  }
}

type Answer = Readonly<{ status: number; body: string; at: number; ms: number }>

function requestOf({ path, headers, body }: Wire): Buffer {
  const head = [
    `POST ${path} HTTP/1.1`,
    'host: localhost',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
  ]
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`)
}

/** Sends each request once; the answers stand where their requests do. */
async function sendAll(
  url: URL,
  requests: readonly Buffer[],
  connections: number,
): Promise<readonly (Answer | undefined)[]> {
  const answers: (Answer | undefined)[] = Array.from({ length: requests.length }, () => undefined)
  let next = 0
  const keepSending = async (): Promise<void> => {
    let line = openLine(url)
    while (next < requests.length) {
      const place = next++
      const request = requests[place]
      if (request === undefined) continue
      answers[place] = await line.ask(request)
      if (answers[place] === undefined) {
        line.close()
        line = openLine(url)
      }
    }
    line.close()
  }
  await Promise.all(Array.from({ length: connections }, keepSending))
  return answers
}

/** One connection that asks one thing after the other. An answer that does not come is undefined. */
function openLine({ hostname, port }: URL) {
  const socket = connect({ host: hostname, port: Number(port), noDelay: true })
  let heard = ''
  let sentAt = 0
  let resolve: ((answer: Answer | undefined) => void) | undefined
  const settle = (answer: Answer | undefined): void => {
    const waiting = resolve
    resolve = undefined
    heard = ''
    waiting?.(answer)
  }
  socket.setEncoding('latin1')
  socket.setTimeout(ANSWER_MS_MAX, () => settle(undefined))
  socket.on('data', (piece: string) => {
    heard += piece
    const head = heard.indexOf('\r\n\r\n')
    if (head < 0) return
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(heard)?.[1] ?? 0)
    if (heard.length < head + 4 + length) return
    const body = Buffer.from(heard.slice(head + 4), 'latin1').toString()
    const ms = performance.now() - sentAt
    settle({ status: Number(heard.slice(9, 12)), body, at: Date.now(), ms })
  })
  socket.on('error', () => settle(undefined))
  socket.on('close', () => settle(undefined))
  return {
    ask: (request: Buffer): Promise<Answer | undefined> =>
      new Promise((done) => {
        resolve = done
        sentAt = performance.now()
        if (!socket.write(request) && socket.destroyed) settle(undefined)
      }),
    close: () => socket.destroy(),
  }
}

function entryOf(payment: Payment, answer: Answer | undefined): Entry {
  if (answer === undefined)
    return { payment, status: 0, heard: { kind: 'unknown' }, at: Date.now(), ms: ANSWER_MS_MAX }
  const { status, body, at, ms } = answer
  return { payment, status, heard: heardFrom(status, parsed(body)), at, ms }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}
