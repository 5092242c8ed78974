import { monitorEventLoopDelay } from 'node:perf_hooks'
import { collectDefaultMetrics, type Registry } from 'prom-client'
import type { Metrics } from './metrics.ts'

const LOOK_MS = 10

/** What the time from one look to the next says of lag: what it was longer than it should be. */
export const lagSeconds = (nanoseconds: number): number =>
  Math.max(0, nanoseconds / 1e9 - LOOK_MS / 1_000)

/** CPU, memory, garbage collection, file descriptors, and how long the event loop is held up. */
export function measureProcess(registry: Registry, gauges: Metrics['gauges']): void {
  // Its own figures of the event loop's lag have the time between two looks in them, so that an
  // idle process lags by 10 ms. They are left out, and ours are without it.
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 1_000 })
  for (const { name } of registry.getMetricsAsArray())
    if (name.startsWith('nodejs_eventloop_lag')) registry.removeSingleMetric(name)
  const looks = monitorEventLoopDelay({ resolution: LOOK_MS })
  looks.enable()
  gauges({
    name: 'minnaken_event_loop_lag_seconds',
    help: 'How late the event loop came to its work since it was last asked.',
    label: 'quantile',
    values: ['0.5', '0.99', '1'],
    read: () => {
      const lags = {
        '0.5': lagSeconds(looks.percentile(50)),
        '0.99': lagSeconds(looks.percentile(99)),
        '1': lagSeconds(looks.max),
      }
      looks.reset()
      return lags
    },
  })
}
