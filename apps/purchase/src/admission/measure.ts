import type { Metrics } from '@minnaken/http'
import type { SaleGate } from './gate.ts'

/** Tells operators of the line in front of applying and buying. */
export function measureGate(metrics: Metrics, gate: Pick<SaleGate, 'figures'>): void {
  metrics.gauge({
    name: 'minnaken_admission_waiting',
    help: 'People who wait for their turn to apply or to buy; 0 while there is no rush.',
    read: () => gate.figures.waiting,
  })
  metrics.gauge({
    name: 'minnaken_admission_at_work',
    help: 'Requests to apply, to buy or to sign in that were let in and are not answered yet.',
    read: () => gate.figures.inFlight,
  })
  metrics.gauge({
    name: 'minnaken_admission_per_second',
    help: 'How many people are called in a second, as measured.',
    read: () => gate.figures.perSecond,
  })
}
