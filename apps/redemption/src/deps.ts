import type { Db, Pool } from '@minnaken/db'
import type { Instant } from '@minnaken/domain'
import type { CampaignBook } from '@minnaken/ledger'

/** What the verbs of this service are handed: the book, the clock, ids and randomness. */
export type Deps = Readonly<{
  db: Db
  pool: Pool
  campaigns: CampaignBook
  now: () => Instant
  /** A clock that only ever goes forward, for how long things take. */
  elapsedMs: () => number
  newId: () => string
  randomBytes: (count: number) => Uint8Array
}>
