import type { Options } from 'k6/options'
import { begin, numberOf } from './begin.ts'
import { summaryTrendStats } from './summary.ts'

export { handleSummary } from './summary.ts'

const SPIN_MS = 50

/** Endless loops that ask for nothing: a storm that fills the cores and sends no request. */
export const options: Options = {
  scenarios: {
    loops: {
      executor: 'constant-vus',
      exec: 'spin',
      vus: numberOf('LOOPS'),
      startTime: `${numberOf('QUIET_SECONDS')}s`,
      duration: `${numberOf('STORM_SECONDS')}s`,
    },
  },
  summaryTrendStats,
  setupTimeout: '300s',
}

export const setup = begin

export function spin(): void {
  const end = Date.now() + SPIN_MS
  while (Date.now() < end);
}
