import { yen } from '@minnaken/domain'
import { describe, expect, test } from 'vitest'
import { end, header, lines, payment, trailer, unseparated } from '../tests/_records.ts'
import { writeZengin, writeZenginJson, type ZenginFileToWrite } from './write.ts'

const someHeader = {
  originatorCode: '12345',
  originatorName: 'みらいく　しょうてんがいれんごうかい',
  valueDate: '2027-02-26',
  bankCode: '9999',
  branchCode: '999',
  accountType: 1,
  accountNumber: '1',
}
const somePayment = {
  bankCode: '9999',
  branchCode: '101',
  accountType: 1,
  accountNumber: '7654321',
  payeeName: 'カ）みなと',
  amount: yen(1000),
}
const file: ZenginFileToWrite = { batches: [{ header: someHeader, payments: [somePayment] }] }

/** The file with some values changed in its header, its first payment, its batch or itself. */
const changed = (change: {
  header?: object
  payment?: object
  batch?: object
  file?: object
}): unknown => ({
  batches: [
    {
      header: { ...someHeader, ...change.header },
      payments: [{ ...somePayment, ...change.payment }],
      ...change.batch,
    },
  ],
  ...change.file,
})

function bytesOf(input: unknown): Uint8Array {
  const written = writeZenginJson(input)
  if (written.kind === 'refused') throw new Error(JSON.stringify(written.refusals))
  return written.bytes
}

function refusedAt(input: unknown): readonly string[] {
  const written = writeZenginJson(input)
  if (written.kind === 'written') return ['written']
  return written.refusals.map(({ path, rule }) => `${path} ${rule}`)
}

const name = [14, 'ﾐﾗｲｸ ｼﾖｳﾃﾝｶﾞｲﾚﾝｺﾞｳｶｲ'] as const
const sound = [header(name), payment(), trailer(1, 1000), end]

describe('the bytes of a file', () => {
  test('are those of the banks, with CRLF after every record', () => {
    const written = writeZengin(file)
    expect(written).toEqual({ kind: 'written', bytes: lines(sound), predictedDates: [] })
  })

  test('hold every optional field where it belongs', () => {
    const bytes = bytesOf(
      changed({
        header: { bankName: 'ミライギンコウ', branchName: 'ホンテン', accountType: 9 },
        payment: {
          bankName: 'ﾐﾗｲｷﾞﾝｺｳ',
          branchName: 'みらい',
          accountType: 4,
          newCode: 2,
          customerCode1: '17',
          customerCode2: '0000000003',
          transferCategory: 8,
        },
      }),
    )
    const first = header(name, [62, 'ﾐﾗｲｷﾞﾝｺｳ'], [80, 'ﾎﾝﾃﾝ'], [95, '9'])
    const second = payment(
      [5, 'ﾐﾗｲｷﾞﾝｺｳ'],
      [23, 'ﾐﾗｲ'],
      [42, '4'],
      [90, '2'],
      [91, '00000000170000000003'],
      [111, '8'],
    )
    expect(bytes).toEqual(lines([first, second, trailer(1, 1000), end]))
  })

  test('hold an EDI text in place of the two references', () => {
    const second = payment([91, 'ｦ｢12/A｣'], [112, 'Y'])
    expect(bytesOf(changed({ payment: { edi: 'ヲ「12/A」' } }))).toEqual(
      lines([header(name), second, trailer(1, 1000), end]),
    )
  })

  test('keep blank apart from 0', () => {
    const blank = { newCode: null, transferCategory: null, customerCode1: null, edi: null }
    expect(bytesOf(changed({ payment: blank }))).toEqual(
      lines([header(name), payment([90, ' '], [111, ' ']), trailer(1, 1000), end]),
    )
    const zero = { newCode: 0, transferCategory: 0, customerCode1: '0' }
    expect(bytesOf(changed({ payment: zero }))).toEqual(
      lines([
        header(name),
        payment([90, '0'], [111, '0'], [91, '0000000000']),
        trailer(1, 1000),
        end,
      ]),
    )
  })

  test.each([
    ['crlf', false, lines(sound).slice(0, -2)],
    ['none', false, unseparated(sound)],
    ['none', true, unseparated(sound)],
  ])('with separator %s, trailing %j', (separator, trailingSeparator, bytes) => {
    expect(bytesOf(changed({ file: { separator, trailingSeparator } }))).toEqual(bytes)
  })

  test('add up per batch', () => {
    const big = { ...somePayment, amount: yen(9_999_999_999) }
    const [first] = file.batches
    const bytes = bytesOf({
      separator: 'none',
      batches: [first, { header: someHeader, payments: [somePayment, big, big] }],
    })
    const most = payment([80, '9999999999'])
    const second = [header(name), payment(), most, most, trailer(3, 20_000_000_998)]
    expect(bytes).toEqual(unseparated([...sound.slice(0, 3), ...second, end]))
  })
})

describe('refused, with its path', () => {
  test.each([
    ['originatorName', 'みらい区', 'not_permitted'],
    ['originatorName', 'ﾞ', 'stranded_mark'],
    ['originatorName', 'ア'.repeat(41), 'too_long'],
    ['originatorName', ' ', 'required'],
    ['originatorName', null, 'required'],
    ['originatorName', 5, 'type'],
    ['originatorCode', '12345678901', 'digits'],
    ['originatorCode', '', 'digits'],
    ['originatorCode', 12345, 'digits'],
    ['originatorCode', '１２３', 'digits'],
    ['bankCode', '1', 'digits'],
    ['bankCode', 1, 'digits'],
    ['branchCode', '54', 'digits'],
    ['bankName', 'クレディ・アグリコル', 'not_permitted'],
    ['bankName', 'ア'.repeat(16), 'too_long'],
    ['accountType', 4, 'one_of'],
    ['accountType', '1', 'one_of'],
    ['accountNumber', '12345678', 'digits'],
    ['accountNumber', '-1', 'digits'],
    ['valueDate', '0226', 'date'],
    ['valueDate', '2027-02-29', 'date'],
    ['valueDate', '2027-2-26', 'date'],
    ['valueDate', 20270226, 'date'],
    ['valueDate', '2027-02-27', 'not_bank_day'],
    ['valueDate', '2027-02-11', 'not_bank_day'],
    ['valueDate', '2026-12-31', 'not_bank_day'],
    ['valueDate', '2051-01-04', 'bank_calendar'],
    ['valueDate', undefined, 'required'],
    ['payeeName', 'ミナト', 'unknown_field'],
  ])('header.%s %j: %s', (key, value, rule) => {
    expect(refusedAt(changed({ header: { [key]: value } }))).toEqual([
      `batches[0].header.${key} ${rule}`,
    ])
  })

  test.each<readonly [string, unknown, string]>([
    ['payeeName', 'ミナト東', 'not_permitted'],
    ['payeeName', 'ガ'.repeat(16), 'too_long'],
    ['payeeName', 'ミナト\r\n9', 'not_permitted'],
    ['amount', 0, 'amount'],
    ['amount', -1, 'amount'],
    ['amount', 1.5, 'amount'],
    ['amount', 10_000_000_000, 'amount'],
    ['amount', 2 ** 53 + 2, 'amount'],
    ['amount', '1000', 'amount'],
    ['amount', null, 'required'],
    ['accountType', 3, 'one_of'],
    ['newCode', 3, 'one_of'],
    ['transferCategory', 1, 'one_of'],
    ['customerCode1', '12345678901', 'digits'],
    ['customerCode1', 17, 'digits'],
    ['edi', 'ア'.repeat(21), 'too_long'],
    ['edi', 'A,B', 'not_permitted'],
    ['__proto__x', 1, 'unknown_field'],
  ])('payments[0].%s %j: %s', (key, value, rule) => {
    expect(refusedAt(changed({ payment: { [key]: value } }))).toEqual([
      `batches[0].payments[0].${key} ${rule}`,
    ])
  })

  test.each<[string, unknown, string]>([
    ['no batch', { batches: [] }, 'batches empty_batch'],
    ['batches missing', {}, 'batches required'],
    ['batches not a list', { batches: {} }, 'batches type'],
    ['no payment', changed({ batch: { payments: [] } }), 'batches[0].payments empty_batch'],
    ['no header', changed({ batch: { header: undefined } }), 'batches[0].header required'],
    ['a batch of null', { batches: [null] }, 'batches[0] type'],
    ['a list', [], '(file) type'],
    ['null', null, '(file) type'],
    ['another separator', changed({ file: { separator: 'lf' } }), 'separator one_of'],
    ['a text', changed({ file: { trailingSeparator: 'no' } }), 'trailingSeparator one_of'],
    ['an unknown field', changed({ file: { kind: '21' } }), 'kind unknown_field'],
    [
      'EDI and a reference',
      changed({ payment: { edi: 'A', customerCode2: '1' } }),
      'batches[0].payments[0].customerCode2 edi_excludes_codes',
    ],
    [
      'another count',
      changed({ batch: { trailer: { count: 2, amount: 1000 } } }),
      'batches[0].trailer.count disagrees',
    ],
    [
      'another total',
      changed({ batch: { trailer: { count: 1, amount: 1001 } } }),
      'batches[0].trailer.amount disagrees',
    ],
    ['another number of records', changed({ file: { records: 5 } }), 'records disagrees'],
    ['a file that was found faulty', changed({ file: { valid: false } }), 'valid disagrees'],
    [
      'more than a trailer can hold',
      changed({
        batch: {
          payments: Array.from({ length: 101 }, () => ({ ...somePayment, amount: 1e10 - 1 })),
        },
      }),
      'batches[0].payments limit',
    ],
  ])('%s', (_name, input, refused) => {
    expect(refusedAt(input)).toEqual([refused])
  })

  test('all of it at once, and nothing is written', () => {
    const input = {
      batches: [
        { header: { ...someHeader, valueDate: '2027-02-28' }, payments: [somePayment] },
        {
          header: someHeader,
          payments: [somePayment, { ...somePayment, payeeName: '東', amount: 0 }],
        },
      ],
    }
    expect(writeZenginJson(input)).toEqual({
      kind: 'refused',
      refusals: [
        expect.objectContaining({ path: 'batches[0].header.valueDate', rule: 'not_bank_day' }),
        expect.objectContaining({
          path: 'batches[1].payments[1].payeeName',
          rule: 'not_permitted',
          character: 'U+6771 東',
          position: 0,
        }),
        expect.objectContaining({ path: 'batches[1].payments[1].amount', rule: 'amount' }),
      ],
    })
  })
})

test('a value date past the published holidays is written, and told', () => {
  const written = writeZenginJson(changed({ header: { valueDate: '2028-02-29' } }))
  expect(written).toMatchObject({ kind: 'written', predictedDates: ['2028-02-29'] })
})

test('what stands in the answer of a check may stand in what is written', () => {
  const batch = { trailer: { count: 1, amount: 1000 } }
  const input = changed({ batch, file: { valid: true, records: 4, faults: [] } })
  expect(bytesOf(input)).toEqual(lines(sound))
})
