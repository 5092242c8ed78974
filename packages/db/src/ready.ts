import type { Instant } from '@minnaken/domain'
import { databaseClockSkewMs } from './clock.ts'
import type { Db } from './connect.ts'

const SKEW_MS_MAX = 1_000

/**
 * Whether a service can work with its database: it answers, and the two clocks agree within a second.
 *
 * A clock that was moved on purpose (the demo, tests) is named instead of compared.
 */
export async function readyChecks(
  db: Db,
  { now, isClockMoved }: Readonly<{ now: () => Instant; isClockMoved: boolean }>,
): Promise<Record<'database' | 'clock', { ok: boolean; note?: string }>> {
  try {
    const skewMs = Math.round(await databaseClockSkewMs(db, now))
    const clock = isClockMoved
      ? { ok: true, note: `moved by ${-skewMs} ms` }
      : { ok: Math.abs(skewMs) <= SKEW_MS_MAX, note: `${skewMs} ms behind PostgreSQL` }
    return { database: { ok: true }, clock }
  } catch {
    return { database: { ok: false }, clock: { ok: false, note: 'not compared' } }
  }
}
