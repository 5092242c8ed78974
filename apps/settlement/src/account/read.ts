import { type Refused, refused } from '@minnaken/http'
import {
  type Office,
  cutName,
  findBank,
  findBranch,
  normaliseName,
  suggestLegalForm,
} from '@minnaken/zengin'

/** What the field for a payee's name holds in the banks' file. */
const HOLDER_BYTES_MAX = 30

export type AccountTyped = Readonly<{
  bankCode: string
  branchCode: string
  accountType: number
  accountNumber: string
  /** The holder's name as the owner types it. */
  holder: string
}>

/** A bank account as the banks' file will have it. */
export type BankAccount = Omit<AccountTyped, 'holder'> & Readonly<{ holderHalf: string }>

export type AccountRefusal =
  | Readonly<{ kind: 'bank_unknown'; field: string; bankCode: string }>
  | Readonly<{ kind: 'branch_unknown'; field: string; bankCode: string; branchCode: string }>
  /** The first character that the banks' file cannot hold; nothing is ever replaced. */
  | Readonly<{
      kind: 'holder_not_writable'
      field: string
      rule: 'not_permitted' | 'stranded_mark' | 'empty'
      character: string | null
      /** Counted in characters from 0. */
      position: number | null
      /** The same name with 株式会社 and the like shortened, where that may help. */
      suggestion: string | null
    }>
  | Readonly<{
      kind: 'holder_too_long'
      field: string
      half: string
      bytes: number
      bytesMax: number
      /** As much of it as would fit. It is never cut by itself: half a name is another name. */
      fits: string
    }>

/**
 * Reads a bank account as its owner typed it: the bank and branch exist, and the holder's name can
 * be written in the banks' file as it stands.
 *
 * The name that comes out is what the owner has to confirm, for it may read differently from what
 * was typed (キャノン becomes ｷﾔﾉﾝ).
 */
export function readAccount(
  typed: AccountTyped,
  { isBankInvented }: Readonly<{ isBankInvented: boolean }>,
): Readonly<{ kind: 'read'; account: BankAccount }> | Refused<AccountRefusal> {
  const { holder, ...place } = typed
  const { bankCode, branchCode } = place
  const { bank, branch } = officesOf(place, { isBankInvented })
  if (bank === undefined) return refused({ kind: 'bank_unknown', field: 'bankCode', bankCode })
  if (branch === undefined)
    return refused({ kind: 'branch_unknown', field: 'branchCode', bankCode, branchCode })
  const name = normaliseName(holder, { class: 'party' })
  if (name.kind === 'refused' || name.half === '')
    return refused({
      kind: 'holder_not_writable',
      field: 'holder',
      rule: name.kind === 'refused' ? name.error : 'empty',
      character: name.kind === 'refused' ? name.character : null,
      position: name.kind === 'refused' ? name.position : null,
      suggestion: suggestionFor(holder),
    })
  const { half } = name
  if (half.length > HOLDER_BYTES_MAX)
    return refused({
      kind: 'holder_too_long',
      field: 'holder',
      half,
      bytes: half.length,
      bytesMax: HOLDER_BYTES_MAX,
      fits: cutName(half, HOLDER_BYTES_MAX),
    })
  return { kind: 'read', account: { ...place, holderHalf: half } }
}

/** The bank and branch of an account, as today's national list has them. */
export function officesOf(
  { bankCode, branchCode }: Readonly<{ bankCode: string; branchCode: string }>,
  { isBankInvented }: Readonly<{ isBankInvented: boolean }>,
): Readonly<{ bank: Office | undefined; branch: Office | undefined }> {
  const known = { invented: isBankInvented }
  return {
    bank: findBank(bankCode, known),
    branch: findBranch({ bank: bankCode, branch: branchCode }, known),
  }
}

function suggestionFor(holder: string): string | null {
  const shortened = suggestLegalForm(holder)
  return shortened.kind === 'found' ? shortened.suggestion : null
}
