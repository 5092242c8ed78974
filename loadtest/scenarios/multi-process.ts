import { areAllTaken, type Round, ratioOf, runRound, summariesOf } from '../rig/rounds.ts'
import { defineScenario } from '../rig/scenario.ts'

/** More than one process on one database, and every wallet may come to any of them. */
export const multiProcess = defineScenario({
  name: 'multi-process',
  explains:
    'one process and then several on the same database, in turn, closed loop, the same wallets through all; ' +
    'passes when every payment is taken and the books balance, and reports the ratio',
  flags: {
    rounds: { otherwise: 3, explains: 'how often each is measured' },
    count: { otherwise: 20_000, explains: 'payments in a round' },
    connections: { otherwise: 64, explains: 'connections, shared out over the processes' },
    several: { otherwise: 2, explains: 'how many processes are several' },
  },
  run: async (rig, { rounds, count, connections, several }) => {
    const role = 'redemption'
    const connectionsMax = rig.values.pool
    const one = await rig.start({ name: 'redemption', role, connectionsMax })
    const many = await rig.start({ name: 'redemption', role, connectionsMax, count: several })
    await rig.warmUp(one, { connections })
    await rig.warmUp(many, { connections })
    const results: Round[] = []
    for (let round = 0; round < rounds; round++)
      for (const [of, service] of [
        ['one', one],
        ['several', many],
      ] as const)
        results.push(await runRound(rig, service, { of, connections, plan: { count } }))
    const books = await rig.checkBooks(many)
    const { throughput: ratio, cpu } = ratioOf(results, 'several', 'one')
    return {
      passed: areAllTaken(results) && books.balanced,
      line: `${several} processes x ${ratio.median} of one (${ratio.min}–${ratio.max})`,
      numbers: { several, ratio, cpu, summary: summariesOf(results), rounds: results, books },
    }
  },
})
