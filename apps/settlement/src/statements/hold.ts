import type { Tx } from '@minnaken/db'
import { sql } from 'kysely'

/**
 * Holds everything that statements are drawn from, until the transaction ends: which shops are
 * held back, which accounts are in force, and which transfers have come back.
 *
 * Whoever changes one of these waits, or has changed it before anything is read. In the same order
 * as everybody who locks several: shops, then accounts, then payouts, each by id.
 */
export async function holdPayees(tx: Tx): Promise<void> {
  await sql`select from shop.shop order by shop_id for share`.execute(tx)
  await sql`select from shop.payee_account where state = 'active' order by payee_account_id
    for share`.execute(tx)
  await sql`select from settlement.payout
    where state = 'sent' or (state = 'returned' and return_posted_at is null)
    order by payout_id for share`.execute(tx)
}
