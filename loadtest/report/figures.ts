import { type Chart, type Line, powerTicks, roundTicks } from '../charts.ts'
import type { BigTable, SaleStorm, Storm } from './results.ts'

/** How long payments took while everybody came: second by second, ours and the shared process. */
export function stormFigure({ numbers: { size, ours, control } }: SaleStorm): Chart {
  const lines: Line[] = [
    { name: 'p99, separate processes', look: 'first', points: pointsOf(ours, 'p99') },
    { name: 'p50, separate processes', look: 'faint', points: pointsOf(ours, 'p50') },
    ...(control === null
      ? []
      : [
          {
            name: 'p99, one shared process',
            look: 'second' as const,
            points: pointsOf(control, 'p99'),
          },
        ]),
  ]
  const total = ours.seconds.length
  const ticks = powerTicks(lines.flatMap(({ points }) => points.map(([, y]) => y)))
  const people = size.people.toLocaleString('en-US')
  return {
    title: `A payment at a till while ${people} people come to the sale`,
    description:
      `Latency of payments in each second. p99 is ${ours.quiet.p99} ms in the quiet and ` +
      `${ours.storm.p99} ms in the storm` +
      (control === null ? '.' : `; with one shared process it is ${control.storm.p99} ms.`),
    x: {
      label: 'time (seconds)',
      max: total,
      ticks: roundTicks(total, 8).filter((it) => it <= total),
    },
    y: {
      label: 'latency of payments (ms, logarithmic)',
      max: ticks.at(-1) ?? 1,
      ticks,
      isLog: true,
    },
    lines,
    band: { from: size.quiet, until: size.quiet + size.seconds, label: 'everybody comes' },
  }
}

const pointsOf = ({ seconds }: Storm, what: 'p50' | 'p99') =>
  seconds.flatMap((it) => (it.sent === 0 ? [] : [[it.second + 0.5, it[what]] as const]))

/** How fast payments are taken, over how many there were before. */
export function tableFigure({ numbers: { steps } }: BigTable): Chart {
  const million = 1_000_000
  const most = Math.max(...steps.map(({ size }) => size)) / million
  const all = steps.flatMap(({ earlier, none }) => [earlier.perSecond.max, none.perSecond.max])
  const ticks = roundTicks(Math.max(...all) * 1.1)
  const lineOf = (side: 'earlier' | 'none'): Pick<Line, 'points' | 'spread'> => ({
    points: steps.map(({ size, [side]: it }) => [size / million, it.perSecond.median] as const),
    spread: steps.map(({ [side]: it }) => [it.perSecond.min, it.perSecond.max] as const),
  })
  return {
    title: 'Throughput over the number of earlier payments',
    description: steps
      .map(
        ({ size, earlier, none }) =>
          `${size} earlier: ${earlier.perSecond.median} a second; none: ${none.perSecond.median}.`,
      )
      .join(' '),
    x: {
      label: 'earlier payments (millions)',
      max: Math.max(most, 0.001) * 1.1,
      ticks: steps.map(({ size }) => size / million),
    },
    y: { label: 'payments a second', max: ticks.at(-1) ?? 1, ticks },
    lines: [
      {
        name: 'closed loop; median, and lowest to highest round',
        look: 'first',
        ...lineOf('earlier'),
        hasValues: true,
      },
      { name: 'none earlier, in turn with it', look: 'second', ...lineOf('none') },
    ],
  }
}
