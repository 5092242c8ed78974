import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Latency, rounded, spreadOf } from '../rig/latency.ts'
import { perPayment } from '../rig/measure.ts'
import type { RunningService } from '../rig/process.ts'
import type { Rig } from '../rig/rig.ts'
import { defineScenario } from '../rig/scenario.ts'

/** A way to build the service, started like the service itself. */
type Design = Readonly<{
  name: string
  /** Whether what it acknowledges has to be in the ledger. */
  writes: boolean
  start: (rig: Rig) => Promise<RunningService>
}>

type Round = Readonly<{
  design: string
  perSecond: number
  latency: Latency
  cpu: ReturnType<typeof perPayment>
  taken: number
}>

const baseline = (name: string, writes: boolean): Design | null => {
  const main = fileURLToPath(new URL(`../baselines/${name}.ts`, import.meta.url))
  if (!existsSync(main)) return null
  return {
    name,
    writes,
    start: (rig) => rig.start({ name, role: 'redemption', main, connectionsMax: rig.values.pool }),
  }
}

const designs: readonly (Design | null)[] = [
  baseline('ceiling', false),
  baseline('conventional', true),
  baseline('unbatched', true),
  { name: 'ours', writes: true, start: (rig) => rig.startRedemption() },
]

/** The designs beside each other in one run, in turn, so that a slow minute is slow for all. */
export const compare = defineScenario({
  name: 'compare',
  explains:
    'closed loop of 64 connections against ceiling, conventional, unbatched and ours in turn: throughput, CPU a payment, ratios',
  flags: {
    rounds: { otherwise: 3, explains: 'how often each design is measured' },
    count: { otherwise: 30_000, explains: 'payments in a round' },
    connections: { otherwise: 64, explains: 'connections' },
    only: { otherwise: '', explains: 'only these designs, separated by commas' },
  },
  run: async (rig, { rounds, count, connections, only }) => {
    const wanted = only.split(',').filter((name) => name !== '')
    const here = designs
      .filter((design) => design !== null)
      .filter(({ name }) => wanted.length === 0 || wanted.includes(name))
    const results: Round[] = []
    for (let round = 0; round < rounds; round++)
      for (const design of here) {
        const result = await measureDesign(rig, design, { count, connections })
        rig.say(
          `${design.name}: ${Math.round(result.perSecond)}/s, p99 ${result.latency.p99} ms, ` +
            `CPU ${result.cpu.serverUs} + ${result.cpu.postgresUs} µs`,
        )
        results.push(result)
      }
    const service = await rig.startRedemption()
    const books = await rig.checkBooks(service)
    const summary = Object.fromEntries(here.map(({ name }) => [name, summaryOf(results, name)]))
    const ratios = ratiosOf(results)
    const allTaken = results.every((it) => it.taken === count)
    return {
      passed: books.balanced && allTaken,
      line: here.map(({ name }) => lineOf(name, summary[name])).join('; ') + ratioLine(ratios),
      numbers: { rounds: results, summary, ratios, books, count, connections },
    }
  },
})

async function measureDesign(
  rig: Rig,
  design: Design,
  { count, connections }: Readonly<{ count: number; connections: number }>,
): Promise<Round> {
  const service = await design.start(rig)
  const { writes } = design
  await rig.warmUp(service, { connections, writes })
  const payments = await rig.payments({ count, startAt: Date.now() })
  const { result, cost } = await rig.closedLoop(service, payments, { connections, writes })
  await service.stop()
  return {
    design: design.name,
    perSecond: rounded(result.perSecond, 1),
    latency: result.latency,
    cpu: perPayment(cost, count),
    taken: result.entries.filter(({ heard }) => heard.kind === 'taken').length,
  }
}

type Summary = Readonly<{
  perSecond: ReturnType<typeof spreadOf>
  p50: ReturnType<typeof spreadOf>
  p99: ReturnType<typeof spreadOf>
  cpuUs: ReturnType<typeof spreadOf>
}>

function summaryOf(results: readonly Round[], name: string): Summary {
  const own = results.filter((it) => it.design === name)
  return {
    perSecond: spreadOf(own.map((it) => it.perSecond)),
    p50: spreadOf(own.map((it) => it.latency.p50)),
    p99: spreadOf(own.map((it) => it.latency.p99)),
    cpuUs: spreadOf(own.map((it) => it.cpu.totalUs)),
  }
}

/** Ours over each baseline, round by round, since only what was measured side by side compares. */
function ratiosOf(results: readonly Round[]) {
  const of = (name: string): Round[] => results.filter((it) => it.design === name)
  const ours = of('ours')
  return Object.fromEntries(
    ['ceiling', 'conventional', 'unbatched']
      .filter((name) => of(name).length > 0 && ours.length > 0)
      .map((name) => {
        const pairs = of(name).flatMap((other, round) => {
          const own = ours[round]
          return own === undefined ? [] : [{ own, other }]
        })
        return [
          name,
          {
            throughput: spreadOf(pairs.map(({ own, other }) => own.perSecond / other.perSecond)),
            cpu: spreadOf(pairs.map(({ own, other }) => own.cpu.totalUs / other.cpu.totalUs)),
          },
        ]
      }),
  )
}

const lineOf = (name: string, summary: Summary | undefined): string =>
  summary === undefined
    ? name
    : `${name} ${Math.round(summary.perSecond.median)}/s ` +
      `(${Math.round(summary.perSecond.min)}–${Math.round(summary.perSecond.max)}), ` +
      `p99 ${summary.p99.median} ms, CPU ${summary.cpuUs.median} µs`

const ratioLine = (ratios: ReturnType<typeof ratiosOf>): string =>
  Object.entries(ratios)
    .map(
      ([name, { throughput, cpu }]) =>
        `; of ${name}: throughput x ${throughput.median}, CPU x ${cpu.median}`,
    )
    .join('')
