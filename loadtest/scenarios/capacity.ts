import { findCapacity } from '../rig/capacity.ts'
import { rounded } from '../rig/latency.ts'
import { defineScenario } from '../rig/scenario.ts'

/** How much can come at most before somebody waits too long: the rate that `peak` takes half of. */
export const capacity = defineScenario({
  name: 'capacity',
  needsK6: true,
  explains:
    'payments at a rate that grows step by step until p99 passes 100 ms or one is not sent, refused or lost; ' +
    'passes when a step is good and the books balance; peak takes half of the last good rate',
  flags: {
    from: { otherwise: 500, explains: 'payments a second in the first step' },
    factor: { otherwise: 1.25, explains: 'how much more in each next step' },
    steps: { otherwise: 16, explains: 'how many steps at most' },
    seconds: { otherwise: 10, explains: 'how long a step is' },
    p99: { otherwise: 100, explains: 'what the 99th percentile stays below, in ms' },
  },
  run: async (rig, load) => {
    const service = await rig.startRedemption()
    await rig.warmUp(service)
    const { steps, lastGood } = await findCapacity(rig, service, load)
    const books = await rig.checkBooks(service)
    const half = Math.floor((lastGood?.rate ?? 0) / 2)
    return {
      passed: lastGood !== null && books.balanced,
      line:
        lastGood === null
          ? 'no rate at which nobody waits too long'
          : `${lastGood.rate}/s at p99 ${rounded(lastGood.latency.p99, 1)} ms, ` +
            `CPU ${lastGood.cpu.totalUs} µs a payment; next: npm run bench -- peak --rate ${half}`,
      numbers: { lastGood, half, steps, books },
    }
  },
})
