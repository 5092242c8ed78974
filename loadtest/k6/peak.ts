import exec from 'k6/execution'
import type { Options } from 'k6/options'
import { pay, untilStart } from './payments.ts'
import { summaryTrendStats } from './summary.ts'

export { handleSummary } from './summary.ts'

const rate = Number(__ENV['RATE'])
const users = Number(__ENV['USERS'])

/** Payments arrive at a steady rate, whether or not the ones before were answered. */
export const options: Options = {
  scenarios: {
    peak: {
      executor: 'constant-arrival-rate',
      rate,
      timeUnit: '1s',
      duration: `${__ENV['SECONDS']}s`,
      preAllocatedVUs: users,
      maxVUs: users,
      gracefulStop: '30s',
    },
  },
  thresholds: {
    'http_req_duration{path:redeem}': [`p(99)<${__ENV['P99_MS'] ?? '50'}`],
    'http_req_failed{path:redeem}': ['rate==0'],
    dropped_iterations: ['count==0'],
  },
  summaryTrendStats,
  setupTimeout: '120s',
}

export function setup(): void {
  untilStart()
}

// k6 takes the default export as what a virtual user does.
export default function redeem(): void {
  pay(exec.scenario.iterationInTest)
}
