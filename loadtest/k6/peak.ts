import exec from 'k6/execution'
import type { Options } from 'k6/options'
import { arrivals, begin, numberOf } from './begin.ts'
import { pay } from './payments.ts'
import { summaryTrendStats } from './summary.ts'

export { handleSummary } from './summary.ts'

/** Payments arrive at a steady rate, whether or not the ones before were answered. */
export const options: Options = {
  scenarios: {
    peak: arrivals({
      exec: 'redeem',
      rate: numberOf('RATE'),
      seconds: numberOf('SECONDS'),
      users: numberOf('USERS'),
    }),
  },
  thresholds: {
    'http_req_duration{path:redeem}': [`p(99)<${numberOf('P99_MS')}`],
    'http_req_failed{path:redeem}': ['rate==0'],
    dropped_iterations: ['count==0'],
  },
  summaryTrendStats,
  setupTimeout: '120s',
}

export const setup = begin

export function redeem(): void {
  pay(exec.scenario.iterationInTest)
}
