import { ownerPool } from '../rig/database.ts'
import { loadHistory } from '../rig/history.ts'
import { spreadOver, rounded } from '../rig/latency.ts'
import { type Rig, makeRig } from '../rig/rig.ts'
import { type Round, areAllTaken, runRound, summaryOf } from '../rig/rounds.ts'
import { defineScenario } from '../rig/scenario.ts'

type Options = Readonly<{ rounds: number; count: number; connections: number }>

/** The last month of the campaign: every code that was ever used is still there, and has to be. */
export const bigTable = defineScenario({
  name: 'big-table',
  explains:
    'throughput and CPU of a closed loop over tables that grow step by step to ten million earlier redemptions. Their rows ' +
    'are made inside PostgreSQL by insert … select, since ten million that travel by COPY take an hour; their indexes after ' +
    'them; passes when the last is at least 0.9 times as fast as the first, all are taken and the ' +
    'books balance. Beyond a million the books are checked by sums, not by every line of the proof',
  flags: {
    sizes: {
      otherwise: '0,1000000,3000000,10000000',
      explains: 'redemptions before each step, growing, separated by commas',
    },
    rounds: { otherwise: 3, explains: 'how often each size is measured' },
    count: { otherwise: 20_000, explains: 'payments in a round' },
    connections: { otherwise: 64, explains: 'connections' },
    ratio: { otherwise: 0.9, explains: 'what the ratio is at least' },
  },
  run: async (rig, { sizes, ratio: least, ...options }) => {
    const steps: Awaited<ReturnType<typeof runSize>>[] = []
    let loaded = rig.seeded.history
    for (const size of sizes.split(',').map(Number)) {
      const ms = await load(rig, { from: loaded, to: size })
      loaded = Math.max(loaded, size)
      const step = { ...(await runSize(rig, options)), size, loadedInSeconds: rounded(ms / 1_000) }
      rig.say(`${step.rows} earlier: ${step.perSecond.median}/s, CPU ${step.cpuUs.median} µs`)
      steps.push(step)
    }
    const [first, last] = [steps[0], steps.at(-1)]
    const ratio = spreadOver(last?.perSecond, first?.perSecond)
    const cpuRatio = spreadOver(last?.cpuUs, first?.cpuUs)
    return {
      passed:
        ratio.median >= least && steps.every(({ allTaken, books }) => allTaken && books.balanced),
      line:
        steps.map(({ rows, perSecond }) => `${rows} earlier ${perSecond.median}/s`).join('; ') +
        `; x ${ratio.median} (${ratio.min}–${ratio.max}) in throughput, ` +
        `x ${cpuRatio.median} (${cpuRatio.min}–${cpuRatio.max}) in CPU a payment`,
      numbers: { ratio, cpuRatio, steps },
    }
  },
})

/** Measures on the table as it is now, with books that begin now. */
async function runSize(rig: Rig, { rounds: times, count, connections }: Options) {
  const { folder, values, say, platform } = rig
  const rows = await rowsNow(rig)
  const seeded = { ...rig.seeded, history: rows, at: Date.now() }
  const services: Awaited<ReturnType<Rig['start']>>[] = []
  const here = makeRig({ folder, values, say, platform, seeded, services })
  const service = await here.startRedemption()
  try {
    await here.warmUp(service, { connections })
    const rounds: Round[] = []
    for (let round = 0; round < times; round++)
      rounds.push(await runRound(here, service, { of: `${rows}`, connections, plan: { count } }))
    const books = await here.checkBooks(service)
    return {
      rows,
      ...summaryOf(rounds),
      allTaken: areAllTaken(rounds),
      rounds,
      books,
    }
  } finally {
    for (const each of services) await each.stop()
  }
}

/** Adds redemptions until there are so many from before. Answers how long it took. */
async function load(
  rig: Rig,
  { from, to }: Readonly<{ from: number; to: number }>,
): Promise<number> {
  const started = performance.now()
  if (to > from) await loadHistory(rig.platform.ownerUrl, rig.seeded, to, from)
  return performance.now() - started
}

const rowsNow = (rig: Rig): Promise<number> =>
  ownerPool(rig.platform.ownerUrl, async (pool) => {
    const { rows } = await pool.query<{ count: number }>(
      'select count(*)::int as count from ledger.redemption',
    )
    return rows[0]?.count ?? 0
  })
