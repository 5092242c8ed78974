import { assert } from '@minnaken/domain'
import type { TextClass } from './jis.ts'

/**
 * What a field holds, and how it looks in JSON.
 *
 * `fixed` is always the same text · `unused` is written as zeros and read as digits or blank ·
 * `code` is digits kept as text with its leading zeros; an `exact` one is an identity, so that
 * it is never filled up with zeros · `choice` is one of a few digits · `amount` is 1 yen or more ·
 * `count` and `total` belong to the trailer · `mark` is the 識別表示 · `filler` is spaces.
 */
export type Content =
  | Readonly<{ kind: 'fixed'; text: string }>
  | Readonly<{ kind: 'unused' }>
  | Readonly<{ kind: 'code'; isExact: boolean; mayBeBlank: boolean }>
  | Readonly<{
      kind: 'choice'
      allowed: readonly number[]
      mayBeBlank: boolean
      whenMissing?: number
    }>
  | Readonly<{ kind: 'date' }>
  | Readonly<{ kind: 'amount' }>
  | Readonly<{ kind: 'count' }>
  | Readonly<{ kind: 'total' }>
  | Readonly<{ kind: 'text'; textClass: TextClass; mayBeBlank: boolean }>
  | Readonly<{ kind: 'mark'; text: string }>
  | Readonly<{ kind: 'filler' }>

export type Field = Readonly<{
  /** The field's name in JSON; also unique within its record. */
  key: string
  /** The field's name in the banks' own words. */
  name: string
  offset: number
  length: number
  content: Content
}>

export const recordBytes = 120

type Line = readonly [key: string, name: string, length: number, content: Content]

const fixed = (text: string): Content => ({ kind: 'fixed', text })
const identity: Content = { kind: 'code', isExact: true, mayBeBlank: false }
const number: Content = { kind: 'code', isExact: false, mayBeBlank: false }
const reference: Content = { kind: 'code', isExact: false, mayBeBlank: true }
const officeName: Content = { kind: 'text', textClass: 'bank', mayBeBlank: true }
const partyName: Content = { kind: 'text', textClass: 'party', mayBeBlank: false }
const filler: Content = { kind: 'filler' }
const oneOf = (...allowed: number[]): Content => ({ kind: 'choice', allowed, mayBeBlank: false })

/** Lays fields side by side; that they fill a record exactly is checked when the program starts. */
function layout(lines: readonly Line[]): readonly Field[] {
  let offset = 0
  const fields = lines.map(([key, name, length, content]): Field => {
    offset += length
    return { key, name, offset: offset - length, length, content }
  })
  assert(offset === recordBytes, `the fields of a record fill ${recordBytes} bytes, not ${offset}`)
  return fields
}

/** ヘッダー・レコード of 総合振込 (zengin.md §2). */
export const headerLayout = layout([
  ['recordKind', 'データ区分', 1, fixed('1')],
  ['businessKind', '種別コード', 2, fixed('21')],
  ['codeKind', 'コード区分', 1, fixed('0')],
  ['originatorCode', '振込依頼人コード', 10, number],
  ['originatorName', '振込依頼人名', 40, partyName],
  ['valueDate', '振込指定日', 4, { kind: 'date' }],
  ['bankCode', '仕向銀行番号', 4, identity],
  ['bankName', '仕向銀行名', 15, officeName],
  ['branchCode', '仕向支店番号', 3, identity],
  ['branchName', '仕向支店名', 15, officeName],
  ['accountType', '預金種目', 1, oneOf(1, 2, 9)],
  ['accountNumber', '口座番号', 7, number],
  ['filler', 'ダミー', 17, filler],
])

const payee: readonly Line[] = [
  ['recordKind', 'データ区分', 1, fixed('2')],
  ['bankCode', '被仕向銀行番号', 4, identity],
  ['bankName', '被仕向銀行名', 15, officeName],
  ['branchCode', '被仕向支店番号', 3, identity],
  ['branchName', '被仕向支店名', 15, officeName],
  ['clearingHouse', '手形交換所番号', 4, { kind: 'unused' }],
  ['accountType', '預金種目', 1, oneOf(1, 2, 4, 9)],
  ['accountNumber', '口座番号', 7, number],
  ['payeeName', '受取人名', 30, partyName],
  ['amount', '振込金額', 10, { kind: 'amount' }],
  [
    'newCode',
    '新規コード',
    1,
    { kind: 'choice', allowed: [0, 1, 2], mayBeBlank: true, whenMissing: 0 },
  ],
]

const transferCategory: Line = [
  'transferCategory',
  '振込指定区分',
  1,
  { kind: 'choice', allowed: [0, 7, 8], mayBeBlank: true, whenMissing: 7 },
]

/** データ・レコード whose 識別表示 is blank: two numeric references of the sender. */
export const paymentLayout = layout([
  ...payee,
  ['customerCode1', '顧客コード1', 10, reference],
  ['customerCode2', '顧客コード2', 10, reference],
  transferCategory,
  ['mark', '識別表示', 1, { kind: 'mark', text: ' ' }],
  ['filler', 'ダミー', 7, filler],
])

/** データ・レコード whose 識別表示 is `Y`: the same twenty bytes are a text for the payee. */
export const ediPaymentLayout = layout([
  ...payee,
  ['edi', 'EDI情報', 20, { kind: 'text', textClass: 'edi', mayBeBlank: true }],
  transferCategory,
  ['mark', '識別表示', 1, { kind: 'mark', text: 'Y' }],
  ['filler', 'ダミー', 7, filler],
])

export const trailerLayout = layout([
  ['recordKind', 'データ区分', 1, fixed('8')],
  ['count', '合計件数', 6, { kind: 'count' }],
  ['amount', '合計金額', 12, { kind: 'total' }],
  ['filler', 'ダミー', 101, filler],
])

export const endLayout = layout([
  ['recordKind', 'データ区分', 1, fixed('9')],
  ['filler', 'ダミー', 119, filler],
])

/** The largest figures the fields can hold. */
export const limits = { amount: 9_999_999_999, count: 999_999, total: 999_999_999_999 } as const

export const markOffset = 112
export const codeKindOffset = 3
