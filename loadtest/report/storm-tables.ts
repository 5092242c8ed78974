import { cellText, table } from './cells.ts'
import type { Results } from './results.ts'

/** Each run of the storm, and of it each design that was measured. */
const stormsOf = (results: Results) =>
  results
    .of('sale-storm')
    .flatMap(({ name, numbers: { ours, control } }) => [
      { name, design: `separate, the sale by ${ours.sharesAs ?? 'its share'}`, storm: ours },
      ...(control === null ? [] : [{ name, design: 'one shared process', storm: control }]),
    ])

export function stormTable(results: Results): string | null {
  const rows = stormsOf(results).map(({ name, design, storm }) => [
    name,
    design,
    storm.payments,
    storm.errors,
    `${storm.quiet.p50} / ${storm.quiet.p99}`,
    `${storm.storm.p50} / ${storm.storm.p99}`,
    `${storm.after.p50} / ${storm.after.p99}`,
    storm.ratio,
    `${storm.servedP99.quiet ?? '–'} / ${storm.servedP99.storm ?? '–'}`,
  ])
  const head = ['run', 'processes', 'payments', 'failed', 'quiet: p50 / p99 (ms)']
  const rest = ['storm: p50 / p99 (ms)', 'after: p50 / p99 (ms)', 'p99 ratio']
  return table([...head, ...rest, 'p99 in the service: quiet / storm (ms)'], rows)
}

export function answersTable(results: Results): string | null {
  const rows = stormsOf(results).map(
    ({ name, design, storm: { sale, asked, accepted, answered } }) => [
      name,
      design,
      `${cellText(sale.people)} / ${cellText(asked)}`,
      `${accepted.perSecond} (${cellText(accepted.apply)} + ${cellText(accepted.buy)})`,
      counts(sale.answers.apply),
      counts(sale.answers.buy),
      answered.p99,
      `${sale.applicationsAccepted} / ${sale.applicationsInDatabase}`,
      `${sale.ordersAccepted} / ${sale.ordersInDatabase}`,
      `${sale.unitsSold} / ${sale.unitsInStock}`,
    ],
  )
  const head = [
    'run',
    'processes',
    'people who came / asked',
    'accepted a second in the storm (applications + orders)',
    'answers to apply',
    'answers to buy',
    'p99 (ms)',
  ]
  const kept = ['applications accepted / kept', 'orders accepted / kept', 'units sold / stock']
  return table([...head, ...kept], rows)
}

const counts = (answers: Readonly<Record<string, number>>): string =>
  Object.entries(answers)
    .toSorted(([, a], [, b]) => b - a)
    .map(([code, count]) => `${code} ${cellText(count)}`)
    .join(', ')
