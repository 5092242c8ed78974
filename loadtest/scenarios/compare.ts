import { fileURLToPath } from 'node:url'
import { missedRatios } from '../rig/compare-targets.ts'
import type { RunningService } from '../rig/process.ts'
import type { Rig } from '../rig/rig.ts'
import {
  type Ratio,
  type Round,
  type Summary,
  areAllTaken,
  ratioOf,
  runRound,
  summariesOf,
} from '../rig/rounds.ts'
import { defineScenario } from '../rig/scenario.ts'

/** A way to build the service, started like the service itself. */
type Design = Readonly<{
  name: string
  /** Whether what it acknowledges has to be in the ledger. */
  writes: boolean
  start: (rig: Rig) => Promise<RunningService>
}>

const baseline = (name: string, writes: boolean): Design => ({
  name,
  writes,
  start: (rig) =>
    rig.start({
      name,
      role: 'redemption',
      main: fileURLToPath(new URL(`../baselines/${name}.ts`, import.meta.url)),
      connectionsMax: rig.values.pool,
    }),
})

const designs: readonly Design[] = [
  baseline('ceiling', false),
  baseline('conventional', true),
  baseline('unbatched', true),
  { name: 'ours', writes: true, start: (rig) => rig.startRedemption() },
]

/** The designs beside each other in one run, in turn, so that a slow minute is slow for all. */
export const compare = defineScenario({
  name: 'compare',
  explains:
    'closed loop of 64 connections against ceiling, conventional, unbatched and ours in turn: throughput, CPU a payment, ratios; ' +
    'passes when the best round takes at most 1.8 times the ceiling’s CPU a payment and 0.4 times the conventional design’s, ' +
    'at least 0.6 times the ceiling’s throughput and 3 times the conventional design’s, all are taken and the books balance',
  flags: {
    rounds: { otherwise: 3, explains: 'how often each design is measured' },
    count: { otherwise: 30_000, explains: 'payments in a round' },
    connections: { otherwise: 64, explains: 'connections' },
    only: { otherwise: '', explains: 'only these designs, separated by commas' },
  },
  run: async (rig, { rounds, count, connections, only }) => {
    const wanted = only.split(',').filter((name) => name !== '')
    const here = designs.filter(({ name }) => wanted.length === 0 || wanted.includes(name))
    const results: Round[] = []
    for (let round = 0; round < rounds; round++)
      for (const design of here)
        results.push(await measureDesign(rig, design, { count, connections }))
    const service = await rig.startRedemption()
    const books = await rig.checkBooks(service)
    const summary = summariesOf(results)
    const ratios = Object.fromEntries(
      ['ceiling', 'conventional', 'unbatched']
        .filter((name) => name in summary && 'ours' in summary)
        .map((name) => [name, ratioOf(results, 'ours', name)]),
    )
    const missed = missedRatios(ratios)
    return {
      passed: books.balanced && areAllTaken(results) && missed.length === 0,
      line: [
        ...Object.entries(summary).map(([name, one]) => lineOf(name, one)),
        ...Object.entries(ratios).map(([name, one]) => ratioLine(name, one)),
        ...missed,
      ].join('; '),
      numbers: { rounds: results, summary, ratios, missed, books, count, connections },
    }
  },
})

async function measureDesign(
  rig: Rig,
  { name, writes, start }: Design,
  { count, connections }: Readonly<{ count: number; connections: number }>,
): Promise<Round> {
  const service = await start(rig)
  await rig.warmUp(service, { connections, writes })
  const round = await runRound(rig, service, { of: name, connections, plan: { count }, writes })
  await service.stop()
  return round
}

const lineOf = (name: string, { perSecond, p99, cpuUs }: Summary): string =>
  `${name} ${Math.round(perSecond.median)}/s (${Math.round(perSecond.min)}–${Math.round(perSecond.max)}), ` +
  `p99 ${p99.median} ms, CPU ${cpuUs.median} µs`

const ratioLine = (name: string, { throughput, cpu }: Ratio): string =>
  `of ${name}: throughput x ${throughput.median}, CPU x ${cpu.median}`
