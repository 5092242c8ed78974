import { areAllTaken, type Round, ratioOf, runRound, summariesOf } from '../rig/rounds.ts'
import { defineScenario } from '../rig/scenario.ts'
import type { Seeded } from '../rig/seeded.ts'

/** The one supermarket to which everybody goes. */
export const hotShop = defineScenario({
  name: 'hot-shop',
  explains:
    'all payments at one shop, in turn with payments spread over all shops, closed loop; ' +
    'passes when the one shop is at least 0.9 times as fast, all are taken and the books balance',
  flags: {
    rounds: { otherwise: 3, explains: 'how often each is measured' },
    count: { otherwise: 20_000, explains: 'payments in a round' },
    connections: { otherwise: 64, explains: 'connections' },
    ratio: { otherwise: 0.9, explains: 'what the ratio is at least' },
  },
  run: async (rig, { rounds, count, connections, ratio: least }) => {
    const service = await rig.startRedemption()
    await rig.warmUp(service, { connections })
    const hot = tillsOfOneShop(rig.seeded)
    const till = (place: number): number => hot[place % hot.length] ?? 0
    const results: Round[] = []
    for (let round = 0; round < rounds; round++) {
      results.push(await runRound(rig, service, { of: 'spread', connections, plan: { count } }))
      const plan = { count, till }
      results.push(await runRound(rig, service, { of: 'one shop', connections, plan }))
    }
    const books = await rig.checkBooks(service)
    const { throughput: ratio, cpu } = ratioOf(results, 'one shop', 'spread')
    return {
      passed: ratio.median >= least && areAllTaken(results) && books.balanced,
      line: `one shop x ${ratio.median} of spread (${ratio.min}–${ratio.max})`,
      numbers: {
        ratio,
        cpu,
        summary: summariesOf(results),
        tills: hot.length,
        rounds: results,
        books,
      },
    }
  },
})

/** The tills of the small shop that has most: it takes every kind of voucher, as the others do. */
function tillsOfOneShop({ tills }: Seeded): number[] {
  const byShop = new Map<string, number[]>()
  tills.forEach(({ shopId, shopClass }, place) => {
    if (shopClass === 'SMALL') byShop.set(shopId, [...(byShop.get(shopId) ?? []), place])
  })
  const [most = [0]] = [...byShop.values()].toSorted((a, b) => b.length - a.length)
  return most
}
