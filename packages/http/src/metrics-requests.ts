import { Counter, type Registry } from 'prom-client'
import type { RequestLine } from './log.ts'
import type { Tally, TallyFamily, TallyOf } from './metrics-tally.ts'
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

/** Times every answer by method, route and status, and counts every problem by its code. */
export function requestMetrics(registry: Registry, family: (of: TallyOf) => TallyFamily) {
  const registers = [registry]
  const seconds = family({
    name: 'minnaken_http_request_seconds',
    help: 'How long answers took, by the pattern of the route.',
    bounds: tillSeconds,
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
  const tallies = new Map<string, Map<string, Map<number, Tally>>>()
  const tallyOf = ({ route, method, status }: Answered): Tally => {
    const byMethod = tallies.get(route) ?? new Map<string, Map<number, Tally>>()
    const byStatus = byMethod.get(method) ?? new Map<number, Tally>()
    const known = byStatus.get(status)
    if (known !== undefined) return known
    const made = seconds.member({ method, route, status })
    tallies.set(route, byMethod)
    byMethod.set(method, byStatus)
    byStatus.set(status, made)
    return made
  }
  return {
    /** This problem may come to be counted, and is zero until then. */
    expect: (line: Required<Pick<Answered, 'method' | 'route' | 'code'>>): void =>
      problems.inc(line, 0),
    answered: (line: Answered): void => {
      tallyOf(line)(line.ms / 1_000)
      const { method, route, code } = line
      if (code !== undefined) problems.inc({ method, route, code })
    },
    unreadable: (code: Unreadable): void => unreadable.inc({ code }),
  }
}
