import type { Tx } from '@minnaken/db'
import type { Instant } from '@minnaken/domain'
import { endSessionsOf } from './session.ts'

/**
 * Stops an account: no sign-in and no session of it counts from the next request on.
 *
 * Stopping it again keeps the first moment. Run it in a transaction with whatever else has to stop.
 */
export async function stopAccount(
  tx: Tx,
  { accountId, at }: Readonly<{ accountId: string; at: Instant }>,
): Promise<void> {
  await tx
    .updateTable('auth.account')
    .set({ stopped_at: new Date(at) })
    .where('account_id', '=', accountId)
    .where('stopped_at', 'is', null)
    .execute()
  await endSessionsOf(tx, { accountId, at })
}
