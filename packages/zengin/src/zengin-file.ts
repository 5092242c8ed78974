import type { Yen } from '@minnaken/domain'
import type { Separator } from './split.ts'

/** Who pays, and when. Codes and account numbers are text with their leading zeros. */
export type ZenginHeader = Readonly<{
  originatorCode: string
  /** Half-width when read; as a person types it when written. */
  originatorName: string
  /** `MMDD` when read, as the file has no year; a bank day `YYYY-MM-DD` when written. */
  valueDate: string
  bankCode: string
  bankName: string | null
  branchCode: string
  branchName: string | null
  /** 1 普通, 2 当座, 9 その他. */
  accountType: number
  accountNumber: string
}>

type Payee = Readonly<{
  bankCode: string
  bankName: string | null
  branchCode: string
  branchName: string | null
  /** 1 普通, 2 当座, 4 貯蓄, 9 その他. */
  accountType: number
  accountNumber: string
  /** As the payee's bank has it: one different character may send the money back. */
  payeeName: string
  amount: Yen
  /** 1 first transfer, 2 changed account, 0 other. */
  newCode: number | null
}>

type Delivery = Readonly<{
  /** 7 テレ振込, 8 文書振込, 0 where the bank ignores it. */
  transferCategory: number | null
}>

type Reference =
  | Readonly<{ customerCode1: string | null; customerCode2: string | null }>
  /** EDI情報, shown to the payee in place of the two references. */
  | Readonly<{ edi: string | null }>

/** One transfer. What is blank in the file is null. */
export type ZenginPayment = Payee & Reference & Delivery

export type ZenginTrailer = Readonly<{ count: number; amount: number }>

export type ZenginBatch = Readonly<{
  header: ZenginHeader
  payments: readonly ZenginPayment[]
  trailer: ZenginTrailer
}>

export type ZenginFile = Readonly<{
  separator: Separator
  trailingSeparator: boolean
  /** How many records the file has, of all kinds. */
  records: number
  batches: readonly ZenginBatch[]
}>
