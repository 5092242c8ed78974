import { ownerPool } from '../rig/database.ts'
import { loadHistory } from '../rig/history.ts'
import { rounded } from '../rig/latency.ts'
import { type Platform, twinOf } from '../rig/platform.ts'
import type { RunningService } from '../rig/process.ts'
import { type Rig, makeRig } from '../rig/rig.ts'
import { type Round, areAllTaken, ratioOf, runRound, summaryOf } from '../rig/rounds.ts'
import { defineScenario } from '../rig/scenario.ts'

type Step = Awaited<ReturnType<typeof runSize>> &
  Readonly<{ size: number; loadedInSeconds: number }>
type Options = Readonly<{ rounds: number; count: number; connections: number }>

/** The last month of the campaign: every code that was ever used is still there, and has to be. */
export const bigTable = defineScenario({
  name: 'big-table',
  explains:
    'throughput and CPU of a closed loop over tables that grow step by step to ten million earlier redemptions, each step ' +
    'in turn with a second database of the same PostgreSQL that has none. Their rows are made inside PostgreSQL by insert … ' +
    'select, since ten million that travel by COPY take an hour; their indexes after them; passes when the last is at least ' +
    '0.9 times as fast as none beside it, all are taken and the books balance. Beyond a million the books are checked by ' +
    'sums, not by every line of the proof',
  flags: {
    sizes: {
      otherwise: '1000000,3000000,10000000',
      explains: 'redemptions before each step, growing, separated by commas',
    },
    rounds: { otherwise: 5, explains: 'how often each size is measured, in turn with none' },
    count: { otherwise: 20_000, explains: 'payments in a round' },
    connections: { otherwise: 64, explains: 'connections' },
    ratio: { otherwise: 0.9, explains: 'what the ratio is at least' },
  },
  run: async (rig, { sizes, ratio: least, ...options }) => {
    const untouched = await twinOf(rig.platform, 'untouched')
    const steps: Step[] = []
    let loaded = rig.seeded.history
    for (const size of sizes.split(',').map(Number)) {
      const ms = await load(rig, { from: loaded, to: size })
      loaded = Math.max(loaded, size)
      const step = await runSize(rig, await twinOf(untouched, `none_beside_${size}`), options)
      const { throughput, cpu } = step.ofNone
      rig.say(`${step.rows} earlier: x ${throughput.median} of none, CPU x ${cpu.median}`)
      steps.push({ ...step, size, loadedInSeconds: rounded(ms / 1_000) })
    }
    const [last] = steps.slice(-1)
    return {
      passed:
        (last?.ofNone.throughput.median ?? 0) >= least &&
        steps.every(({ allTaken, booksBalance }) => allTaken && booksBalance),
      line: steps.map(lineOf).join('; '),
      numbers: { steps },
    }
  },
})

type Open = Readonly<{ rig: Rig; service: RunningService; rows: number }>

/** Measures the table as it is now beside one with none earlier, each with books that begin now. */
async function runSize(rig: Rig, empty: Platform, { rounds: times, count, connections }: Options) {
  const services: RunningService[] = []
  const openOn = async (platform: Platform): Promise<Open> => {
    const rows = await rowsOn(platform)
    const { folder, values, say } = rig
    const seeded = { ...rig.seeded, history: rows, at: Date.now() }
    const here = makeRig({ folder, values, say, platform, seeded, services })
    const service = await here.startRedemption()
    await here.warmUp(service, { connections })
    return { rig: here, service, rows }
  }
  try {
    const sides = { none: await openOn(empty), earlier: await openOn(rig.platform) }
    const rounds: Round[] = []
    for (let round = 0; round < times; round++)
      for (const [of, side] of Object.entries(sides))
        rounds.push(await runRound(side.rig, side.service, { of, connections, plan: { count } }))
    const books = await Promise.all(
      Object.values(sides).map((side) => side.rig.checkBooks(side.service)),
    )
    return {
      rows: sides.earlier.rows,
      noneRows: sides.none.rows,
      earlier: summaryOf(rounds.filter(({ of }) => of === 'earlier')),
      none: summaryOf(rounds.filter(({ of }) => of === 'none')),
      ofNone: ratioOf(rounds, 'earlier', 'none'),
      allTaken: areAllTaken(rounds),
      booksBalance: books.every(({ balanced }) => balanced),
      rounds,
      books,
    }
  } finally {
    for (const each of services) await each.stop()
  }
}

const lineOf = ({ rows, earlier, none, ofNone }: Awaited<ReturnType<typeof runSize>>): string => {
  const { throughput, cpu } = ofNone
  return (
    `${rows} earlier ${earlier.perSecond.median}/s, none beside it ${none.perSecond.median}/s: ` +
    `x ${throughput.median} (${throughput.min}–${throughput.max}) in throughput, ` +
    `x ${cpu.median} (${cpu.min}–${cpu.max}) in CPU a payment`
  )
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

const rowsOn = ({ ownerUrl }: Platform): Promise<number> =>
  ownerPool(ownerUrl, async (pool) => {
    const { rows } = await pool.query<{ count: number }>(
      'select count(*)::int as count from ledger.redemption',
    )
    return rows[0]?.count ?? 0
  })
