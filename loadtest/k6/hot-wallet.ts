import exec from 'k6/execution'
import type { Options } from 'k6/options'
import { arrivals, begin, numberOf } from './begin.ts'
import { pay } from './payments.ts'
import { summaryTrendStats } from './summary.ts'

export { handleSummary } from './summary.ts'

const seconds = numberOf('PHASE_SECONDS')
/** Where in the file the payments begin that come on top of the others. */
const extraFrom = numberOf('EXTRA_FROM')
const users = numberOf('USERS')

/** Three phases of payments by everybody; in the second and third come more, spread and then not. */
export const options: Options = {
  scenarios: {
    others: arrivals({ exec: 'others', rate: numberOf('RATE'), seconds: seconds * 3, users }),
    extra: arrivals({
      exec: 'extra',
      rate: numberOf('EXTRA_RATE'),
      seconds: seconds * 2,
      startSeconds: seconds,
      users,
    }),
  },
  thresholds: {
    'http_req_failed{path:redeem}': ['rate==0'],
    dropped_iterations: ['count==0'],
  },
  summaryTrendStats,
  setupTimeout: '120s',
}

export const setup = begin

export function others(): void {
  pay(exec.scenario.iterationInTest)
}

export function extra(): void {
  pay(extraFrom + exec.scenario.iterationInTest)
}
