import type { Db, Tx } from '@minnaken/db'
import type { Instant } from '@minnaken/domain'

export type WalletPlace = Readonly<{ bucket: number; walletId: string }>

/**
 * Opens a person's wallet, once: opening again answers where it is.
 *
 * The bucket follows from the account's id over the buckets there are, and never changes afterwards.
 */
export async function openWallet(
  tx: Tx,
  { accountId, walletId, at }: Readonly<{ accountId: string; walletId: string; at: Instant }>,
): Promise<WalletPlace> {
  const existing = await findWallet(tx, accountId)
  if (existing !== null) return existing
  const buckets = await tx.selectFrom('ledger.bucket').select('bucket').orderBy('bucket').execute()
  const slot = Number.parseInt(accountId.replaceAll('-', '').slice(-8), 16) % buckets.length
  const bucket = buckets[slot]?.bucket
  if (bucket === undefined) throw new Error('the ledger has no bucket')
  const placed = await tx
    .insertInto('ledger.wallet_of_account')
    .values({ account_id: accountId, bucket, wallet_id: walletId })
    .onConflict((conflict) => conflict.column('account_id').doNothing())
    .executeTakeFirst()
  if (placed.numInsertedOrUpdatedRows === 0n) {
    const place = await findWallet(tx, accountId)
    if (place === null) throw new Error('a wallet that was just opened is not there')
    return place
  }
  await tx
    .insertInto('ledger.wallet')
    .values({ bucket, wallet_id: walletId, account_id: accountId, opened_at: new Date(at) })
    .execute()
  return { bucket, walletId }
}

export async function findWallet(db: Db, accountId: string): Promise<WalletPlace | null> {
  const place = await db
    .selectFrom('ledger.wallet_of_account')
    .select(['bucket', 'wallet_id'])
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return place === undefined ? null : { bucket: place.bucket, walletId: place.wallet_id }
}

/** Where a person's wallet is, locked so that what is counted about it cannot change meanwhile. */
export async function lockWalletPlace(tx: Tx, accountId: string): Promise<WalletPlace | null> {
  const place = await tx
    .selectFrom('ledger.wallet_of_account')
    .select(['bucket', 'wallet_id'])
    .where('account_id', '=', accountId)
    .forUpdate()
    .executeTakeFirst()
  return place === undefined ? null : { bucket: place.bucket, walletId: place.wallet_id }
}

/** Stops a wallet: from the next request on none of its phones pays. Stopping again changes nothing. */
export async function stopWallet(
  tx: Tx,
  { bucket, walletId, at }: WalletPlace & Readonly<{ at: Instant }>,
): Promise<void> {
  await tx
    .updateTable('ledger.wallet')
    .set({ stopped_at: new Date(at) })
    .where('bucket', '=', bucket)
    .where('wallet_id', '=', walletId)
    .where('stopped_at', 'is', null)
    .execute()
}
