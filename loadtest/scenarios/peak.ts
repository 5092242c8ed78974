import { rounded } from '../rig/latency.ts'
import { perPayment } from '../rig/measure.ts'
import type { Rig } from '../rig/rig.ts'
import { defineScenario } from '../rig/scenario.ts'
import type { RunningService } from '../rig/process.ts'

/** A steady stream of payments at half of what the service can do, as on a busy shopping day. */
export const peak = defineScenario({
  name: 'peak',
  needsK6: true,
  explains:
    'payments at a steady rate, by k6: p99 below 50 ms, nothing dropped, nothing refused, books balanced',
  flags: {
    rate: { otherwise: 0, explains: 'payments a second (0: half of the capacity, measured first)' },
    seconds: { otherwise: 30, explains: 'how long' },
    p99: { otherwise: 50, explains: 'what the 99th percentile stays below, in ms' },
    probe: { otherwise: 20_000, explains: 'payments by which the capacity is measured' },
  },
  run: async (rig, { rate: wished, seconds, p99, probe }) => {
    const service = await rig.startRedemption()
    await rig.warmUp(service)
    const capacity = wished > 0 ? null : await capacityOf(rig, service, probe)
    const rate = wished > 0 ? wished : Math.floor((capacity ?? 0) / 2)
    rig.say(`${rate} payments a second for ${seconds} s`)
    const { run, cost } = await rig.k6({
      script: 'peak.ts',
      service,
      plan: { count: rate * seconds + rate, perSecond: rate },
      env: {
        RATE: String(rate),
        SECONDS: String(seconds),
        USERS: String(Math.min(1_000, 20 + Math.ceil(rate / 5))),
        P99_MS: String(p99),
      },
    })
    const books = await rig.checkBooks(service)
    const latency = run.metrics['http_req_duration{path:redeem}']?.values ?? {}
    const sent = run.metrics['http_reqs']?.values['count'] ?? 0
    const cpu = perPayment(cost, Math.max(1, sent))
    const ms = (name: string): number => rounded(latency[name] ?? 0, 1)
    return {
      passed: run.thresholdsMet && books.balanced,
      line:
        `${rate}/s for ${seconds} s: p50 ${ms('med')} ms, p99 ${ms('p(99)')} ms, max ${ms('max')} ms; ` +
        `CPU ${cpu.serverUs} + ${cpu.postgresUs} µs a payment`,
      numbers: { rate, seconds, capacity, sent, latency, cpu, cost, metrics: run.metrics, books },
    }
  },
})

/** What the service takes in a closed loop of 64 connections. */
async function capacityOf(rig: Rig, service: RunningService, count: number): Promise<number> {
  const payments = await rig.payments({ count, startAt: Date.now() })
  const { result } = await rig.closedLoop(service, payments)
  rig.say(`capacity: ${Math.round(result.perSecond)}/s, p99 ${result.latency.p99} ms`)
  return result.perSecond
}
