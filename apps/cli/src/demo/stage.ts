import { createInvite } from '@minnaken/auth'
import { randomBytes } from 'node:crypto'
import type { Instant } from '@minnaken/domain'
import { inventedFederation, writeFederation } from '@minnaken/settlement/federation'
import { type Origins, localOrigins } from '../people/apps.ts'
import { type Person, newPerson } from '../people/people.ts'
import { type Database, makeFreshDatabase, withOwner } from '../platform/database.ts'
import { type ServiceUrls, startServices } from '../platform/services.ts'

/** What the demo asserts of itself; it ends well only when every one holds. */
export type Fact = Readonly<{ name: string; ok: boolean; detail: string }>

export type Stage = Readonly<{
  database: Database
  urls: ServiceUrls
  origins: Origins
  /** The simulated moment. */
  now: () => Instant
  travelTo: (moment: Instant) => Promise<void>
  /** A member of staff who answered an invitation with a passkey. */
  hire: (role: 'clerk' | 'approver' | 'auditor') => Promise<Person>
  /** The same numbers in every demo. */
  random: () => number
  facts: Fact[]
  expect: (name: string, ok: boolean, detail?: string) => void
  say: (line: string) => void
  close: () => Promise<void>
}>

/** An empty platform with a clock that can be moved: own database, own processes, any free ports. */
export async function openStage(): Promise<Stage> {
  const database = await makeFreshDatabase('minnaken_demo', 2)
  await withOwner(database.ownerUrl, (db) => writeFederation(db, inventedFederation))
  const services = await startServices({
    urlFor: database.urlFor,
    ports: { purchase: 0, redemption: 0, settlement: 0 },
    isClockMoved: true,
    logFolder: 'demo/logs',
  })
  const startedAt = performance.now()
  let offsetMs = 0
  const now = () => Date.now() + offsetMs
  const facts: Fact[] = []
  const say = (line: string) => {
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1).padStart(6)
    process.stderr.write(`${seconds}s  ${line}\n`)
  }
  const hire = async (role: 'clerk' | 'approver' | 'auditor') => {
    const { token } = await withOwner(database.ownerUrl, (db) =>
      createInvite(db, { now, randomBytes }, { role, madeBy: 'minnaken demo' }),
    )
    return newPerson('staff', { urls: services.urls, origins: localOrigins, invite: token })
  }
  return {
    database,
    urls: services.urls,
    origins: localOrigins,
    now,
    travelTo: async (moment) => {
      offsetMs = moment - Date.now()
      await services.moveClock(offsetMs)
    },
    hire,
    random: repeatable(20270201),
    facts,
    expect: (name, ok, detail = '') => {
      facts.push({ name, ok, detail })
      if (!ok) say(`✗ ${name} ${detail}`)
    },
    say,
    close: async () => {
      await services.stop()
      if (database.isOurs) await database.stopServer()
    },
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
