import { randomBytes } from 'node:crypto'
import { hashOfToken, sessionMs } from '@minnaken/auth'
import { type Instant, uuidv7 } from '@minnaken/domain'
import { type CopyRow, type OwnerClient, copyRows } from './database.ts'

/** A resident who is signed in and has a wallet, as the platform keeps them. */
export type Resident = Readonly<{
  accountId: string
  bucket: number
  walletId: string
  /** What the resident's browser carries in the cookie `__Host-resident`. */
  sessionToken: string
}>

/** As `openWallet` does it: the bucket follows from the account's id. */
export function bucketOf(accountId: string, buckets: readonly number[]): number {
  const slot = Number.parseInt(accountId.replaceAll('-', '').slice(-8), 16) % buckets.length
  return buckets[slot] ?? 0
}

/** Loads the accounts of residents, with a session that begins at `at`, and their empty wallets. */
export async function loadResidents(
  client: OwnerClient,
  residents: readonly Resident[],
  { at, since }: Readonly<{ at: Instant; since: Instant }>,
): Promise<void> {
  const copy = (table: string, row: (it: Resident) => CopyRow) =>
    copyRows(client, table, residents.map(row))
  await copy('auth.account', ({ accountId }) => ({
    account_id: accountId,
    role: 'resident',
    created_at: new Date(since),
  }))
  await copy('auth.session', ({ sessionToken, accountId }) => ({
    token_hash: sha256(sessionToken),
    account_id: accountId,
    audience: 'resident',
    created_at: new Date(at),
    expires_at: new Date(at + sessionMs.resident),
  }))
  await copy('ledger.wallet_of_account', ({ accountId, bucket, walletId }) => ({
    account_id: accountId,
    bucket,
    wallet_id: walletId,
  }))
  await copy('ledger.wallet', ({ accountId, bucket, walletId }) => ({
    bucket,
    wallet_id: walletId,
    account_id: accountId,
    opened_at: new Date(since),
  }))
}

function sha256(token: string): Buffer {
  const hashed = hashOfToken(token)
  if (hashed === null) throw new Error('a token of ours has a hash')
  return hashed
}

/** A new id of that moment. */
export const idAt = (at: Instant): string => uuidv7(at, randomBytes(10))
