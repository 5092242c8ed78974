import type { Tx } from '@minnaken/db'
import { sql } from 'kysely'
import type { RunRow } from '../runs/run.ts'

export type PayeeAccount = Readonly<{
  payeeNo: string
  bankCode: string
  branchCode: string
  accountType: number
  accountNumber: string
  holderHalf: string
  /** 1 for a payee's first transfer, 2 when its account is another than last time, else 0. */
  newCode: 0 | 1 | 2
}>

/** The federation's side of the file, or null as long as nobody has written it. */
export async function federationOf(tx: Tx) {
  const row = await tx.selectFrom('settlement.federation').selectAll().executeTakeFirst()
  return row === undefined
    ? null
    : {
        originatorCode: row.originator_code,
        originatorName: row.originator_half,
        bankCode: row.bank_code,
        branchCode: row.branch_code,
        accountType: row.account_type,
        accountNumber: row.account_number,
      }
}

/** The accounts that a run pays, with what the bank is told about each being new. */
export async function payeeAccounts(
  tx: Tx,
  run: Pick<RunRow, 'run_no'>,
  payeeAccountIds: readonly string[],
): Promise<ReadonlyMap<string, PayeeAccount>> {
  const { rows } = await sql<AccountRow>`
    with last as (
      select distinct on (before.payee_id) before.payee_id, before.payee_account_id
      from settlement.payout payout
      join settlement.run run using (run_id)
      join shop.payee_account before using (payee_account_id)
      where run.run_no < ${run.run_no}
      order by before.payee_id, run.run_no desc, payout.attempt desc, payout.payout_id
    )
    select account.payee_account_id, payee.payee_no, account.bank_code, account.branch_code,
      account.account_type, account.account_number, account.holder_half,
      last.payee_account_id as last_account_id
    from shop.payee_account account
    join shop.payee payee using (payee_id)
    left join last using (payee_id)
    where account.payee_account_id = any (${payeeAccountIds}::uuid[])`.execute(tx)
  return new Map(
    rows.map((row) => [
      row.payee_account_id,
      {
        payeeNo: row.payee_no,
        bankCode: row.bank_code,
        branchCode: row.branch_code,
        accountType: row.account_type,
        accountNumber: row.account_number,
        holderHalf: row.holder_half,
        newCode:
          row.last_account_id === null ? 1 : row.last_account_id === row.payee_account_id ? 0 : 2,
      },
    ]),
  )
}

type AccountRow = Readonly<{
  payee_account_id: string
  payee_no: string
  bank_code: string
  branch_code: string
  account_type: number
  account_number: string
  holder_half: string
  last_account_id: string | null
}>
