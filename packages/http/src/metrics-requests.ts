import { Counter, Histogram, type Registry } from 'prom-client'
import type { RequestLine } from './log.ts'
import type { GeneralCode } from './problems.ts'

export type Answered = Omit<RequestLine, 'requestId'>

export type Unreadable = Extract<
  GeneralCode,
  'malformed_request' | 'request_timeout' | 'headers_too_large'
>

const unreadables: readonly Unreadable[] = [
  'malformed_request',
  'request_timeout',
  'headers_too_large',
]

/** A till waits for tens of milliseconds, and gives up after seconds. */
export const tillSeconds: readonly number[] = [
  0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.25, 0.5, 1, 2.5,
]

type Observer = Readonly<{ observe: (seconds: number) => void }>

/** Times every answer by method, route and status, and counts every problem by its code. */
export function requestMetrics(registry: Registry) {
  const registers = [registry]
  const seconds = new Histogram({
    name: 'minnaken_http_request_seconds',
    help: 'How long answers took, by the pattern of the route.',
    labelNames: ['method', 'route', 'status'],
    buckets: [...tillSeconds],
    registers,
  })
  const problems = new Counter({
    name: 'minnaken_http_problems_total',
    help: 'Answers that are problems, by their code.',
    labelNames: ['method', 'route', 'code'],
    registers,
  })
  const unreadable = new Counter({
    name: 'minnaken_http_unreadable_total',
    help: 'What never became a request: too slow, too large or not HTTP.',
    labelNames: ['code'],
    registers,
  })
  for (const code of unreadables) unreadable.inc({ code }, 0)
  // Strings that are the same each time, looked up one by one: nothing is put together.
  const bound = new Map<string, Map<string, Map<number, Observer>>>()
  const observerOf = ({ route, method, status }: Answered): Observer => {
    const byMethod = bound.get(route) ?? new Map<string, Map<number, Observer>>()
    const byStatus = byMethod.get(method) ?? new Map<number, Observer>()
    const known = byStatus.get(status)
    if (known !== undefined) return known
    bound.set(route, byMethod)
    byMethod.set(method, byStatus)
    const made = seconds.labels({ method, route, status })
    byStatus.set(status, made)
    return made
  }
  return {
    /** This problem may come to be counted, and is zero until then. */
    expect: (line: Required<Pick<Answered, 'method' | 'route' | 'code'>>): void =>
      problems.inc(line, 0),
    answered: (line: Answered): void => {
      observerOf(line).observe(line.ms / 1_000)
      const { method, route, code } = line
      if (code !== undefined) problems.inc({ method, route, code })
    },
    unreadable: (code: Unreadable): void => unreadable.inc({ code }),
  }
}
