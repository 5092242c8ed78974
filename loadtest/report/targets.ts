import { paymentsAsked, wasSent } from '../rig/asked.ts'
import { ratioTargets } from '../rig/compare-targets.ts'
import type { Spread } from '../rig/latency.ts'
import { soakOf } from '../rig/soak.ts'
import { yes } from './cells.ts'
import { isTrial, type Known, type Results } from './results.ts'

type Row = readonly [run: string, what: string, target: string, measured: string, met: string]

/** One thing that is asked of a run; null where the run did not measure it. */
type Judged = Readonly<{ what: string; target: string; measured: string; isMet: boolean }> | null

/** What is asked of every run of a scenario. */
type Targets = Readonly<{
  [Name in keyof Known]?: (numbers: Known[Name]['numbers']) => readonly Judged[]
}>

const limited =
  (holds: (value: number, limit: number) => boolean, sign: string) =>
  (what: string, value: number, limit: number, unit = ''): Judged => ({
    what,
    target: `${sign}${limit}${unit}`,
    measured: String(Math.round(value * 100) / 100),
    isMet: holds(value, limit),
  })

const below = limited((value, limit) => value < limit, '< ')
const atMost = limited((value, limit) => value <= limit, '<= ')
const atLeast = limited((value, limit) => value >= limit, '>= ')

const none = (what: string, count: number): Judged => ({
  what,
  target: '0',
  measured: String(count),
  isMet: count === 0,
})

const sent = (
  what: string,
  loads: readonly Readonly<{ asked: number; sent: number }>[],
): Judged => ({
  what,
  target: '>= 99 %',
  measured: String(Math.round(Math.min(...loads.map((it) => it.sent / it.asked)) * 10_000) / 100),
  isMet: loads.length > 0 && loads.every(wasSent),
})

const spread = ({ median, min, max }: Spread): string => `${median} (${min}–${max})`

const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0)

const targets: Targets = {
  compare: ({ ratios }) =>
    ratioTargets.map(({ over, of, what, limit, isMet }) => {
      const ratio = ratios[over]?.[of]
      if (ratio === undefined) return null
      return { what, target: limit, measured: spread(ratio), isMet: isMet(ratio) }
    }),
  peak: ({ rounds, p99 }) => [
    {
      what: 'p99 at half of what k6 can send (ms)',
      target: '< 50',
      measured: spread(p99),
      isMet: p99.min < 50,
    },
    sent('payments really sent, of those asked', rounds),
    none('payments that were not taken', sum(rounds.map((it) => it.sent - it.taken))),
    none('arrivals that were dropped', sum(rounds.map(({ dropped }) => dropped))),
    none('payments that no listening till was told of', sum(rounds.map((it) => it.told.missed))),
  ],
  'big-table': ({ steps }) =>
    steps.slice(-1).map(({ ofNone: { throughput } }) => ({
      what: 'throughput with the biggest table, of that with none',
      target: '>= 0.9 x',
      measured: spread(throughput),
      isMet: throughput.median >= 0.9,
    })),
  soak: ({ windows }) => {
    const { ratio, growth, worstP99 } = soakOf(windows)
    return [
      sent('payments really sent, of those asked', windows),
      none('payments that were not taken', sum(windows.map((it) => it.sent - it.taken))),
      below('p99 of the worst two minutes (ms)', worstP99, 50),
      atMost('p99 of the last third, of that of the first', ratio, 1.5, ' x'),
      atMost('memory at the end, of that after a third', growth, 1.1, ' x'),
    ]
  },
  'hot-shop': ({ ratio }) => [
    {
      what: 'throughput at one shop, of that at all',
      target: '>= 0.9 x',
      measured: spread(ratio),
      isMet: ratio.median >= 0.9,
    },
  ],
  'hot-wallet': ({ ratio, asked, sent: came }) => [
    atMost('p99 of others with one wallet hammered, of that with all', ratio, 2, ' x'),
    sent('payments really sent, of those asked', [{ asked, sent: came }]),
  ],
  'retry-storm': ({ payments, effects, faults }) => [
    none('payments with another number of effects than one', Math.abs(payments - effects)),
    none('answers that were wrong', faults.length),
  ],
  'sale-storm': ({ size, ours }) => {
    if (isTrial(size)) return []
    return [
      atMost('p99 of payments in the storm, of that in the quiet', ours.ratio, 1.2, ' x'),
      sent('people of the storm who really came', [{ asked: ours.asked, sent: ours.sale.people }]),
      sent('payments at the tills really sent, of those asked', [
        { asked: paymentsAsked(size), sent: ours.payments },
      ]),
      none('payments that failed in the storm', ours.errors),
      none('told to come again and not when', ours.withoutRetryAfter),
      none('what was accepted and not kept, or sold and not there', ours.sale.findings.length),
    ]
  },
  overload: ({ kept, steps }) => [
    sent(
      'payments really sent at overload, of those asked',
      steps.map((it) => ({ asked: it.asked, sent: it.sentPerSecond })),
    ),
    atLeast('done in time at the highest overload, of the best', kept, 0.8, ' x'),
    below('refused within (ms, p99)', Math.max(...steps.map((it) => it.refused.latency.p99)), 50),
    none(
      'refused and not told when to come again',
      sum(steps.map((it) => it.refused.withoutRetryAfter)),
    ),
    none('payments without an answer', sum(steps.map(({ unknown }) => unknown))),
    atMost(
      'all well again after (s)',
      Math.max(...steps.map((it) => (it.recoveredAfterMs ?? Infinity) / 1_000)),
      5,
    ),
  ],
}

/** Every target of every run beside what that run measured: no run lends another its numbers. */
export function targetRows(results: Results): Row[] {
  const names = Object.keys(targets) as (keyof Known)[]
  return names.flatMap((scenario) => rowsOf(scenario, results))
}

function rowsOf(scenario: keyof Known, results: Results): Row[] {
  const judge = targets[scenario] as ((numbers: unknown) => readonly Judged[]) | undefined
  const runs: readonly Readonly<{ name: string; numbers: unknown }>[] = results.of(scenario)
  if (judge === undefined) return []
  if (runs.length === 0) return [[scenario, 'not measured', '', '', '']]
  return runs.flatMap(({ name, numbers }) =>
    judge(numbers).flatMap((row): Row[] =>
      row === null ? [] : [[name, row.what, row.target, row.measured, yes(row.isMet)]],
    ),
  )
}
