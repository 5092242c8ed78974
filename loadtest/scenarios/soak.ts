import { rounded } from '../rig/latency.ts'
import { defineScenario } from '../rig/scenario.ts'
import { type Window, soakOf } from '../rig/soak.ts'
import { isWhole, runSteady } from '../rig/steady.ts'
import { mostOf, sampleOf, watching } from '../rig/watch.ts'

/** A whole day of a busy shopping street, in half an hour. */
export const soak = defineScenario({
  name: 'soak',
  needsK6: true,
  explains:
    'payments at a steady rate for half an hour, in windows one after another: p99, memory and lag over time; ' +
    'passes when every payment is sent and taken, p99 of every window is below 50 ms and in the middle of the last third at ' +
    'most 1.5 times that of the first, memory grows by at most a tenth after the first third, and the books balance',
  flags: {
    minutes: { otherwise: 30, explains: 'how long in all' },
    window: {
      otherwise: 120,
      explains: 'seconds of a window; the next ones codes are signed between',
    },
    rate: { otherwise: 500, explains: 'payments a second' },
    ratio: { otherwise: 1.5, explains: 'how much longer p99 may become' },
    growth: { otherwise: 1.1, explains: 'how much memory may become after the first third' },
    p99: { otherwise: 50, explains: 'ms that p99 of every window stays below' },
  },
  run: async (rig, { minutes, window: seconds, rate, p99, ...most }) => {
    const service = await rig.startRedemption()
    await rig.warmUp(service)
    const started = Date.now()
    const windows: Window[] = []
    for (let at = 0; at < minutes * 60; at += seconds) {
      const { result, seen: samples } = await watching(5_000, sampleOf(service), () =>
        runSteady(rig, service, { rate, seconds, p99 }),
      )
      const { steady } = result
      const memoryMb = samples.at(-1)?.memoryMb ?? 0
      const minute = rounded((Date.now() - started) / 60_000, 1)
      const lagMs = mostOf(samples, 'lagMs')
      windows.push({ ...steady, minute, memoryMb, lagMs })
      rig.say(`minute ${minute}: p99 ${steady.latency.p99} ms, ${memoryMb} MB, lag ${lagMs} ms`)
    }
    const books = await rig.checkBooks(service)
    const { ratio, growth, worstP99 } = soakOf(windows)
    const sent = windows.reduce((sum, it) => sum + it.sent, 0)
    const taken = windows.reduce((sum, it) => sum + it.taken, 0)
    return {
      passed:
        windows.length > 0 &&
        windows.every(isWhole) &&
        worstP99 < p99 &&
        ratio <= most.ratio &&
        growth <= most.growth &&
        books.balanced,
      line:
        `${taken} of ${sent} payments in ${windows.at(-1)?.minute ?? 0} min: p99 x ${ratio}, ` +
        `memory x ${growth} (${windows.at(-1)?.memoryMb ?? 0} MB)`,
      numbers: { rate, sent, taken, ratio, growth, worstP99, windows, books },
    }
  },
})
