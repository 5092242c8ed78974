import autocannon from 'autocannon'
import type { Payment } from './codes.ts'
import { type Entry, bodyOf, heardFrom } from './journal.ts'
import { type Latency, latencyOf } from './latency.ts'

export type ClosedLoop = Readonly<{
  entries: readonly Entry[]
  seconds: number
  perSecond: number
  latency: Latency
}>

type Request = Parameters<typeof autocannon>[0]['requests'][number]

type Answer = Readonly<{ status: number; body: string; at: number; ms: number }>

/**
 * Sends payments over so many connections, each as soon as the one before is answered: what a
 * design can do at most. One client for all designs, so that they differ by the server alone.
 *
 * A request that got no answer is in the entries as unknown.
 */
export async function runClosedLoop(
  of: Readonly<{
    /** The processes of the service; connections and payments are shared out evenly. */
    urls: readonly string[]
    payments: readonly Payment[]
    tokenOf: (till: number) => string
    connections: number
  }>,
): Promise<ClosedLoop> {
  const { payments } = of
  const answers: (Answer | undefined)[] = Array.from({ length: payments.length }, () => undefined)
  const tries = Array.from({ length: payments.length }, () => 0)
  let next = 0
  const setupRequest: Request['setupRequest'] = (request, context) => {
    const place = next < payments.length ? next++ : payments.length - 1
    const payment = payments[place]
    if (payment === undefined) return request
    tries[place] = (tries[place] ?? 0) + 1
    context['place'] = place
    context['sentAt'] = performance.now()
    const headers = {
      'content-type': 'application/json',
      authorization: `Bearer ${of.tokenOf(payment.till)}`,
    }
    return { ...request, headers, body: bodyOf(payment) }
  }
  const onResponse: Request['onResponse'] = (status, body, context) => {
    const ms = performance.now() - Number(context['sentAt'])
    answers[Number(context['place'])] = { status, body, at: Date.now(), ms }
  }
  const started = performance.now()
  const { urls } = of
  const shareOf = (total: number, place: number): number =>
    Math.floor((total * (place + 1)) / urls.length) - Math.floor((total * place) / urls.length)
  const sending = urls.map((url, place) =>
    autocannon({
      url,
      connections: Math.max(
        1,
        Math.min(shareOf(of.connections, place), shareOf(payments.length, place)),
      ),
      amount: shareOf(payments.length, place),
      timeout: 15,
      requests: [{ method: 'POST', path: '/v1/redemptions', setupRequest, onResponse }],
    }),
  )
  await Promise.all(sending)
  const seconds = (performance.now() - started) / 1_000
  const entries = payments.flatMap((payment, place) =>
    tries[place] === 0 ? [] : [entryOf(payment, answers[place])],
  )
  return {
    entries,
    seconds,
    perSecond: answers.filter((it) => it?.status === 201).length / seconds,
    latency: latencyOf(entries.map(({ ms }) => ms)),
  }
}

function entryOf(payment: Payment, answer: Answer | undefined): Entry {
  if (answer === undefined)
    return { payment, status: 0, heard: { kind: 'unknown' }, at: Date.now(), ms: 0 }
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
