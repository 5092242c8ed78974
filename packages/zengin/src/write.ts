import { assert } from '@minnaken/domain'
import { isPredicted } from './bank-day.ts'
import { encodeHalf } from './jis.ts'
import {
  ediPaymentLayout,
  endLayout,
  type Field,
  headerLayout,
  limits,
  paymentLayout,
  recordBytes,
  trailerLayout,
} from './layout.ts'
import {
  disagrees,
  ediExcludesCodes,
  noPayments,
  notList,
  notObject,
  notOneOf,
  overLimit,
  type Refuse,
  required,
  unknownField,
  type WriteRefusal,
} from './refusal.ts'
import type { Separator } from './split.ts'
import { fieldText, isAmount } from './write-field.ts'
import type { ZenginHeader, ZenginPayment } from './zengin-file.ts'

type NullableKey<T> = { [K in keyof T]: null extends T[K] ? K : never }[keyof T]
/** The same, where what may be null may also be left out. */
type Loose<T> = T extends unknown
  ? Omit<T, NullableKey<T>> & Partial<Pick<T, NullableKey<T>>>
  : never

export type ZenginFileToWrite = Readonly<{
  /** `crlf` unless told otherwise. */
  separator?: Separator
  /** Whether the last record is followed by a separator too; true unless told otherwise. */
  trailingSeparator?: boolean
  batches: readonly Readonly<{
    header: Loose<ZenginHeader>
    payments: readonly Loose<ZenginPayment>[]
  }>[]
}>

export type WrittenFile =
  | Readonly<{
      kind: 'written'
      bytes: Uint8Array
      /** Value dates past the published list of holidays: they may turn out to be holidays. */
      predictedDates: readonly string[]
    }>
  | Readonly<{ kind: 'refused'; refusals: readonly WriteRefusal[] }>

/**
 * Writes the banks' file of 総合振込: 120-byte records in JIS, so that the same content always
 * gives the same bytes.
 *
 * Names may be as a person types them; they are normalised, and refused with the place of the
 * character when they cannot be. Nothing is ever cut or replaced. The value date is a bank day.
 * When anything is refused, everything that is refused is told and nothing is written.
 *
 * With separator `none` nothing stands between the records, and so nothing after the last.
 */
export const writeZengin = (file: ZenginFileToWrite): WrittenFile => writeZenginJson(file)

/** The same for a value out of JSON, of which nothing is known yet. */
export function writeZenginJson(file: unknown): WrittenFile {
  const refusals: WriteRefusal[] = []
  const refuse: Refuse = (path, refused) => refusals.push({ path, ...refused })
  const records: string[] = []
  const predictedDates: string[] = []
  const read = readObject(file, fileKeys, { path: '', refuse })
  if (!read) return { kind: 'refused', refusals }
  const { separator = 'crlf', trailingSeparator: isTrailing = true } = read
  if (separator !== 'crlf' && separator !== 'none') refuse('separator', notOneOf(['crlf', 'none']))
  if (typeof isTrailing !== 'boolean') refuse('trailingSeparator', notOneOf([true, false]))

  for (const [index, batch] of readList(read['batches'], 'batches', refuse).entries()) {
    const written = writeBatch(batch, { path: `batches[${index}]`, refuse })
    for (const record of written.records) records.push(record)
    const { valueDate } = written
    if (typeof valueDate === 'string' && isPredicted(valueDate)) predictedDates.push(valueDate)
  }
  records.push(recordText(endLayout, {}, { path: '', refuse }) ?? '')
  refuseDisagreements(read, records.length, refuse)
  if (refusals.length > 0) return { kind: 'refused', refusals }
  const bytes = joined(records, {
    isSeparated: separator === 'crlf',
    isTrailing: isTrailing === true,
  })
  return { kind: 'written', bytes, predictedDates }
}

type Values = Readonly<Record<string, unknown>>
type At = Readonly<{ path: string; refuse: Refuse }>

/** What `checkZengin` answers may be written again, so its other fields may stand here too. */
const fileKeys = ['separator', 'trailingSeparator', 'batches', 'valid', 'records', 'faults']

function refuseDisagreements(file: Values, records: number, refuse: Refuse): void {
  const { valid, records: claimed, faults } = file
  if (valid !== undefined && valid !== true) refuse('valid', disagrees(true))
  if (claimed !== undefined && claimed !== records) refuse('records', disagrees(records))
  const hasFaults = faults !== undefined && !(Array.isArray(faults) && faults.length === 0)
  if (hasFaults) refuse('faults', disagrees([]))
}

const headerKeys = keysOf(headerLayout)
const paymentKeys = [...new Set([...keysOf(paymentLayout), ...keysOf(ediPaymentLayout)])]

function keysOf(layout: readonly Field[]): readonly string[] {
  const unsaid = ['fixed', 'unused', 'mark', 'filler']
  return layout.filter(({ content }) => !unsaid.includes(content.kind)).map(({ key }) => key)
}

function writeBatch(
  input: unknown,
  { path, refuse }: At,
): Readonly<{ records: readonly string[]; valueDate: unknown }> {
  const batch = readObject(input, ['header', 'payments', 'trailer'], { path, refuse })
  if (!batch) return { records: [], valueDate: undefined }
  const header = readObject(batch['header'], headerKeys, { path: `${path}.header`, refuse })
  const records = [header && recordText(headerLayout, header, { path: `${path}.header`, refuse })]
  const listPath = `${path}.payments`
  const payments = readList(batch['payments'], listPath, refuse)
  let total = 0
  for (const [index, entry] of payments.entries()) {
    const at = { path: `${listPath}[${index}]`, refuse }
    const payment = readObject(entry, paymentKeys, at)
    records.push(payment && writePayment(payment, at))
    total += isAmount(payment?.['amount']) ? payment['amount'] : 0
  }
  if (payments.length > limits.count) refuse(listPath, overLimit('count', limits.count))
  if (total > limits.total) refuse(listPath, overLimit('total', limits.total))
  const trailer = { count: payments.length, amount: total }
  if (!records.includes(undefined))
    refuseOtherTrailer(batch['trailer'], trailer, { path: `${path}.trailer`, refuse })
  records.push(recordText(trailerLayout, trailer, { path: `${path}.trailer`, refuse }))
  return {
    records: records.filter((record) => record !== undefined),
    valueDate: header?.['valueDate'],
  }
}

function writePayment(payment: Values, at: At): string | undefined {
  const { edi } = payment
  const hasEdi = typeof edi === 'string' ? edi.trim() !== '' : edi !== undefined && edi !== null
  if (!hasEdi) return recordText(paymentLayout, payment, at)
  for (const key of ['customerCode1', 'customerCode2'])
    if (payment[key] !== undefined && payment[key] !== null)
      at.refuse(`${at.path}.${key}`, ediExcludesCodes)
  return recordText(ediPaymentLayout, payment, at)
}

function refuseOtherTrailer(
  claimed: unknown,
  computed: Readonly<{ count: number; amount: number }>,
  { path, refuse }: At,
): void {
  if (claimed === undefined) return
  const trailer = readObject(claimed, ['count', 'amount'], { path, refuse })
  for (const key of ['count', 'amount'] as const) {
    const isOther = trailer?.[key] !== undefined && trailer[key] !== computed[key]
    if (isOther) refuse(`${path}.${key}`, disagrees(computed[key]))
  }
}

function recordText(layout: readonly Field[], values: Values, at: At): string | undefined {
  const texts = layout.map((field) => fieldText(field, values, at))
  return texts.includes(undefined) ? undefined : texts.join('')
}

function readObject(
  input: unknown,
  keys: readonly string[],
  { path, refuse }: At,
): Values | undefined {
  if (!isObject(input)) {
    refuse(path === '' ? '(file)' : path, input === undefined ? required : notObject)
    return undefined
  }
  for (const key of Object.keys(input))
    if (!keys.includes(key)) refuse(path === '' ? key : `${path}.${key}`, unknownField)
  return input
}

const isObject = (input: unknown): input is Values =>
  typeof input === 'object' && input !== null && !Array.isArray(input)

function readList(input: unknown, path: string, refuse: Refuse): readonly unknown[] {
  if (!Array.isArray(input)) refuse(path, input === undefined ? required : notList)
  else if (input.length === 0) refuse(path, noPayments)
  return Array.isArray(input) ? input : []
}

function joined(
  records: readonly string[],
  { isSeparated, isTrailing }: Readonly<{ isSeparated: boolean; isTrailing: boolean }>,
): Uint8Array {
  const step = recordBytes + (isSeparated ? 2 : 0)
  const bytes = new Uint8Array(records.length * step - (isSeparated && !isTrailing ? 2 : 0))
  for (const [index, record] of records.entries()) {
    const encoded = encodeHalf(record)
    assert(encoded.length === recordBytes, `a record is ${recordBytes} bytes`)
    bytes.set(encoded, index * step)
    const end = index * step + recordBytes
    if (isSeparated && end < bytes.length) bytes.set([0x0d, 0x0a], end)
  }
  return bytes
}
