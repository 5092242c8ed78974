import { tillSeconds } from './metrics-requests.ts'
import type { Metrics } from './metrics.ts'

/** A process may have several pools, each for one kind of work. */
export type PoolName = 'pool' | 'pool_voids' | 'pool_lookups' | 'pool_aside'

/** What the connections of a process are doing; a pool of node-postgres has these numbers. */
type PoolNumbers = Readonly<{ totalCount: number; idleCount: number; waitingCount: number }>

/**
 * Tells of a pool of connections, under a name of its own where a process has several. What it
 * answers is to be told of every caller's wait for one, in milliseconds, and whether it was in vain.
 */
export function measurePool(
  metrics: Metrics,
  pool: PoolNumbers,
  called: PoolName = 'pool',
): (wait: Readonly<{ ms: number; isInVain: boolean }>) => void {
  metrics.gauge({
    name: `minnaken_${called}_connections`,
    help: 'Connections to PostgreSQL, idle or lent.',
    read: () => pool.totalCount,
  })
  metrics.gauge({
    name: `minnaken_${called}_idle`,
    help: 'Connections to PostgreSQL that nobody uses.',
    read: () => pool.idleCount,
  })
  metrics.gauge({
    name: `minnaken_${called}_waiting`,
    help: 'Callers who wait for a connection.',
    read: () => pool.waitingCount,
  })
  const { got, in_vain } = metrics.histograms({
    name: `minnaken_${called}_wait_seconds`,
    help: 'How long callers waited for a connection.',
    label: 'outcome',
    values: ['got', 'in_vain'],
    bounds: tillSeconds,
  })
  return ({ ms, isInVain }) => (isInVain ? in_vain : got)(ms / 1_000)
}
