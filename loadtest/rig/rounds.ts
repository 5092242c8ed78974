import type { PlanOptions } from './codes.ts'
import { type Latency, rounded, spreadOf } from './latency.ts'
import { perPayment } from './measure.ts'
import type { RunningService } from './process.ts'
import type { Rig } from './rig.ts'
import { takenOf } from './steady.ts'

/** One closed-loop round: who was measured, and how fast it was. */
export type Round = Readonly<{
  of: string
  perSecond: number
  latency: Latency
  cpu: ReturnType<typeof perPayment>
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
  }: Readonly<{ of: string; connections: number; plan: Omit<PlanOptions, 'startAt'> }>,
): Promise<Round> {
  const payments = await rig.payments({ ...plan, startAt: Date.now() })
  const { result, cost } = await rig.closedLoop(service, payments, { connections })
  const round = {
    of,
    perSecond: rounded(result.perSecond, 1),
    latency: result.latency,
    cpu: perPayment(cost, plan.count),
    taken: takenOf(result.entries),
    count: plan.count,
  }
  rig.say(`${of}: ${Math.round(round.perSecond)}/s, p99 ${round.latency.p99} ms`)
  return round
}

/** The rounds of each that was measured, as the middle and how far apart they lie. */
export function summaryOf(rounds: readonly Round[]) {
  const names = [...new Set(rounds.map(({ of }) => of))]
  return Object.fromEntries(
    names.map((name) => {
      const own = rounds.filter(({ of }) => of === name)
      return [
        name,
        {
          perSecond: spreadOf(own.map((it) => it.perSecond)),
          p99: spreadOf(own.map((it) => it.latency.p99)),
          cpuUs: spreadOf(own.map((it) => it.cpu.totalUs)),
        },
      ]
    }),
  )
}

/** One over the other, round by round: only what was measured side by side compares. */
export function ratioOf(rounds: readonly Round[], over: string, under: string) {
  const [upper, lower] = [over, under].map((name) => rounds.filter(({ of }) => of === name))
  const ratios = (upper ?? []).flatMap(({ perSecond }, round) => {
    const other = lower?.[round]
    return other === undefined ? [] : [perSecond / other.perSecond]
  })
  return spreadOf(ratios)
}

export const areAllTaken = (rounds: readonly Round[]): boolean =>
  rounds.every(({ taken, count }) => taken === count)
