import { latencyOf } from '../rig/latency.ts'
import { perPayment } from '../rig/measure.ts'
import { defineScenario } from '../rig/scenario.ts'
import { takenOf } from '../rig/steady.ts'

/** One till alone in the morning: nobody is there to fill a batch with. */
export const oneInFlight = defineScenario({
  name: 'one-in-flight',
  needsK6: true,
  explains:
    'one payment after another over one connection: the latency of a lone request, which waits for no batch; ' +
    'passes when each is taken, p99 stays below 50 ms and the books balance',
  flags: {
    count: { otherwise: 3_000, explains: 'payments' },
    p99: { otherwise: 50, explains: 'what the 99th percentile stays below, in ms' },
  },
  run: async (rig, { count, p99 }) => {
    const service = await rig.startRedemption()
    await rig.warmUp(service)
    const payments = await rig.payments({ count, startAt: Date.now() })
    const { result, cost } = await rig.closedLoop(service, payments, { connections: 1 })
    const books = await rig.checkBooks(service)
    const latency = latencyOf(result.entries.map(({ ms }) => ms))
    const taken = takenOf(result.entries)
    return {
      passed: taken === count && latency.p99 < p99 && books.balanced,
      line: `${count} one by one: p50 ${latency.p50} ms, p99 ${latency.p99} ms, max ${latency.max} ms`,
      numbers: { count, taken, latency, cpu: perPayment(cost, count), means: cost.means, books },
    }
  },
})
