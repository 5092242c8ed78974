import { fileURLToPath } from 'node:url'
import { wasSent } from '../rig/asked.ts'
import { findCapacity } from '../rig/capacity.ts'
import { ownerPool } from '../rig/database.ts'
import type { Entry } from '../rig/journal.ts'
import { latencyOf, rounded } from '../rig/latency.ts'
import { begunAt, perSecond, type Second, sentWithin } from '../rig/phases.ts'
import type { RunningService } from '../rig/process.ts'
import type { Rig } from '../rig/rig.ts'
import { runRound } from '../rig/rounds.ts'
import { defineScenario } from '../rig/scenario.ts'
import { takenOf, usersFor } from '../rig/steady.ts'
import { mostOf, sampleOf, watching } from '../rig/watch.ts'

type Size = Readonly<{
  seconds: number
  after: number
  intime: number
  users: number
}>

type Step = Awaited<ReturnType<typeof runStep>>

const RECOVERED_MS = 5_000
const REFUSED_MS = 50
/** The p99 of a second that is well. */
const WELL_MS = 100
/** So much of what is to come in a second comes in it, and not just before or after. */
const MOST = 0.9

/** More than can be done: what is done is still done well, and the rest hears of it at once. */
export const overload = defineScenario({
  name: 'overload',
  needsK6: true,
  explains:
    'payments at several times the capacity, each for some seconds, then half of the capacity; ' +
    'passes when each load is really sent, at the highest load at least 0.8 times as much as at the best is done in time, refusals take ' +
    'less than 50 ms and say when to come again, every payment has an outcome, all is well 5 s after, and the books balance; ' +
    '--control shows a queue without a bound. The client needs more of a machine than a refusal does: so that one machine can ' +
    'send ten times what is done, PostgreSQL is SLOWED by --slow; --slow 0 --times 1,2 is the machine as it is',
  flags: {
    times: { otherwise: '1,2,5,10', explains: 'how many times the capacity, separated by commas' },
    seconds: { otherwise: 20, explains: 'how long each' },
    after: { otherwise: 10, explains: 'how long half of the capacity comes afterwards' },
    capacity: {
      otherwise: 0,
      explains:
        'payments a second (0: measured first, slowed in a closed loop of 64 connections, else in steps as by capacity)',
    },
    probe: { otherwise: 5_000, explains: 'payments of the closed loop by which it is measured' },
    slow: { otherwise: 4, explains: 'ms by which each payment takes PostgreSQL longer' },
    intime: { otherwise: 1_500, explains: 'ms within which an answer is in time' },
    users: { otherwise: 1_000, explains: 'tills that can be waiting for an answer at once' },
    goodput: { otherwise: 0.8, explains: 'how much of the best is done at the highest load' },
    control: { otherwise: false, explains: 'measure the queue without a bound too' },
  },
  run: async (rig, { times, capacity, probe, slow, goodput, control, ...size }) => {
    const service = await rig.startRedemption()
    await rig.warmUp(service)
    if (slow > 0) await slowDown(rig, slow)
    const rate = capacity > 0 ? capacity : await capacityOf(rig, service, { probe, slow })
    const loads = times.split(',').map(Number)
    const steps = await runSteps(rig, service, { loads, rate, size })
    const books = await rig.checkBooks(service)
    const best = Math.max(...steps.map((it) => it.inTimePerSecond))
    const last = steps.at(-1)
    const kept = rounded((last?.inTimePerSecond ?? 0) / best)
    const damage = control ? await runControl(rig, { loads, rate, size }) : null
    return {
      passed:
        books.balanced &&
        kept >= goodput &&
        steps.every(isGood) &&
        (damage === null || damage.books.balanced),
      line:
        `PostgreSQL ${slow > 0 ? `SLOWED to ${rate}/s` : `as it is, ${rate}/s`}: ` +
        steps.map(lineOf).join('; ') +
        `; kept ${kept} of the best` +
        (damage === null ? '' : `; without a bound: ${damage.steps.map(lineOf).join('; ')}`),
      numbers: { capacity: rate, slow, kept, steps, control: damage, books },
    }
  },
})

type Judged = Pick<Step, 'asked' | 'sentPerSecond' | 'unknown' | 'recoveredAfterMs'> &
  Readonly<{ refused: Omit<Step['refused'], 'later'> }>

/** Whether a load was sent, and nobody was left without an answer, without one in time or for long. */
export const isGood = ({ refused, recoveredAfterMs, unknown, ...load }: Judged): boolean =>
  isSent(load) &&
  unknown === 0 &&
  (refused.count === 0 || refused.latency.p99 < REFUSED_MS) &&
  refused.withoutRetryAfter === 0 &&
  recoveredAfterMs !== null &&
  recoveredAfterMs <= RECOVERED_MS

/** A client that cannot send what it is asked for shows nothing about the load that is named. */
const isSent = ({ asked, sentPerSecond }: Pick<Step, 'asked' | 'sentPerSecond'>): boolean =>
  wasSent({ asked, sent: sentPerSecond })

const lineOf = (step: Step): string =>
  `${step.times}x (${Math.round(step.sentPerSecond)} of ${step.asked}/s sent` +
  `${isSent(step) ? '' : ', TOO FEW: not the load that was asked for'}): ${Math.round(step.inTimePerSecond)}/s in time, ` +
  `${step.refused.count} refused in p99 ${step.refused.latency.p99} ms ` +
  `(${step.refused.later.p99} ms after the first second), ${step.unknown} without an answer, ` +
  (step.recoveredAfterMs === null ? 'not well again' : `well after ${step.recoveredAfterMs} ms`)

type Loads = Readonly<{ loads: readonly number[]; rate: number; size: Size }>

async function runSteps(
  rig: Rig,
  service: RunningService,
  { loads, rate, size }: Loads,
): Promise<Step[]> {
  const steps: Step[] = []
  for (const times of loads) {
    const step = await runStep(rig, service, { times, rate, size })
    rig.say(lineOf(step))
    steps.push(step)
  }
  return steps
}

async function runControl(rig: Rig, of: Loads) {
  const service = await rig.start({
    name: 'unbounded-queue',
    role: 'redemption',
    main: fileURLToPath(new URL('../baselines/unbounded-queue.ts', import.meta.url)),
    connectionsMax: rig.values.pool,
  })
  await rig.warmUp(service)
  const steps = await runSteps(rig, service, of)
  const books = await rig.checkBooks(service)
  return { steps, books }
}

async function runStep(
  rig: Rig,
  service: RunningService,
  { times, rate, size }: Readonly<{ times: number; rate: number; size: Size }>,
) {
  const { seconds, after } = size
  const [flood, calm] = [Math.round(rate * times), Math.max(1, Math.floor(rate / 2))]
  const from = flood * (seconds + 1)
  const { result, seen: samples } = await watching(500, sampleOf(service), () =>
    rig.k6({
      script: 'overload.ts',
      isLast: true,
      service,
      plan: {
        count: from + calm * (after + 1),
        sentAfterMs: (place) =>
          (place < from ? place / flood : seconds + (place - from) / calm) * 1_000,
      },
      env: {
        RATE: String(flood),
        SECONDS: String(seconds),
        USERS: String(size.users),
        AFTER_FROM: String(from),
        AFTER_RATE: String(calm),
        AFTER_SECONDS: String(after),
        AFTER_USERS: String(usersFor(calm) * 2),
      },
    }),
  )
  const { run, cost, entries, others } = result
  const begun = begunAt(others)
  const inFlood = sentWithin(entries, { begun, from: 0, until: seconds })
  const refusedSince = (second: number): Entry[] =>
    sentWithin(entries, { begun, from: second, until: seconds }).filter(
      ({ heard }) => heard.kind === 'refused',
    )
  const refused = refusedSince(0)
  const inTime = inFlood.filter(({ heard, ms }) => heard.kind === 'taken' && ms <= size.intime)
  const all = perSecond(entries, { begun, seconds: seconds + after })
  return {
    times,
    asked: flood,
    sentPerSecond: rounded(inFlood.length / seconds, 1),
    inTimePerSecond: rounded(inTime.length / seconds, 1),
    taken: latencyOf(takenMs(inFlood)),
    takenCount: takenOf(inFlood),
    unknown: inFlood.filter(({ heard }) => heard.kind === 'unknown').length,
    refused: {
      count: refused.length,
      latency: latencyOf(refused.map(({ ms }) => ms)),
      /** Without the first second, in which the queue fills and everybody connects. */
      later: latencyOf(refusedSince(1).map(({ ms }) => ms)),
      withoutRetryAfter: run.metrics['refused_without_retry_after']?.values['count'] ?? 0,
    },
    memoryMb: {
      before: samples[0]?.memoryMb ?? 0,
      most: mostOf(samples, 'memoryMb'),
      after: samples.at(-1)?.memoryMb ?? 0,
    },
    means: cost.means,
    recoveredAfterMs: recoveredAfter(all, { floodSeconds: seconds, calm, wellMs: WELL_MS }),
    seconds: all,
  }
}

const takenMs = (entries: readonly Entry[]): number[] =>
  entries.filter(({ heard }) => heard.kind === 'taken').map(({ ms }) => ms)

/**
 * From when on every second was well: as many came as were to, all were taken, and p99 was as it
 * should be; null if never. While tills wait for an answer nobody new comes, and that is not well.
 */
export function recoveredAfter(
  all: readonly Second[],
  { floodSeconds, calm, wellMs }: Readonly<{ floodSeconds: number; calm: number; wellMs: number }>,
): number | null {
  const seconds = all.slice(floodSeconds)
  const lastBad = seconds.findLastIndex(
    ({ sent, taken, p99 }) => sent < calm * MOST || taken < sent || p99 > wellMs,
  )
  return lastBad === seconds.length - 1 ? null : (lastBad + 1) * 1_000
}

/**
 * What is done at most. A slowed PostgreSQL is all that limits it, so that a closed loop finds it; of
 * the machine as it is the client that keeps on sending takes its share, and is there when it is found.
 */
async function capacityOf(
  rig: Rig,
  service: RunningService,
  { probe: count, slow }: Readonly<{ probe: number; slow: number }>,
): Promise<number> {
  if (slow === 0) {
    const steps = { from: 600, factor: 1.25, steps: 8, seconds: 5, p99: WELL_MS }
    const { lastGood } = await findCapacity(rig, service, steps)
    return Math.max(1, lastGood?.rate ?? 0)
  }
  const plan = { count }
  const round = await runRound(rig, service, { of: 'capacity', connections: 64, plan })
  return Math.max(1, Math.floor(round.perSecond))
}

/** Makes every payment take so much longer, as on a small machine, without any work for this one. */
const slowDown = (rig: Rig, ms: number): Promise<void> =>
  ownerPool(rig.platform.ownerUrl, async (pool) => {
    await pool.query(
      `create function ledger.slow_down() returns trigger language plpgsql as
       $$ begin perform pg_sleep(${ms / 1_000} * (select count(*) from added)); return null; end $$`,
    )
    await pool.query(
      `create trigger slow_down after insert on ledger.redemption referencing new table as added
       for each statement execute function ledger.slow_down()`,
    )
  })
