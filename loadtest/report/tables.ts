import { type Row, spread, table, yes } from './cells.ts'
import type { Load, Results } from './results.ts'
import { answersTable, stormTable } from './storm-tables.ts'
import { targetRows } from './targets.ts'

/** The tables of RESULTS.md by the name in their marker; null for what was not measured. */
export const tables: Readonly<Record<string, (results: Results) => string | null>> = {
  targets: (results) =>
    results.all.length === 0
      ? null
      : table(['run', 'what', 'target', 'measured', 'met'], targetRows(results)),
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
  statements: statementsTable,
  explained: explainedTable,
  lines: linesTable,
}

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
    .flatMap(({ name, numbers: { payers, rounds } }) =>
      rounds.map(({ rate, asked, sent, taken, dropped, latency, cpu, told }, round) => [
        `${name}, round ${round + 1}`,
        rate,
        payers,
        `${asked} / ${sent} / ${taken} / ${dropped}`,
        latency.p50,
        latency.p99,
        latency.max,
        `${cpu.serverUs} + ${cpu.postgresUs}`,
        cpu.walBytes,
        told.listeners === 0 ? '–' : `${told.missed} missed, ${told.delay.p50} / ${told.delay.p99}`,
      ]),
    )
  const head = ['run', 'payments/s', 'of 100 by payers', 'asked / sent / taken / dropped']
  const rest = ['p50 (ms)', 'p99 (ms)', 'max (ms)', 'CPU: server + PostgreSQL (µs)', 'WAL (bytes)']
  return table([...head, ...rest, 'tills told after: p50 / p99 (ms)'], rows)
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

function overloadTable(results: Results): string | null {
  const rows = results
    .of('overload')
    .flatMap(({ name, numbers: { steps, control, capacity, slow } }) => {
      const postgres = slow > 0 ? `slowed to ${capacity}/s` : 'as it is'
      return [
        ...steps.map((step) => loadRow(name, { postgres, queue: 'bounded' }, step)),
        ...(control?.steps ?? []).map((step) =>
          loadRow(name, { postgres, queue: 'no bound' }, step),
        ),
      ]
    })
  const head = ['run', 'PostgreSQL', 'queue', 'load', 'asked/s', 'sent/s', 'in time/s', 'refused']
  const rest = [
    'refused p99: all / after the first second (ms)',
    'unknown',
    'memory: before / most / after (MB)',
  ]
  return table([...head, ...rest, 'well again after (ms)'], rows)
}

const loadRow = (
  name: string,
  { postgres, queue }: Readonly<{ postgres: string; queue: string }>,
  step: Load,
): Row => [
  name,
  postgres,
  queue,
  `${step.times}x`,
  step.asked,
  step.sentPerSecond,
  step.inTimePerSecond,
  step.refused.count,
  `${step.refused.latency.p99} / ${step.refused.later.p99}`,
  step.unknown,
  `${step.memoryMb.before} / ${step.memoryMb.most} / ${step.memoryMb.after}`,
  step.recoveredAfterMs ?? 'not in time',
]

function bigTableTable(results: Results): string | null {
  const rows = results
    .of('big-table')
    .flatMap(({ name, numbers: { steps } }) =>
      steps.map(({ size, earlier, none, ofNone, loadedInSeconds }) => [
        name,
        size,
        spread(earlier.perSecond),
        spread(none.perSecond),
        spread(ofNone.throughput),
        `${spread(earlier.p99)}; ${spread(none.p99)}`,
        spread(earlier.cpuUs),
        spread(ofNone.cpu),
        loadedInSeconds,
      ]),
    )
  const head = ['run', 'earlier payments', 'payments/s', 'with none beside it', 'of none']
  return table(
    [...head, 'p99 (ms); with none', 'CPU a payment (µs)', 'of none', 'loaded in (s)'],
    rows,
  )
}

function statementsTable(results: Results): string | null {
  const rows = results
    .of('statements')
    .filter((run) => run.statements === undefined)
    .flatMap(({ name, numbers: { summary } }) =>
      summary.map(({ batchSize, perSecond, postgresUs, clientUs, walBytes }) => [
        name,
        batchSize,
        spread(perSecond),
        spread(postgresUs),
        spread(clientUs),
        spread(walBytes),
      ]),
    )
  const head = ['run', 'payments in a batch', 'payments/s', 'CPU of PostgreSQL a payment (µs)']
  return table([...head, 'of its client (µs)', 'log a payment (bytes)'], rows)
}

/** What each statement takes of a payment, by `--explain`. */
function explainedTable(results: Results): string | null {
  const rows = results
    .of('statements')
    .flatMap(({ name, statements = [], numbers: { count } }) =>
      statements
        .slice(0, 6)
        .map(({ text, calls, totalMs }) => [
          name,
          `\`${text.slice(0, 90).replaceAll('`', "'")}\``,
          calls,
          Math.round((totalMs * 10_000) / count) / 10,
        ]),
    )
  return table(['run', 'statement', 'calls', 'a payment (µs)'], rows)
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
