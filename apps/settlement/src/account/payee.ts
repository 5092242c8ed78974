import type { Tx } from '@minnaken/db'
import type { BankAccount } from './read.ts'

/** The same account at the same bank, whoever holds it. */
type BankPlace = Omit<BankAccount, 'holderHalf'>

/**
 * Holds everything that may change to whom these payees are paid, until the transaction ends.
 *
 * Shops are locked in order of their ids, as everybody does who locks several.
 */
export async function lockShopsOf(tx: Tx, payeeIds: readonly string[]): Promise<string[]> {
  const rows = await tx
    .selectFrom('shop.shop')
    .select('shop_no')
    .where('payee_id', 'in', payeeIds)
    .orderBy('shop_id')
    .forUpdate()
    .execute()
  return rows.map((row) => row.shop_no)
}

/**
 * The run whose file names an account of this payee and is on its way, if there is one.
 *
 * From approval until the money has arrived or come back, nobody can change where it goes.
 */
export async function fileOut(tx: Tx, payeeId: string): Promise<number | null> {
  const row = await tx
    .selectFrom('settlement.payout as payout')
    .innerJoin('settlement.run as run', 'run.run_id', 'payout.run_id')
    .innerJoin(
      'shop.payee_account as account',
      'account.payee_account_id',
      'payout.payee_account_id',
    )
    .select('run.run_no')
    .where('account.payee_id', '=', payeeId)
    .where('payout.state', 'in', ['instructed', 'sent'])
    .where('run.state', 'in', ['approved', 'sent'])
    .orderBy('run.run_no')
    .executeTakeFirst()
  return row?.run_no ?? null
}

/** The accounts at this bank place that are in force, or that this owner has proposed. */
export function sameAccounts(
  tx: Tx,
  { place, ownerAccountId }: Readonly<{ place: BankPlace; ownerAccountId: string }>,
) {
  return tx
    .selectFrom('shop.payee_account as account')
    .innerJoin('shop.payee as payee', 'payee.payee_id', 'account.payee_id')
    .select([
      'account.payee_account_id as payeeAccountId',
      'account.payee_id as payeeId',
      'account.state',
      'payee.owner_account_id as ownerAccountId',
    ])
    .where('account.bank_code', '=', place.bankCode)
    .where('account.branch_code', '=', place.branchCode)
    .where('account.account_type', '=', place.accountType)
    .where('account.account_number', '=', place.accountNumber)
    .where((row) =>
      row.or([
        row('account.state', '=', 'active'),
        row.and([
          row('account.state', '=', 'proposed'),
          row('payee.owner_account_id', '=', ownerAccountId),
        ]),
      ]),
    )
    .orderBy('account.proposed_at')
    .execute()
}

/** Writes an account that waits to be confirmed by its owner and checked by another person. */
export async function proposeAccount(
  tx: Tx,
  proposed: Readonly<{
    payeeAccountId: string
    payeeId: string
    account: BankAccount
    at: number
  }>,
): Promise<void> {
  const { account } = proposed
  await tx
    .insertInto('shop.payee_account')
    .values({
      payee_account_id: proposed.payeeAccountId,
      payee_id: proposed.payeeId,
      bank_code: account.bankCode,
      branch_code: account.branchCode,
      account_type: account.accountType,
      account_number: account.accountNumber,
      holder_half: account.holderHalf,
      state: 'proposed',
      proposed_at: new Date(proposed.at),
    })
    .execute()
}
