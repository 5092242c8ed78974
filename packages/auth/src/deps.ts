import type { Db, Tx } from '@minnaken/db'
import type { Actor, Audience, Instant } from '@minnaken/domain'

/** What an account may be: every role but shop staff, who act through a till. */
export type AccountRole = Exclude<Actor['role'], 'shop_staff'>

/** Where an app lives: its web origin, and the domain that its passkeys belong to. */
export type Origin = Readonly<{ origin: string; rpId: string }>

export type AuthDeps = Readonly<{
  db: Db
  now: () => Instant
  randomBytes: (length: number) => Uint8Array
  origins: Readonly<Record<Audience, Origin>>
  /** What a service writes when an account is made, in the same transaction: a wallet, say. */
  afterRegister?: (
    tx: Tx,
    account: Readonly<{ accountId: string; role: AccountRole; at: Instant }>,
  ) => Promise<void>
}>
