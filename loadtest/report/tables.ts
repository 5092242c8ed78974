import type { Load, Results } from './results.ts'
import { targetRows } from './targets.ts'

type Row = readonly (string | number)[]

/** The tables of RESULTS.md by the name in their marker; null for what was not measured. */
export const tables: Readonly<Record<string, (results: Results) => string | null>> = {
  targets: (results) => table(['what', 'target', 'measured', 'met'], targetRows(results)),
  machine: machineTable,
  runs: runsTable,
  compare: compareTable,
  ratios: ratiosTable,
  peak: peakTable,
  capacity: capacityTable,
  'sale-storm': stormTable,
  'sale-answers': answersTable,
  overload: overloadTable,
  'big-table': bigTableTable,
  soak: soakTable,
  lines: linesTable,
}

function table(head: Row, rows: readonly Row[]): string | null {
  if (rows.length === 0) return null
  const line = (row: Row): string =>
    `| ${row.map((cell) => cellText(cell).replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

const cellText = (cell: string | number): string =>
  typeof cell === 'number' ? cell.toLocaleString('en-US') : cell

type Spread = Readonly<{ median: number; min: number; max: number }>

const spread = ({ median, min, max }: Spread): string =>
  `${cellText(median)} (${cellText(min)}–${cellText(max)})`

const yes = (is: boolean): string => (is ? 'yes' : '**no**')

function machineTable({ all }: Results): string | null {
  const [newest] = all.toSorted((a, b) => b.startedAt.localeCompare(a.startedAt))
  if (newest === undefined) return null
  const { machine, k6 } = newest
  const { settings } = machine
  return table(
    ['', ''],
    [
      ['processor', `${machine.processor}, ${machine.cores} cores`],
      ['memory', `${machine.memoryGb} GB`],
      ['system', machine.kernel],
      ['Node', machine.node],
      ['PostgreSQL', machine.postgres],
      ['client', k6 === null ? 'a closed loop' : 'k6 and a closed loop, on the same machine'],
      ['settings of PostgreSQL', settingsText(settings)],
    ],
  )
}

const settingsText = (settings: Readonly<Record<string, string>>): string =>
  Object.entries(settings)
    .filter(([name]) => !/^(lc_|log_|listen|unix|port|TimeZone|DateStyle|default_text)/.test(name))
    .map(([name, value]) => `${name}=${value}`)
    .join(', ')

function runsTable({ all }: Results): string | null {
  return table(
    ['run', 'when (UTC)', 'version', 'wallets', 'earlier', 'passed', 'command'],
    all.map((it) => [
      it.name,
      it.startedAt.slice(0, 16).replace('T', ' '),
      it.machine.commit,
      it.dataset['wallets'] ?? 0,
      it.dataset['earlierRedemptions'] ?? 0,
      yes(it.passed),
      `\`${it.command}\``,
    ]),
  )
}

function linesTable({ all }: Results): string | null {
  return table(
    ['run', 'result'],
    all.map(({ name, line }) => [name, line]),
  )
}

function compareTable(results: Results): string | null {
  const rows = results
    .of('compare')
    .flatMap(({ name, numbers: { summary } }) =>
      Object.entries(summary).map(([design, it]) => [
        name,
        design,
        spread(it.perSecond),
        spread(it.p50),
        spread(it.p99),
        spread(it.cpuUs),
      ]),
    )
  const head = ['run', 'design', 'payments/s', 'p50 (ms)', 'p99 (ms)', 'CPU a payment (µs)']
  return table(head, rows)
}

function ratiosTable(results: Results): string | null {
  const rows = results
    .of('compare')
    .flatMap(({ name, numbers: { ratios } }) =>
      Object.entries(ratios).map(([design, { throughput, cpu }]) => [
        name,
        `ours / ${design}`,
        spread(throughput),
        spread(cpu),
      ]),
    )
  return table(['run', '', 'throughput', 'CPU a payment'], rows)
}

function peakTable(results: Results): string | null {
  const rows = results
    .of('peak')
    .map(({ name, numbers: { rate, seconds, sent, latency, cpu } }) => [
      name,
      rate,
      seconds,
      sent,
      ...['med', 'p(99)', 'max'].map((what) => (latency[what] ?? 0).toFixed(1)),
      `${cpu.serverUs} + ${cpu.postgresUs}`,
      cpu.walBytes,
    ])
  const head = ['run', 'payments/s', 's', 'sent', 'p50 (ms)', 'p99 (ms)', 'max (ms)']
  return table([...head, 'CPU: server + PostgreSQL (µs)', 'WAL (bytes)'], rows)
}

function capacityTable(results: Results): string | null {
  const rows = results
    .of('capacity')
    .flatMap(({ name, numbers: { steps } }) =>
      steps.map(({ rate, latency, sent, taken, dropped, cpu, isGood }) => [
        name,
        rate,
        latency.p50,
        latency.p99,
        sent - taken,
        dropped,
        cpu.totalUs,
        yes(isGood),
      ]),
    )
  const head = [
    'run',
    'payments/s',
    'p50 (ms)',
    'p99 (ms)',
    'not taken',
    'dropped',
    'CPU (µs)',
    'good',
  ]
  return table(head, rows)
}

/** Each run of the storm, and of it each design that was measured. */
const stormsOf = (results: Results) =>
  results
    .of('sale-storm')
    .flatMap(({ name, numbers: { ours, control } }) => [
      { name, design: 'separate', storm: ours },
      ...(control === null ? [] : [{ name, design: 'one shared process', storm: control }]),
    ])

function stormTable(results: Results): string | null {
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

function answersTable(results: Results): string | null {
  const rows = stormsOf(results).map(({ name, design, storm: { sale, neverCame, answered } }) => [
    name,
    design,
    sale.people,
    counts(sale.answers.apply),
    counts(sale.answers.buy),
    answered.p99,
    `${sale.applicationsAccepted} / ${sale.applicationsInDatabase}`,
    `${sale.ordersAccepted} / ${sale.ordersInDatabase}`,
    `${sale.unitsSold} / ${sale.unitsInStock}`,
    neverCame,
  ])
  const head = [
    'run',
    'processes',
    'people who came',
    'answers to apply',
    'answers to buy',
    'p99 (ms)',
  ]
  const kept = ['applications accepted / kept', 'orders accepted / kept', 'units sold / stock']
  return table([...head, ...kept, 'people not sent by the client'], rows)
}

const counts = (answers: Readonly<Record<string, number>>): string =>
  Object.entries(answers)
    .toSorted(([, a], [, b]) => b - a)
    .map(([code, count]) => `${code} ${cellText(count)}`)
    .join(', ')

function overloadTable(results: Results): string | null {
  const rows = results
    .of('overload')
    .flatMap(({ name, numbers: { steps, control } }) => [
      ...steps.map((step) => loadRow(name, 'bounded', step)),
      ...(control?.steps ?? []).map((step) => loadRow(name, 'no bound', step)),
    ])
  const head = ['run', 'queue', 'load', 'asked/s', 'sent/s', 'in time/s', 'refused']
  const rest = ['refused p99 (ms)', 'unknown', 'memory: before / most / after (MB)']
  return table([...head, ...rest, 'well again after (ms)'], rows)
}

const loadRow = (name: string, queue: string, step: Load): Row => [
  name,
  queue,
  `${step.times}x`,
  step.asked,
  step.sentPerSecond,
  step.inTimePerSecond,
  step.refused.count,
  step.refused.latency.p99,
  step.unknown,
  `${step.memoryMb.before} / ${step.memoryMb.most} / ${step.memoryMb.after}`,
  step.recoveredAfterMs ?? 'not in time',
]

function bigTableTable(results: Results): string | null {
  const rows = results
    .of('big-table')
    .flatMap(({ name, numbers: { steps } }) =>
      steps.map((it) => [
        name,
        it.size,
        spread(it.perSecond),
        spread(it.p99),
        spread(it.cpuUs),
        it.loadedInSeconds,
      ]),
    )
  const head = ['run', 'earlier payments', 'payments/s', 'p99 (ms)', 'CPU a payment (µs)']
  return table([...head, 'loaded in (s)'], rows)
}

function soakTable(results: Results): string | null {
  const rows = results
    .of('soak')
    .flatMap(({ name, numbers: { windows } }) =>
      windows.map((it) => [
        name,
        it.minute,
        it.sent,
        it.latency.p50,
        it.latency.p99,
        it.memoryMb,
        it.lagMs,
        it.cpu.totalUs,
      ]),
    )
  const head = ['run', 'minute', 'payments', 'p50 (ms)', 'p99 (ms)', 'memory (MB)']
  return table([...head, 'event loop lag p99 (ms)', 'CPU a payment (µs)'], rows)
}
