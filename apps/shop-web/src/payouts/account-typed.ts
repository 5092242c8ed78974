import type { Body } from '@minnaken/ui'
import type { accountBody } from '@minnaken/settlement/contract'

export type AccountBody = Body<typeof accountBody>

/** An account as it is typed, before it is right. */
export type AccountTyped = Readonly<
  Record<'bankCode' | 'branchCode' | 'accountNumber' | 'holder', string>
> &
  Readonly<{ accountType: AccountBody['accountType'] }>

export const emptyAccount: AccountTyped = {
  bankCode: '',
  branchCode: '',
  accountType: 1,
  accountNumber: '',
  holder: '',
}

export const accountTypes = [1, 2, 4, 9] as const

const digits = (text: string): string => text.normalize('NFKC').replaceAll(/\D/g, '')

/** A number that is shorter than seven digits has zeros in front, as in every bank book. */
const sevenDigits = (text: string): string =>
  digits(text) === '' ? '' : digits(text).padStart(7, '0')

export type AccountFault = 'bankCode' | 'branchCode' | 'accountNumber' | 'holder'

/** The account to send, or the fields that are not right yet. */
export function readAccount(
  typed: AccountTyped,
):
  | Readonly<{ kind: 'right'; account: AccountBody }>
  | Readonly<{ kind: 'wrong'; faults: readonly AccountFault[] }> {
  const account: AccountBody = {
    bankCode: digits(typed.bankCode),
    branchCode: digits(typed.branchCode),
    accountType: typed.accountType,
    accountNumber: sevenDigits(typed.accountNumber),
    holder: typed.holder.trim(),
  }
  const faults: AccountFault[] = []
  if (!/^\d{4}$/.test(account.bankCode)) faults.push('bankCode')
  if (!/^\d{3}$/.test(account.branchCode)) faults.push('branchCode')
  if (!/^\d{7}$/.test(account.accountNumber)) faults.push('accountNumber')
  if (account.holder === '') faults.push('holder')
  return faults.length === 0 ? { kind: 'right', account } : { kind: 'wrong', faults }
}

/** Which field a refusal of the service is about. */
export const faultOf = (code: string): AccountFault | null =>
  (
    {
      bank_unknown: 'bankCode',
      branch_unknown: 'branchCode',
      holder_not_writable: 'holder',
      holder_too_long: 'holder',
    } satisfies Record<string, AccountFault> as Partial<Record<string, AccountFault>>
  )[code] ?? null
