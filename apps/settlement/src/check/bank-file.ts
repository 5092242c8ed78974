import { createHash } from 'node:crypto'
import type { Tx } from '@minnaken/db'
import { type Payable, type Yen, transfersOf, yen } from '@minnaken/domain'
import { type Refused, refused } from '@minnaken/http'
import { type WriteRefusal, type ZenginFileToWrite, writeZengin } from '@minnaken/zengin'
import { officesOf } from '../account/read.ts'
import type { RunRow } from '../runs/run.ts'
import type { Statement } from '../statements/draw.ts'
import { federationOf, payeeAccounts } from './payees.ts'

/** One bank transfer of a run: the shops that share an account share it. */
type RunTransfer = Readonly<{
  payeeAccountId: string
  yen: Yen
  newCode: 0 | 1 | 2
  shopNos: readonly string[]
}>

export type BankFile = Readonly<{
  kind: 'rendered'
  /** Empty where the run pays nobody: then there is nothing to hand to the bank. */
  bytes: Buffer
  sha256: string
  transfers: readonly RunTransfer[]
}>

type FileProblem = Readonly<{
  /** The shops of the transfer that cannot be written; none if the head of the file cannot. */
  shops: readonly string[]
  field: string
  rule: string
  character?: string
  position?: number
  ja: string
  en: string
}>

export type RenderRefusal =
  | Readonly<{ kind: 'federation_missing' }>
  | Readonly<{ kind: 'file_has_problems'; problems: readonly FileProblem[] }>

/**
 * Renders the banks' file of a run from its statements: the same statements, the same bytes.
 *
 * One transfer for each account that is paid, in order of account; the count and sum of the
 * trailer are those of the statements. Nothing is cut or replaced: what cannot be written is told
 * shop by shop, and there is no file. A run that pays nobody has an empty file, because the banks
 * know no batch without a transfer.
 */
export async function renderFile(
  tx: Tx,
  run: RunRow,
  statements: readonly Statement[],
  { isBankInvented }: Readonly<{ isBankInvented: boolean }>,
): Promise<BankFile | Refused<RenderRefusal>> {
  const federation = await federationOf(tx)
  if (federation === null) return refused({ kind: 'federation_missing' })
  const transfers = domainTransfers(statements)
  const accounts = await payeeAccounts(
    tx,
    run,
    transfers.map((each) => each.payeeAccountId),
  )
  const planned = transfers.map(({ payeeAccountId, amountYen, shops }) => {
    const account = accounts.get(payeeAccountId)
    if (account === undefined) throw new Error(`account ${payeeAccountId} is not there`)
    const shopNos = shops.map(({ shopId }) => shopId)
    const { newCode } = account
    return { account, transfer: { payeeAccountId, yen: amountYen, newCode, shopNos } }
  })
  if (planned.length === 0) return rendered(Buffer.alloc(0), [])
  const runTransfers = planned.map(({ transfer }) => transfer)
  const halfNames = (place: { bankCode: string; branchCode: string }) => {
    const { bank, branch } = officesOf(place, { isBankInvented })
    return { bankName: bank?.half ?? null, branchName: branch?.half ?? null }
  }
  const file: ZenginFileToWrite = {
    batches: [
      {
        header: { ...federation, valueDate: run.pay_date, ...halfNames(federation) },
        payments: planned.map(({ account, transfer }) => ({
          bankCode: account.bankCode,
          branchCode: account.branchCode,
          ...halfNames(account),
          accountType: account.accountType,
          accountNumber: account.accountNumber,
          payeeName: account.holderHalf,
          amount: transfer.yen,
          newCode: account.newCode,
          customerCode1: account.payeeNo,
          customerCode2: String(run.run_no).padStart(10, '0'),
          transferCategory: 7,
        })),
      },
    ],
  }
  const written = writeZengin(file)
  if (written.kind === 'refused')
    return refused({
      kind: 'file_has_problems',
      problems: written.refusals.map((each) => problemOf(each, runTransfers)),
    })
  return rendered(Buffer.from(written.bytes), runTransfers)
}

const rendered = (bytes: Buffer, transfers: readonly RunTransfer[]): BankFile => ({
  kind: 'rendered',
  bytes,
  sha256: createHash('sha256').update(bytes).digest('hex'),
  transfers,
})

/** The transfers of the statements that are paid; a shop is known by its number here. */
function domainTransfers(statements: readonly Statement[]) {
  return transfersOf(
    statements.flatMap((statement) => {
      const { shopNo, payeeAccountId, paidYen } = statement
      if (paidYen === 0 || payeeAccountId === null) return []
      const payable: Payable = {
        kind: 'paid',
        paidYen: yen(paidYen),
        feeYen: yen(statement.feeYen),
        carriedNextYen: yen(0),
      }
      return [{ shopId: shopNo, payeeAccountId, payable }]
    }),
  )
}

function problemOf(refusal: WriteRefusal, transfers: readonly RunTransfer[]): FileProblem {
  const { path, ...told } = refusal
  const index = /payments\[(\d+)\]/.exec(path)?.[1]
  const transfer = index === undefined ? undefined : transfers[Number(index)]
  return { shops: transfer?.shopNos ?? [], field: path.split('.').at(-1) ?? path, ...told }
}
