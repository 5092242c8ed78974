import type { RunningService } from './process.ts'
import type { Rig } from './rig.ts'
import { type Steady, type SteadyLoad, isWhole, runSteady } from './steady.ts'

export type Step = Steady & Readonly<{ isGood: boolean }>

/** Steps of a rate that grows by a factor; whoever waits longer than `p99` ms waits too long. */
export type Steps = Omit<SteadyLoad, 'rate'> &
  Readonly<{ from: number; factor: number; steps: number }>

const RATE_LEAST = 10

/**
 * Finds how much can come, whether or not the ones before were answered: the rate grows until p99 is
 * too long or a payment is not sent, refused or lost. A machine for which the first step is too much
 * is asked for half, and again. One that others share may stall, so too much is what fails twice.
 */
export async function findCapacity(
  rig: Rig,
  service: RunningService,
  load: Steps,
): Promise<Readonly<{ steps: readonly Step[]; lastGood: Step | null }>> {
  const steps: Step[] = []
  const lastGood = await climb(load, async (rate) => {
    const { steady } = await runSteady(rig, service, { ...load, rate })
    const isGood = isWhole(steady) && steady.latency.p99 < load.p99
    rig.say(`${rate}/s: p99 ${steady.latency.p99} ms, ${isGood ? 'good' : 'too much'}`)
    const step = { ...steady, isGood }
    steps.push(step)
    return step
  })
  return { steps, lastGood }
}

/** Answers the step of the highest rate that was good; null when none was. */
export async function climb<Result extends Readonly<{ isGood: boolean }>>(
  { from, factor, steps }: Pick<Steps, 'from' | 'factor' | 'steps'>,
  measure: (rate: number) => Promise<Result>,
): Promise<Result | null> {
  const tryAt = async (rate: number): Promise<Result | null> => {
    for (let tries = 0; tries < 2; tries++) {
      const result = await measure(rate)
      if (result.isGood) return result
    }
    return null
  }
  let last = await tryAt(from)
  if (last === null) {
    for (let rate = from / 2; last === null && rate >= RATE_LEAST; rate /= 2)
      last = await tryAt(Math.round(rate))
    return last
  }
  for (let step = 1; step < steps; step++) {
    const next = await tryAt(Math.round(from * factor ** step))
    if (next === null) break
    last = next
  }
  return last
}
