import { inTransaction, isUniqueViolation, type Tx } from '@minnaken/db'
import { type Refused, refused } from '@minnaken/http'
import type { Deps } from '../deps.ts'
import { fileOut, lockShopsOf, sameAccounts } from './payee.ts'

export type AccountCheckRefusal =
  | Readonly<{ kind: 'not_found' }>
  | Readonly<{ kind: 'account_wrong_state'; is: string; needs: 'proposed' }>
  | Readonly<{ kind: 'account_unconfirmed' }>
  | Readonly<{ kind: 'account_locked'; runNo: number }>
  /** Shops of different owners are never paid together; somebody typed a wrong number. */
  | Readonly<{ kind: 'account_of_another_owner' }>

export type AccountCheck = Readonly<{
  payeeAccountId: string
  checkedBy: string
  decision: 'accept' | 'refuse'
  reason: string | null
}>

type Checked = Readonly<{
  kind: 'checked'
  payeeAccountId: string
  state: 'active' | 'refused'
  shops: readonly string[]
}>

/**
 * A person of the federation checks an account that a shop has proposed and confirmed.
 *
 * Accepted, it is paid from then on, and the one before it never again. An owner who names the
 * account of another of their payees has both paid by one transfer. Refused while a file that
 * names the payee is out.
 */
export async function checkAccount(
  deps: Deps,
  check: AccountCheck,
): Promise<Checked | Refused<AccountCheckRefusal>> {
  try {
    return await tryCheck(deps, check)
  } catch (error) {
    // Another payee got the same account in the meantime; now it can be seen.
    if (isUniqueViolation(error, 'payee_account_once')) return tryCheck(deps, check)
    throw error
  }
}

const tryCheck = (deps: Deps, check: AccountCheck) =>
  inTransaction(deps.db, async (tx): Promise<Checked | Refused<AccountCheckRefusal>> => {
    const found = await findAccount(tx, check.payeeAccountId)
    if (found === undefined) return refused({ kind: 'not_found' })
    const { payeeId, ownerAccountId } = found
    const same = await sameAccounts(tx, { place: found, ownerAccountId })
    const rivals = same.filter((each) => each.state === 'active' && each.payeeId !== payeeId)
    const shops = await lockShopsOf(tx, [payeeId, ...rivals.map((each) => each.payeeId)])

    const account = await findAccount(tx, check.payeeAccountId)
    if (account?.state !== 'proposed')
      return refused({
        kind: 'account_wrong_state',
        is: account?.state ?? found.state,
        needs: 'proposed',
      })
    const { payeeAccountId } = check
    if (check.decision === 'refuse') {
      await settle(tx, deps, { ...check, state: 'refused' })
      return { kind: 'checked', payeeAccountId, state: 'refused', shops }
    }
    if (account.confirmedAt === null) return refused({ kind: 'account_unconfirmed' })
    if (rivals.some((each) => each.ownerAccountId !== ownerAccountId))
      return refused({ kind: 'account_of_another_owner' })
    for (const payee of [payeeId, ...rivals.map((each) => each.payeeId)]) {
      const runNo = await fileOut(tx, payee)
      if (runNo !== null) return refused({ kind: 'account_locked', runNo })
    }
    for (const rival of rivals) await takeOver(tx, { from: rival.payeeId, to: payeeId })
    await retire(tx, payeeId)
    await settle(tx, deps, { ...check, state: 'active' })
    return { kind: 'checked', payeeAccountId, state: 'active', shops }
  })

async function findAccount(tx: Tx, payeeAccountId: string) {
  const row = await tx
    .selectFrom('shop.payee_account as account')
    .innerJoin('shop.payee as payee', 'payee.payee_id', 'account.payee_id')
    .select([
      'account.payee_id as payeeId',
      'account.state',
      'account.confirmed_at as confirmedAt',
      'account.bank_code as bankCode',
      'account.branch_code as branchCode',
      'account.account_type as accountType',
      'account.account_number as accountNumber',
      'payee.owner_account_id as ownerAccountId',
    ])
    .where('account.payee_account_id', '=', payeeAccountId)
    .executeTakeFirst()
  return row
}

const retire = (tx: Tx, payeeId: string) =>
  tx
    .updateTable('shop.payee_account')
    .set({ state: 'retired' })
    .where('payee_id', '=', payeeId)
    .where('state', '=', 'active')
    .execute()

/** The shops of one payee go on under another of the same owner. */
async function takeOver(tx: Tx, { from, to }: Readonly<{ from: string; to: string }>) {
  await retire(tx, from)
  await tx.updateTable('shop.shop').set({ payee_id: to }).where('payee_id', '=', from).execute()
}

const settle = (
  tx: Tx,
  { now }: Deps,
  check: AccountCheck & Readonly<{ state: 'active' | 'refused' }>,
) =>
  tx
    .updateTable('shop.payee_account')
    .set({
      state: check.state,
      checked_at: new Date(now()),
      checked_by: check.checkedBy,
      check_reason: check.reason,
    })
    .where('payee_account_id', '=', check.payeeAccountId)
    .execute()
