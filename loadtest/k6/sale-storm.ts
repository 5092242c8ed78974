import exec from 'k6/execution'
import type { Options } from 'k6/options'
import { arrivals, begin, numberOf } from './begin.ts'
import { pay } from './payments.ts'
import { summaryTrendStats } from './summary.ts'

export { handleSummary } from './summary.ts'

/** Payments all the time, while `rush.ts` beside it lets everybody come to the sale. */
export const options: Options = {
  scenarios: {
    redeem: arrivals({
      exec: 'redeem',
      rate: numberOf('RATE'),
      seconds: numberOf('QUIET_SECONDS') + numberOf('STORM_SECONDS') + numberOf('AFTER_SECONDS'),
      users: numberOf('TILL_USERS'),
    }),
  },
  thresholds: {
    'http_req_failed{path:redeem}': ['rate==0'],
    'dropped_iterations{scenario:redeem}': ['count==0'],
  },
  summaryTrendStats,
  setupTimeout: '300s',
}

export const setup = begin

export function redeem(): void {
  pay(exec.scenario.iterationInTest)
}
