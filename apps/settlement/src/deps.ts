import type { AuthDeps, Origin } from '@minnaken/auth'
import type { Db } from '@minnaken/db'
import type { Audience, Instant } from '@minnaken/domain'
import { CampaignBook } from '@minnaken/ledger'

/** What the verbs of this service are handed: the book, the clock, ids and randomness. */
export type Deps = Readonly<{
  db: Db
  auth: AuthDeps
  campaigns: CampaignBook
  now: () => Instant
  newId: () => string
  randomBytes: (count: number) => Uint8Array
  /** Whether bank 9999 exists: only where everything is invented. */
  isBankInvented: boolean
  /** Hears the name of each step of a long verb once it is done; whoever throws here stops it there. */
  onStep: (step: string) => void
}>

/** Wires what the verbs need. */
export function openDeps(
  base: Pick<Deps, 'db' | 'now' | 'newId' | 'randomBytes' | 'isBankInvented'> &
    Partial<Pick<Deps, 'onStep'>> &
    Readonly<{ origins: Readonly<Record<Audience, string>> }>,
): Deps {
  const { origins, ...given } = base
  return {
    onStep: () => {},
    ...given,
    campaigns: new CampaignBook(given.db),
    auth: {
      db: given.db,
      now: given.now,
      randomBytes: given.randomBytes,
      origins: {
        resident: originOf(origins.resident),
        shop: originOf(origins.shop),
        staff: originOf(origins.staff),
      },
    },
  }
}

const originOf = (origin: string): Origin => ({ origin, rpId: new URL(origin).hostname })
