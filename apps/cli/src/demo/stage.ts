import { type Database, withFreshDatabase } from '../platform/database.ts'
import { unlessInterrupted } from '../platform/interruption.ts'
import { type Simulated, withSimulated } from '../platform/simulated.ts'

/** What the demo asserts of itself; it ends well only when every one holds. */
export type Fact = Readonly<{ name: string; ok: boolean; detail: string }>

export type Stage = Simulated &
  Readonly<{
    database: Database
    /** The same numbers in every demo. */
    random: () => number
    facts: Fact[]
    expect: (name: string, ok: boolean, detail?: string) => void
    say: (line: string) => void
  }>

/** Lends an empty simulated platform beside the one of `npm start`, with what the demo notes. */
export const withStage = <T>(work: (stage: Stage) => Promise<T>): Promise<T> =>
  withFreshDatabase({ what: 'demo', name: 'minnaken_demo', buckets: 2 }, (database) =>
    withSimulated(database, { madeBy: 'minnaken demo', logFolder: 'demo/logs' }, (platform) =>
      unlessInterrupted(work(stageOn(platform, database))),
    ),
  )

function stageOn(platform: Simulated, database: Database): Stage {
  const startedAt = performance.now()
  const facts: Fact[] = []
  const say = (line: string) => {
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1).padStart(6)
    process.stderr.write(`${seconds}s  ${line}\n`)
  }
  return {
    ...platform,
    database,
    random: repeatable(20270201),
    facts,
    expect: (name, ok, detail = '') => {
      facts.push({ name, ok, detail })
      if (!ok) say(`✗ ${name} ${detail}`)
    },
    say,
  }
}

/** Numbers from 0 to 1 that are the same each time (mulberry32). */
function repeatable(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Does the work for every item, some at a time, in order of the list; tells how far it is. */
export async function forEach<T, R>(
  items: readonly T[],
  { atOnce, say }: Readonly<{ atOnce: number; say?: (done: number) => void }>,
  work: (item: T, place: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = []
  let next = 0
  let done = 0
  await Promise.all(
    Array.from({ length: Math.min(atOnce, items.length) }, async () => {
      for (let place = next++; place < items.length; place = next++) {
        const item = items[place]
        if (item === undefined) return
        results[place] = await work(item, place)
        done += 1
        if (done % 250 === 0) say?.(done)
      }
    }),
  )
  return results
}
