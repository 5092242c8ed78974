import exec from 'k6/execution'
import { Counter } from 'k6/metrics'
import type { Options } from 'k6/options'
import { arrivals, begin, numberOf } from './begin.ts'
import { pay } from './payments.ts'
import { summaryTrendStats } from './summary.ts'

export { handleSummary } from './summary.ts'

const seconds = numberOf('SECONDS')
/** Where in the file the payments begin that come after the flood. */
const afterFrom = numberOf('AFTER_FROM')
const silent = new Counter('refused_without_retry_after')

/** A flood of payments, then a load that is easily borne: how soon is it? */
export const options: Options = {
  scenarios: {
    flood: arrivals({
      exec: 'flood',
      rate: numberOf('RATE'),
      seconds,
      users: numberOf('USERS'),
    }),
    after: arrivals({
      exec: 'after',
      rate: numberOf('AFTER_RATE'),
      seconds: numberOf('AFTER_SECONDS'),
      startSeconds: seconds,
      users: numberOf('AFTER_USERS'),
    }),
  },
  summaryTrendStats,
  setupTimeout: '120s',
}

export const setup = begin

export function flood(): void {
  send(exec.scenario.iterationInTest)
}

export function after(): void {
  send(afterFrom + exec.scenario.iterationInTest)
}

function send(place: number): void {
  const { status, headers } = pay(place)
  if (status === 503 && (headers['Retry-After'] ?? '') === '') silent.add(1)
}
