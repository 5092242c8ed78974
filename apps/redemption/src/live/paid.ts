import type { WalletPlace } from '@minnaken/ledger'
import type { Deps } from '../deps.ts'
import { type Happening, readPayments } from './read.ts'

/** What a code of this wallet paid, or null when it has paid nothing. */
export async function findPaid(
  { db, pool }: Pick<Deps, 'db' | 'pool'>,
  { bucket, walletId }: WalletPlace,
  nonce: Buffer,
): Promise<Happening | null> {
  const row = await db
    .selectFrom('ledger.redemption')
    .select('redemption_id')
    .where('bucket', '=', bucket)
    .where('wallet_id', '=', walletId)
    .where('nonce', '=', nonce)
    .executeTakeFirst()
  if (row === undefined) return null
  const [paid] = await readPayments(pool, bucket, [row.redemption_id])
  return paid ?? null
}
