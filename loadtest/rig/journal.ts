import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import type { Payment } from './codes.ts'
import type { Wire } from './wire.ts'

/** What a till was told about one request that it sent. */
export type Heard =
  | Readonly<{ kind: 'taken'; redemptionId: string; yen: number }>
  | Readonly<{ kind: 'refused'; code: string }>
  /** No answer, or one that promises nothing: the same request has to be sent again. */
  | Readonly<{ kind: 'unknown' }>

/** One line of the tills' own journal. */
export type Entry = Readonly<{
  payment: Payment
  status: number
  heard: Heard
  /** When the answer was there, and how long it took. */
  at: number
  ms: number
}>

/** What the answer to a payment says. Only a problem of ours with a code is a refusal. */
export function heardFrom(status: number, body: unknown): Heard {
  const told = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>
  if (status === 201 && typeof told['redemptionId'] === 'string')
    return { kind: 'taken', redemptionId: told['redemptionId'], yen: Number(told['amountYen']) }
  const { code } = told
  if (status >= 400 && typeof code === 'string' && code !== 'outcome_unknown' && status !== 500)
    return { kind: 'refused', code }
  return { kind: 'unknown' }
}

/**
 * Reads the journal that a k6 script wrote: `T i status redemptionId yen at ms` for what was taken,
 * `R i status code at ms` for a refusal, `U i status at ms` for an unknown outcome; `i` is the
 * place in `payments`. Other lines are given back as they are.
 */
export async function readJournal(
  file: string,
  payments: readonly Payment[],
): Promise<Readonly<{ entries: Entry[]; others: string[] }>> {
  const entries: Entry[] = []
  const others: string[] = []
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const words = line.split(' ')
    if (!/^[TRU] \d+ \d+ /.test(line)) {
      if (line !== '') others.push(line)
      continue
    }
    const payment = payments[Number(words[1])]
    if (payment === undefined) throw new Error(`the journal names a request that is none: ${line}`)
    const [at, ms] = words.slice(-2).map(Number)
    entries.push({
      payment,
      status: Number(words[2]),
      heard: heardIn(words),
      at: at ?? 0,
      ms: ms ?? 0,
    })
  }
  return { entries, others }
}

function heardIn(words: readonly string[]): Heard {
  const [kind, , , first = '', second = ''] = words
  if (kind === 'T') return { kind: 'taken', redemptionId: first, yen: Number(second) }
  return kind === 'R' ? { kind: 'refused', code: first } : { kind: 'unknown' }
}

/**
 * Sends each request whose outcome is unknown again, until it has one. What stays unknown for a
 * minute is left so: the books will find it.
 */
export async function resolveUnknown(
  entries: readonly Entry[],
  {
    url,
    wireOf,
    giveUpMs = 60_000,
  }: Readonly<{ url: string; wireOf: (payment: Payment) => Wire; giveUpMs?: number }>,
): Promise<Entry[]> {
  const giveUpAt = Date.now() + giveUpMs
  const open = new Map<string, Payment>()
  for (const { heard, payment } of entries)
    if (heard.kind === 'unknown') open.set(requestOf(payment), payment)
  for (const { heard, payment } of entries)
    if (heard.kind === 'taken') open.delete(requestOf(payment))
  const resolved: Entry[] = []
  for (const payment of open.values()) {
    for (;;) {
      const entry = await sendPayment(payment, { url, wire: wireOf(payment) })
      // Told to come again, it is as unknown as before whether the first try took effect.
      const isOpen = entry.heard.kind === 'unknown' || entry.status === 503
      if (!isOpen) resolved.push(entry)
      if (!isOpen || Date.now() > giveUpAt) break
      await wait(RETRY_MS)
    }
  }
  return resolved
}

const RETRY_MS = 100

/** One code at one till is one request, however often it is sent. */
const requestOf = ({ code, till }: Payment): string => `${code} ${till}`

/** Sends one payment as a till or a payer does. */
async function sendPayment(
  payment: Payment,
  { url, wire: { path, headers, body } }: Readonly<{ url: string; wire: Wire }>,
): Promise<Entry> {
  const started = performance.now()
  const told = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
    signal: AbortSignal.timeout(15_000),
  }).then(
    async (response) => ({
      status: response.status,
      body: await response.json().catch(() => null),
    }),
    () => ({ status: 0, body: null }),
  )
  const ms = performance.now() - started
  return {
    payment,
    status: told.status,
    heard: heardFrom(told.status, told.body),
    at: Date.now(),
    ms,
  }
}
