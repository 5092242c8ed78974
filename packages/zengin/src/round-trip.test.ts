import * as fc from 'fast-check'
import { yen } from '@minnaken/domain'
import { expect, test } from 'vitest'
import { bankDayOnOrAfter } from './bank-day.ts'
import { checkZengin } from './check.ts'
import { normaliseName } from './name.ts'
import { writeZengin, type ZenginFileToWrite } from './write.ts'

type Payment = ZenginFileToWrite['batches'][number]['payments'][number]

/** Names with what breaks such files elsewhere: kanji, marks, line ends, Shift_JIS tails, dashes. */
const hostile = fc.oneof(
  fc.string({
    unit: fc.constantFrom(...Array.from('ミナトガパヴー・（）Az09 みなとぱｶﾞ')),
    maxLength: 34,
  }),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    '東',
    'ガ'.repeat(16),
    'ミ\r\n9',
    '㈱ミナト',
    '👪',
    'ミ\0',
    '－−‐ｰ',
    'ｬｰ',
    'ソ能表',
    '',
  ),
)
const digits = (length: number) =>
  fc.nat(10 ** length - 1).map((value) => String(value).padStart(length, '0'))
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })

const account = {
  bankCode: digits(4),
  branchCode: digits(3),
  accountNumber: digits(7),
  bankName: fc.constantFrom(null, 'ミライギンコウ'),
  branchName: fc.constantFrom(null, 'エキマエ'),
}
const delivery = { transferCategory: maybe(fc.constantFrom(0, 7, 8)) }
const payee = {
  ...account,
  ...delivery,
  accountType: fc.constantFrom(1, 2, 4, 9),
  payeeName: hostile,
  amount: fc.integer({ min: 1, max: 9_999_999_999 }).map(yen),
  newCode: maybe(fc.constantFrom(0, 1, 2)),
}
const payment: fc.Arbitrary<Payment> = fc.oneof(
  fc.record({ ...payee, customerCode1: maybe(digits(9)), customerCode2: maybe(digits(9)) }),
  fc.record({ ...payee, edi: hostile }),
)
const header = fc.record({
  ...account,
  originatorCode: digits(9),
  originatorName: hostile.filter((text) => isWritable(text, 40)),
  valueDate: fc.nat(300).map((days) => bankDayOnOrAfter(dayAfter(days))),
  accountType: fc.constantFrom(1, 2, 9),
})
const file = (payments: fc.Arbitrary<Payment>): fc.Arbitrary<ZenginFileToWrite> =>
  fc.record({
    separator: fc.constantFrom('crlf', 'none'),
    trailingSeparator: fc.boolean(),
    batches: fc.array(
      fc.record({ header, payments: fc.array(payments, { minLength: 1, maxLength: 5 }) }),
      { minLength: 1, maxLength: 3 },
    ),
  })

const dayAfter = (days: number): string =>
  new Date(Date.UTC(2026, 10, 22) + days * 86_400_000).toISOString().slice(0, 10)

function isWritable(text: string, bytesMax: number, textClass: 'party' | 'edi' = 'party'): boolean {
  const name = normaliseName(text, { class: textClass })
  const isFilled = name.kind === 'normalised' && (textClass === 'edi' || name.half.trim() !== '')
  return isFilled && name.half.length <= bytesMax
}

const isSound = (entry: Payment): boolean =>
  isWritable(entry.payeeName, 30) &&
  (!('edi' in entry) || typeof entry.edi !== 'string' || isWritable(entry.edi, 20, 'edi'))

/** A reader that shares nothing with ours: one regular expression per kind of record. */
const halfwidth = String.raw`\xB1-\xDF`
const party = String.raw`[ 0-9A-Z().\-${halfwidth}]`
const bank = String.raw`[ 0-9A-Z\-${halfwidth}]`
const edi = String.raw`[ 0-9A-Z()./\\\-\xA2\xA3\xA6${halfwidth}]`
const shapes = [
  new RegExp(
    `^1210\\d{10}${party}{40}(0[1-9]|1[0-2])\\d\\d\\d{4}${bank}{15}\\d{3}${bank}{15}[129]\\d{7} {17}$`,
    'u',
  ),
  new RegExp(
    `^2\\d{4}${bank}{15}\\d{3}${bank}{15}0000[1249]\\d{7}${party}{30}\\d{10}[ 012]((\\d{10}| {10}){2}[ 078] |${edi}{20}[ 078]Y) {7}$`,
    'u',
  ),
  /^8\d{18} {101}$/u,
  /^9 {119}$/u,
]

function recordsOf(bytes: Uint8Array, separator: string): readonly string[] {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  if (separator === 'none') return text.match(/[^]{1,120}/g) ?? []
  return text.replace(/\r\n$/, '').split('\r\n')
}

type Seen = Readonly<{ refusedAt: readonly string[]; strange: readonly string[]; totals: unknown }>

function seenIn(input: ZenginFileToWrite): Seen {
  const written = writeZengin(input)
  if (written.kind === 'refused') {
    const places = written.refusals.map(({ path }) => path.replace(/\.(payeeName|edi)$/, ''))
    return { refusedAt: [...new Set(places)], strange: [], totals: [] }
  }
  const records = recordsOf(written.bytes, input.separator ?? 'crlf')
  return {
    refusedAt: [],
    strange: records.filter((record) => !shapes.some((shape) => shape.test(record))),
    totals: records
      .filter((record) => record.startsWith('8'))
      .map((record) => [Number(record.slice(1, 7)), Number(record.slice(7, 19))]),
  }
}

const amounts = ({ payments }: { payments: readonly Payment[] }) =>
  payments.map(({ amount, bankCode, accountNumber }) => [amount, bankCode, accountNumber])

const placesOfUnsound = (input: ZenginFileToWrite): readonly string[] =>
  input.batches.flatMap(({ payments }, at) =>
    payments.flatMap((entry, index) =>
      isSound(entry) ? [] : [`batches[${at}].payments[${index}]`],
    ),
  )

test('whatever the names are: every record is 120 bytes of allowed characters and adds up, or the name is refused at its place', () => {
  fc.assert(
    fc.property(file(payment), (input) => {
      const refusedAt = placesOfUnsound(input)
      const totals = input.batches.map(({ payments }) => [
        payments.length,
        payments.reduce((sum, { amount }) => sum + amount, 0),
      ])
      expect(seenIn(input)).toEqual({
        refusedAt,
        strange: [],
        totals: refusedAt.length > 0 ? [] : totals,
      })
    }),
    { numRuns: 400 },
  )
})

test('what was written is valid, says what was meant, and written again gives the same bytes', () => {
  fc.assert(
    fc.property(file(payment.filter(isSound)), (input) => {
      const written = writeZengin(input)
      if (written.kind === 'refused') throw new Error(JSON.stringify(written.refusals))
      const checked = checkZengin(written.bytes)
      if (!checked.valid) throw new Error(JSON.stringify(checked.faults))
      expect(checked.separator).toBe(input.separator)
      expect(checked.trailingSeparator).toBe(input.separator === 'crlf' && input.trailingSeparator)
      expect(checked.batches.map(amounts)).toEqual(input.batches.map(amounts))
      const batches = checked.batches.map((batch, index) => ({
        ...batch,
        header: { ...batch.header, valueDate: input.batches[index]?.header.valueDate ?? '' },
      }))
      const again = writeZengin({ ...checked, batches })
      expect(again).toEqual(written)
    }),
    { numRuns: 300 },
  )
})

const trailersOf = (bytes: Uint8Array): readonly unknown[] | 'faulty' => {
  const checked = checkZengin(bytes)
  return checked.valid ? checked.batches.map(({ trailer }) => trailer) : 'faulty'
}

test('one changed byte is a fault, or it leaves the trailer as it was', () => {
  const [sample] = fc.sample(file(payment.filter(isSound)), { numRuns: 1, seed: 7 })
  const written = sample && writeZengin({ ...sample, separator: 'none' })
  if (written?.kind !== 'written') throw new Error('a sound file is written')
  const before = trailersOf(written.bytes)
  fc.assert(
    fc.property(fc.nat(written.bytes.length - 1), fc.nat(255), (at, byte) => {
      const bytes = Uint8Array.from(written.bytes)
      bytes[at] = byte
      expect(['faulty', before]).toContainEqual(trailersOf(bytes))
    }),
    { numRuns: 400 },
  )
})

test('any bytes at all are checked without an exception', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 700 }), (bytes) => {
      const checked = checkZengin(bytes)
      expect(checked.valid).toBe(false)
    }),
    { numRuns: 300 },
  )
})
