import { inTransaction, type Tx } from '@minnaken/db'
import { type Refused, refused } from '@minnaken/http'
import type { Deps } from '../deps.ts'
import { lockShopsOf } from './payee.ts'

export type ConfirmRefusal =
  | Readonly<{ kind: 'not_found' }>
  /** The name is not the one that will stand in the file: show this one and ask again. */
  | Readonly<{ kind: 'holder_differs'; holderHalf: string }>

/**
 * The owner confirms the name as the bank will see it, by naming it.
 *
 * Confirming again changes nothing. Where no account waits, the one in force is what is confirmed.
 */
export const confirmAccount = (
  deps: Deps,
  {
    shopId,
    ownerAccountId,
    holderHalf,
  }: Readonly<{ shopId: string; ownerAccountId: string; holderHalf: string }>,
): Promise<Readonly<{ kind: 'confirmed' }> | Refused<ConfirmRefusal>> =>
  inTransaction(deps.db, async (tx) => {
    const payeeId = await findOwnPayee(tx, { shopId, ownerAccountId })
    if (payeeId === null) return refused({ kind: 'not_found' })
    await lockShopsOf(tx, [payeeId])
    const accounts = await tx
      .selectFrom('shop.payee_account')
      .select(['payee_account_id', 'state', 'holder_half', 'confirmed_at'])
      .where('payee_id', '=', payeeId)
      .where('state', 'in', ['proposed', 'active'])
      .execute()
    const account = accounts.find((each) => each.state === 'proposed') ?? accounts[0]
    if (account === undefined) return refused({ kind: 'not_found' })
    if (account.holder_half !== holderHalf)
      return refused({ kind: 'holder_differs', holderHalf: account.holder_half })
    if (account.confirmed_at === null)
      await tx
        .updateTable('shop.payee_account')
        .set({ confirmed_at: new Date(deps.now()) })
        .where('payee_account_id', '=', account.payee_account_id)
        .execute()
    return { kind: 'confirmed' }
  })

/** The payee of a shop, if it is this owner's shop; another person's is answered like none. */
export async function findOwnPayee(
  tx: Tx,
  { shopId, ownerAccountId }: Readonly<{ shopId: string; ownerAccountId: string }>,
): Promise<string | null> {
  const shop = await tx
    .selectFrom('shop.shop')
    .select('payee_id')
    .where('shop_id', '=', shopId)
    .where('owner_account_id', '=', ownerAccountId)
    .executeTakeFirst()
  return shop?.payee_id ?? null
}
