import type { PlanOptions } from './codes.ts'
import { type Latency, rounded, spreadOf } from './latency.ts'
import { type Cost, perPayment } from './measure.ts'
import type { RunningService } from './process.ts'
import type { Rig } from './rig.ts'
import { takenOf } from './steady.ts'

/** One closed-loop round: who was measured, and how fast it was. */
export type Round = Readonly<{
  of: string
  perSecond: number
  latency: Latency
  cpu: ReturnType<typeof perPayment>
  /** Sizes of batches, waits for connections, lag: what the services measured themselves. */
  means: Cost['means']
  taken: number
  count: number
}>

/** Sends payments as fast as they are answered and says how it went. */
export async function runRound(
  rig: Rig,
  service: RunningService,
  {
    of,
    connections,
    plan,
    writes = true,
  }: Readonly<{
    of: string
    connections: number
    plan: Omit<PlanOptions, 'startAt'>
    /** Whether what is acknowledged has to be in the ledger; a ceiling keeps nothing. */
    writes?: boolean
  }>,
): Promise<Round> {
  const payments = await rig.payments({ ...plan, startAt: Date.now() })
  const { result, cost } = await rig.closedLoop(service, payments, { connections, writes })
  const round = {
    of,
    perSecond: rounded(result.perSecond, 1),
    latency: result.latency,
    cpu: perPayment(cost, plan.count),
    means: cost.means,
    taken: takenOf(result.entries),
    count: plan.count,
  }
  rig.say(
    `${of}: ${Math.round(round.perSecond)}/s, p99 ${round.latency.p99} ms, ` +
      `CPU ${round.cpu.serverUs} + ${round.cpu.postgresUs} µs`,
  )
  return round
}

export type Summary = ReturnType<typeof summaryOf>

/** Rounds of one that was measured, as the middle and how far apart they lie. */
export const summaryOf = (rounds: readonly Round[]) => ({
  perSecond: spreadOf(rounds.map((it) => it.perSecond)),
  p50: spreadOf(rounds.map((it) => it.latency.p50)),
  p99: spreadOf(rounds.map((it) => it.latency.p99)),
  cpuUs: spreadOf(rounds.map((it) => it.cpu.totalUs)),
})

/** The same for each that was measured, by its name. */
export const summariesOf = (rounds: readonly Round[]): Readonly<Record<string, Summary>> =>
  Object.fromEntries(
    [...new Set(rounds.map(({ of }) => of))].map((name) => [
      name,
      summaryOf(rounds.filter(({ of }) => of === name)),
    ]),
  )

export type Ratio = ReturnType<typeof ratioOf>

/** One over the other, round by round: only what was measured side by side compares. */
export function ratioOf(rounds: readonly Round[], over: string, under: string) {
  const [upper, lower] = [over, under].map((name) => rounds.filter(({ of }) => of === name))
  const pairs = (upper ?? []).flatMap((one, round) => {
    const other = lower?.[round]
    return other === undefined ? [] : [[one, other] as const]
  })
  return {
    throughput: spreadOf(pairs.map(([one, other]) => one.perSecond / other.perSecond)),
    cpu: spreadOf(pairs.map(([one, other]) => one.cpu.totalUs / other.cpu.totalUs)),
  }
}

export const areAllTaken = (rounds: readonly Round[]): boolean =>
  rounds.every(({ taken, count }) => taken === count)
