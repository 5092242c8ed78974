import { inTransaction } from '@minnaken/db'
import { type Refused, refused } from '@minnaken/http'
import type { Deps } from '../deps.ts'
import { findOwnPayee } from './confirm.ts'
import { fileOut, lockShopsOf, proposeAccount } from './payee.ts'
import { type AccountRefusal, type AccountTyped, readAccount } from './read.ts'

export type ChangeRefusal =
  | AccountRefusal
  | Readonly<{ kind: 'not_found' }>
  | Readonly<{ kind: 'account_unchanged' }>
  /** A file that pays the account in force is on its way. */
  | Readonly<{ kind: 'account_locked'; runNo: number }>

/**
 * The owner names another account for a payee: for this shop and for all that share its transfer.
 *
 * The account in force goes on until the new one is confirmed and checked. A proposal that was
 * still waiting is taken back. Refused while a file with the payee is out.
 */
export function changeAccount(
  deps: Deps,
  {
    shopId,
    ownerAccountId,
    account: typed,
  }: Readonly<{ shopId: string; ownerAccountId: string; account: AccountTyped }>,
): Promise<Readonly<{ kind: 'proposed' }> | Refused<ChangeRefusal>> {
  return inTransaction(deps.db, async (tx) => {
    const payeeId = await findOwnPayee(tx, { shopId, ownerAccountId })
    if (payeeId === null) return refused({ kind: 'not_found' })
    const read = readAccount(typed, deps)
    if (read.kind === 'refused') return read
    const { account } = read
    await lockShopsOf(tx, [payeeId])
    const runNo = await fileOut(tx, payeeId)
    if (runNo !== null) return refused({ kind: 'account_locked', runNo })
    const inForce = await tx
      .selectFrom('shop.payee_account')
      .select('payee_account_id')
      .where('payee_id', '=', payeeId)
      .where('state', '=', 'active')
      .where('bank_code', '=', account.bankCode)
      .where('branch_code', '=', account.branchCode)
      .where('account_type', '=', account.accountType)
      .where('account_number', '=', account.accountNumber)
      .where('holder_half', '=', account.holderHalf)
      .executeTakeFirst()
    if (inForce !== undefined) return refused({ kind: 'account_unchanged' })
    await tx
      .updateTable('shop.payee_account')
      .set({ state: 'withdrawn' })
      .where('payee_id', '=', payeeId)
      .where('state', '=', 'proposed')
      .execute()
    await proposeAccount(tx, { payeeAccountId: deps.newId(), payeeId, account, at: deps.now() })
    return { kind: 'proposed' }
  })
}
