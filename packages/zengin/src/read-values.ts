import { assert, yen } from '@minnaken/domain'
import type { FieldValues } from './read-fields.ts'
import type { ZenginHeader, ZenginPayment } from './zengin-file.ts'

/** The header of a record whose fields are all sound. */
export const headerOf = (values: FieldValues): ZenginHeader => ({
  originatorCode: text(values, 'originatorCode'),
  originatorName: text(values, 'originatorName'),
  valueDate: text(values, 'valueDate'),
  bankCode: text(values, 'bankCode'),
  bankName: textOrNull(values, 'bankName'),
  branchCode: text(values, 'branchCode'),
  branchName: textOrNull(values, 'branchName'),
  accountType: number(values, 'accountType'),
  accountNumber: text(values, 'accountNumber'),
})

/** The payment of a record whose fields are all sound. */
export const paymentOf = (values: FieldValues): ZenginPayment => ({
  bankCode: text(values, 'bankCode'),
  bankName: textOrNull(values, 'bankName'),
  branchCode: text(values, 'branchCode'),
  branchName: textOrNull(values, 'branchName'),
  accountType: number(values, 'accountType'),
  accountNumber: text(values, 'accountNumber'),
  payeeName: text(values, 'payeeName'),
  amount: yen(number(values, 'amount')),
  newCode: numberOrNull(values, 'newCode'),
  ...(values.has('edi')
    ? { edi: textOrNull(values, 'edi') }
    : {
        customerCode1: textOrNull(values, 'customerCode1'),
        customerCode2: textOrNull(values, 'customerCode2'),
      }),
  transferCategory: numberOrNull(values, 'transferCategory'),
})

function textOrNull(values: FieldValues, key: string): string | null {
  const value = values.get(key)
  assert(typeof value === 'string' || value === null, `${key} is text or blank`)
  return value
}

function text(values: FieldValues, key: string): string {
  const value = textOrNull(values, key)
  assert(value !== null, `${key} is not blank`)
  return value
}

function numberOrNull(values: FieldValues, key: string): number | null {
  const value = values.get(key)
  assert(typeof value === 'number' || value === null, `${key} is a number or blank`)
  return value
}

function number(values: FieldValues, key: string): number {
  const value = numberOrNull(values, key)
  assert(value !== null, `${key} is not blank`)
  return value
}
