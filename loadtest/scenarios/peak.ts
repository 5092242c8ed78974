import { findCapacity } from '../rig/capacity.ts'
import type { PlanOptions } from '../rig/codes.ts'
import { rounded, spreadOf } from '../rig/latency.ts'
import { type Told, whileListening } from '../rig/listeners.ts'
import type { RunningService } from '../rig/process.ts'
import type { Rig } from '../rig/rig.ts'
import { defineScenario } from '../rig/scenario.ts'
import { type Steady, isWhole, runSteady } from '../rig/steady.ts'

type Round = Steady & Readonly<{ told: Told }>

/** A steady stream of payments at half of what the service can do, as on a busy shopping day. */
export const peak = defineScenario({
  name: 'peak',
  needsK6: true,
  explains:
    'payments at a steady rate, by k6, while tills follow the payments of their shops; passes when p99 of the best ' +
    'round is below 50 ms, in every round all that was asked for is sent and taken and nothing dropped, ' +
    'and the books balance',
  flags: {
    rate: {
      otherwise: 0,
      explains: 'payments a second (0: half of the rate at which nobody waits 100 ms, found first)',
    },
    seconds: { otherwise: 30, explains: 'how long a round is' },
    rounds: { otherwise: 3, explains: 'how often it is measured' },
    p99: { otherwise: 50, explains: 'what the 99th percentile stays below, in ms' },
    probe: { otherwise: 5, explains: 'seconds of each step by which the capacity is found' },
    from: { otherwise: 600, explains: 'payments a second in the first of these steps' },
    listeners: { otherwise: 200, explains: 'tills that hold the list of their shop open' },
    payers: {
      otherwise: 0,
      explains:
        'of a hundred payments, so many are sent by the payer, who read the code of the shop',
    },
  },
  run: async (rig, { rate: wished, seconds, rounds: times, p99, probe, from, ...people }) => {
    const service = await rig.startRedemption()
    await rig.warmUp(service)
    const { listeners, payers } = people
    const by = sentBy(payers)
    const capacity = wished > 0 ? null : await capacityOf(rig, service, { probe, from, by })
    const rate = wished > 0 ? wished : Math.floor((capacity ?? 0) / 2)
    const rounds: Round[] = []
    for (let round = 0; round < (rate > 0 ? times : 0); round++) {
      const { result, told } = await whileListening(rig.seeded, service, {
        count: listeners,
        work: () => runSteady(rig, service, { rate, seconds, p99, by }),
      })
      const measured = { ...result.steady, told }
      rig.say(lineOf(measured))
      rounds.push(measured)
    }
    const books = await rig.checkBooks(service)
    const spread = spreadOf(rounds.map(({ latency }) => latency.p99))
    const { payments, missed } = sumOf(rounds)
    return {
      passed:
        rounds.some(({ thresholdsMet }) => thresholdsMet) &&
        rounds.every(isWhole) &&
        missed === 0 &&
        books.balanced,
      line:
        `${rate}/s for ${rounds.length} x ${seconds} s, ${payers} of 100 by payers: ` +
        `p99 ${spread.median} ms (${spread.min}–${spread.max}); ` +
        `${listeners} tills told of ${payments} payments, ${missed} missed; ` +
        rounds.map(lineOf).join('; '),
      numbers: { rate, seconds, capacity, ...people, p99: spread, rounds, books },
    }
  },
})

const sentBy =
  (payers: number): NonNullable<PlanOptions['by']> =>
  (place) =>
    // In an order without pattern, as wallets and tills are.
    (place * 61) % 100 < payers ? 'payer' : 'till'

const WAIT_MS_MOST = 100

async function capacityOf(
  rig: Rig,
  service: RunningService,
  { probe, from, by }: Readonly<{ probe: number; from: number; by: PlanOptions['by'] & {} }>,
): Promise<number> {
  const steps = { from, factor: 1.25, steps: 8, seconds: probe, p99: WAIT_MS_MOST, by }
  const { lastGood } = await findCapacity(rig, service, steps)
  rig.say(`capacity: ${lastGood?.rate ?? 0}/s`)
  return lastGood?.rate ?? 0
}

const lineOf = ({ latency: { p50, p99, max }, cpu, asked, sent, taken, dropped }: Round): string =>
  `p50 ${p50} ms, p99 ${p99} ms, max ${rounded(max, 1)} ms, ${taken} of ${sent} sent of ${asked} taken, ` +
  `${dropped} dropped, CPU ${cpu.serverUs} + ${cpu.postgresUs} µs a payment`

const sumOf = (rounds: readonly Round[]) => ({
  payments: rounds.reduce((sum, { told }) => sum + told.payments, 0),
  missed: rounds.reduce((sum, { told }) => sum + told.missed, 0),
})
