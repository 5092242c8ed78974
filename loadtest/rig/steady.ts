import { wasSent } from './asked.ts'
import type { PlanOptions } from './codes.ts'
import type { Entry } from './journal.ts'
import type { Latency } from './latency.ts'
import { type Cost, perPayment } from './measure.ts'
import { latencyIn } from './phases.ts'
import type { RunningService } from './process.ts'
import type { Rig } from './rig.ts'

/** Payments at a steady rate for some seconds, and how they went. */
export type Steady = Readonly<{
  rate: number
  seconds: number
  asked: number
  sent: number
  taken: number
  /** Arrivals for which the client had nobody left to send them: too many were still waiting. */
  dropped: number
  /** k6's own: p99 as it was asked for, nothing failed, nothing dropped. */
  thresholdsMet: boolean
  latency: Latency
  cpu: ReturnType<typeof perPayment>
  means: Cost['means']
}>

/** How many come in a second, how long, and who sends what. */
export type SteadyLoad = Readonly<{
  rate: number
  seconds: number
  /** What the 99th percentile stays below, in ms. */
  p99: number
  by?: PlanOptions['by']
}>

const USERS_MAX = 2_000

/** Sends payments at a steady rate by k6. Whether that is good enough is for others to say. */
export async function runSteady(
  rig: Rig,
  service: RunningService,
  load: SteadyLoad,
): Promise<Readonly<{ steady: Steady; entries: readonly Entry[] }>> {
  const { rate, seconds, p99, by } = load
  const { run, cost, entries } = await rig.k6({
    script: 'peak.ts',
    service,
    plan: {
      count: rate * seconds + rate,
      perSecond: rate,
      ...(by === undefined ? {} : { by }),
    },
    env: {
      RATE: String(rate),
      SECONDS: String(seconds),
      USERS: String(usersFor(rate)),
      P99_MS: String(p99),
    },
  })
  const steady = {
    rate,
    seconds,
    asked: rate * seconds,
    sent: entries.length,
    taken: takenOf(entries),
    dropped: run.metrics['dropped_iterations']?.values['count'] ?? 0,
    thresholdsMet: run.thresholdsMet,
    latency: latencyIn(entries),
    cpu: perPayment(cost, Math.max(1, entries.length)),
    means: cost.means,
  }
  return { steady, entries }
}

/** Whether all that was asked for was sent, and all that was sent was taken. */
export const isWhole = ({
  asked,
  sent,
  taken,
  dropped,
}: Pick<Steady, 'asked' | 'sent' | 'taken' | 'dropped'>): boolean =>
  wasSent({ asked, sent }) && taken === sent && dropped === 0

/** So many virtual users that each can wait for a fifth of a second. */
export const usersFor = (rate: number): number => Math.min(USERS_MAX, 20 + Math.ceil(rate / 5))

export const takenOf = (entries: readonly Entry[]): number =>
  entries.filter(({ heard }) => heard.kind === 'taken').length
