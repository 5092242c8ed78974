import { rounded } from '../rig/latency.ts'
import { defineScenario } from '../rig/scenario.ts'
import { type Steady, runSteady } from '../rig/steady.ts'

/** How much can come at most before somebody waits too long: the rate that `peak` takes half of. */
export const capacity = defineScenario({
  name: 'capacity',
  needsK6: true,
  explains:
    'payments at a rate that grows step by step until p99 passes 100 ms or one is refused or lost; ' +
    'passes when the first step is good and the books balance; peak --rate takes half of the last good rate',
  flags: {
    from: { otherwise: 500, explains: 'payments a second in the first step' },
    factor: { otherwise: 1.25, explains: 'how much more in each next step' },
    steps: { otherwise: 16, explains: 'how many steps at most' },
    seconds: { otherwise: 10, explains: 'how long a step is' },
    p99: { otherwise: 100, explains: 'what the 99th percentile stays below, in ms' },
  },
  run: async (rig, { from, factor, steps, seconds, p99 }) => {
    const service = await rig.startRedemption()
    await rig.warmUp(service)
    const results: (Steady & { isGood: boolean })[] = []
    const measure = async (rate: number): Promise<boolean> => {
      const step = await runSteady(rig, service, { rate, seconds })
      const isGood =
        step.latency.p99 < p99 && step.dropped === 0 && step.taken === step.sent && step.sent > 0
      rig.say(`${rate}/s: p99 ${step.latency.p99} ms, ${isGood ? 'good' : 'too much'}`)
      results.push({ ...step, isGood })
      return isGood
    }
    for (let step = 0; step < steps; step++) {
      const rate = Math.round(from * factor ** step)
      // A machine that others share may stall for a second: too much is what fails twice.
      if (!(await measure(rate)) && !(await measure(rate))) break
    }
    const books = await rig.checkBooks(service)
    const good = results.findLast(({ isGood }) => isGood) ?? null
    const half = Math.floor((good?.rate ?? 0) / 2)
    return {
      passed: good !== null && books.balanced,
      line:
        good === null
          ? `not even ${from}/s`
          : `${good.rate}/s at p99 ${rounded(good.latency.p99, 1)} ms, ` +
            `CPU ${good.cpu.totalUs} µs a payment; next: npm run bench -- peak --rate ${half}`,
      numbers: { lastGood: good, half, steps: results, books },
    }
  },
})
