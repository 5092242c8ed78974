import { type Instant } from '@minnaken/domain'
import { sql } from 'kysely'
import type { Db } from './connect.ts'

/**
 * How far PostgreSQL's clock is ahead of the service's, in milliseconds; negative when behind.
 *
 * The service's clock is taken in the middle of the question's way there and back,
 * so half of that way is how wrong the answer can be.
 */
export async function databaseClockSkewMs(db: Db, now: () => Instant): Promise<number> {
  const askedAt = now()
  const { rows } = await sql<{ at: Date }>`select clock_timestamp() as at`.execute(db)
  const answeredAt = now()
  const at = rows[0]?.at
  if (at === undefined) throw new Error('PostgreSQL did not tell its time')
  return at.getTime() - (askedAt + answeredAt) / 2
}
