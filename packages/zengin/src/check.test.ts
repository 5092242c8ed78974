import { describe, expect, test } from 'vitest'
import {
  end,
  faultsOf,
  header,
  lines,
  payment,
  sound,
  trailer,
  unseparated,
} from '../tests/_records.ts'
import { checkZengin } from './check.ts'

test('a sound file is told in its fields', () => {
  const file = [
    header([62, 'ﾐﾗｲｷﾞﾝｺｳ'], [80, 'ﾎﾝﾃﾝ']),
    payment(
      [5, 'ﾐﾗｲｷﾞﾝｺｳ'],
      [23, 'ﾐﾗｲ'],
      [42, '4'],
      [90, '1'],
      [91, '0000000017'],
      [101, '0000000003'],
    ),
    payment([38, '    '], [90, ' '], [111, ' ']),
    payment([80, '9999999999'], [91, '\\ｦ ｢ｾｲｷﾕｳ｣ 12/A.'], [112, 'Y']),
    trailer(3, 10_000_001_999),
    end,
  ]
  expect(checkZengin(lines(file))).toEqual({
    valid: true,
    separator: 'crlf',
    trailingSeparator: true,
    records: 6,
    faults: [],
    batches: [
      {
        header: {
          originatorCode: '0000012345',
          originatorName: 'ﾐﾗｲｸ ｼﾖｳﾃﾝｶﾞｲﾚﾝｺﾞｳｶｲ',
          valueDate: '0226',
          bankCode: '9999',
          bankName: 'ﾐﾗｲｷﾞﾝｺｳ',
          branchCode: '999',
          branchName: 'ﾎﾝﾃﾝ',
          accountType: 1,
          accountNumber: '0000001',
        },
        payments: [
          {
            bankCode: '9999',
            bankName: 'ﾐﾗｲｷﾞﾝｺｳ',
            branchCode: '101',
            branchName: 'ﾐﾗｲ',
            accountType: 4,
            accountNumber: '7654321',
            payeeName: 'ｶ)ﾐﾅﾄ',
            amount: 1000,
            newCode: 1,
            customerCode1: '0000000017',
            customerCode2: '0000000003',
            transferCategory: 7,
          },
          expect.objectContaining({ newCode: null, customerCode1: null, transferCategory: null }),
          expect.objectContaining({ amount: 9_999_999_999, edi: '\\ｦ ｢ｾｲｷﾕｳ｣ 12/A.' }),
        ],
        trailer: { count: 3, amount: 10_000_001_999 },
      },
    ],
  })
})

test('several batches stand in one file', () => {
  const file = [header(), payment(), trailer(1, 1000), ...sound]
  expect(checkZengin(unseparated(file))).toMatchObject({ valid: true, records: 7 })
})

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('what a file is written in', () => {
  test.each([
    ['UTF-8 with CRLF', utf8(`${sound.join('\r\n')}\r\n`), ['charset 1 - 14']],
    ['UTF-8 without separators', utf8(sound.join('')), ['charset 1 - 14']],
    [
      'UTF-8 with a wrong total',
      utf8([header(), payment(), trailer(1, 2), end].join('')),
      ['charset 1 - 14', 'trailer_total 3 合計金額 7'],
    ],
    [
      'a byte order mark',
      Uint8Array.from([0xef, 0xbb, 0xbf, ...lines(sound)]),
      ['charset 1 データ区分 0'],
    ],
    ['UTF-16', Uint8Array.from([0xff, 0xfe, 0x31, 0x00]), ['charset 1 - 0']],
    [
      'EBCDIC',
      Uint8Array.from([0xf1, 0xf2, 0xf1, 0xf1, 0x40]),
      ['unsupported_code 1 コード区分 3'],
    ],
  ])('%s', (_name, file, faults) => {
    expect(faultsOf(file)).toEqual(faults)
  })

  test('コード区分 1 declares EBCDIC, and its batch is not read as JIS', () => {
    const file = [header([3, '1'], [14, 'abc']), payment([50, 'abc']), trailer(9, 9), end]
    expect(faultsOf(lines(file))).toEqual(['unsupported_code 1 コード区分 3'])
  })

  test.each(['11', '12', '41', '71', '72', '91'])('種別コード %s is not ours', (kind) => {
    const file = [header([1, kind]), payment(), trailer(1, 999), end]
    expect(faultsOf(lines(file))).toEqual(['unsupported_kind 1 種別コード 1'])
  })

  test('another 種別コード in the second header is told there, and the first batch is read', () => {
    const file = [
      header(),
      payment(),
      trailer(2, 1000),
      header([1, '11']),
      payment(),
      trailer(1, 1),
      end,
    ]
    expect(faultsOf(lines(file))).toEqual([
      'trailer_count 3 合計件数 1',
      'unsupported_kind 4 種別コード 1',
    ])
  })
})

describe('totals', () => {
  test.each([
    ['a wrong count', trailer(3, 2000), ['trailer_count 4 合計件数 1']],
    ['a wrong total', trailer(2, 2001), ['trailer_total 4 合計金額 7']],
    ['both', trailer(1, 1), ['trailer_count 4 合計件数 1', 'trailer_total 4 合計金額 7']],
    ['a blank count', trailer(2, 2000, [1, '      ']), ['numeric 4 合計件数 1']],
  ])('%s', (_name, last, faults) => {
    expect(faultsOf(lines([header(), payment(), payment(), last, end]))).toEqual(faults)
  })

  test('an amount that cannot be read is not told as a wrong total as well', () => {
    const file = [header(), payment([80, '00000010 0']), payment(), trailer(2, 2000), end]
    expect(faultsOf(lines(file))).toEqual(['numeric 2 振込金額 88'])
  })

  test('more than a trailer can hold is a limit', () => {
    const most = payment([80, '9999999999'])
    const file = [header(), ...Array.from({ length: 101 }, () => most), trailer(101, 0), end]
    expect(faultsOf(lines(file))).toEqual(['limit 103 合計金額 7'])
  })
})

describe('fields', () => {
  test.each([
    ['a letter in a number', header([4, '00000A2345']), 'numeric 1 振込依頼人コード 9'],
    ['a blank bank code', header([58, '    ']), 'numeric 1 仕向銀行番号 58'],
    ['spaces for zeros', header([96, '     12']), 'numeric 1 口座番号 96'],
    ['a savings account of the sender', header([95, '4']), 'numeric 1 預金種目 95'],
    ['month 13', header([54, '1301']), 'date 1 振込指定日 54'],
    ['day 0', header([54, '0100']), 'date 1 振込指定日 54'],
    ['31 April', header([54, '0431']), 'date 1 振込指定日 54'],
    ['1 January', header([54, '0101']), 'date 1 振込指定日 54'],
    ['3 January', header([54, '0103']), 'date 1 振込指定日 54'],
    ['31 December', header([54, '1231']), 'date 1 振込指定日 54'],
    ['a blank date', header([54, '    ']), 'numeric 1 振込指定日 54'],
    ['a blank name', header([14, ' '.repeat(40)]), 'charset 1 振込依頼人名 14'],
    ['ｦ in a name', header([14, 'ﾐﾅﾄｦ']), 'charset 1 振込依頼人名 17'],
    ['a bracket in a bank name', header([62, 'ﾐﾗｲ(']), 'charset 1 仕向銀行名 65'],
    ['a letter in the filler', header([119, 'X']), 'charset 1 ダミー 119'],
    ['an unknown コード区分', header([3, '2']), 'unsupported_code 1 コード区分 3'],
    ['a blank コード区分', header([3, ' ']), 'numeric 1 コード区分 3'],
    ['a letter in the 種別コード', header([1, '2A']), 'numeric 1 種別コード 2'],
  ])('of a header: %s', (_name, first, fault) => {
    expect(faultsOf(lines([first, payment(), trailer(1, 1000), end]))).toEqual([fault])
  })

  test.each([
    ['¥0', payment([80, '0000000000']), 'amount 2 振込金額 80'],
    ['a blank amount', payment([80, ' '.repeat(10)]), 'numeric 2 振込金額 80'],
    ['account type 3', payment([42, '3']), 'numeric 2 預金種目 42'],
    ['新規コード 3', payment([90, '3']), 'numeric 2 新規コード 90'],
    ['振込指定区分 1', payment([111, '1']), 'numeric 2 振込指定区分 111'],
    ['a reference to the left', payment([91, '17        ']), 'numeric 2 顧客コード1 93'],
    ['a small kana', payment([50, 'ｷｬﾉﾝ']), 'charset 2 受取人名 51'],
    ['a long vowel', payment([50, 'ﾐﾅｰﾄ']), 'charset 2 受取人名 52'],
    ['a comma', payment([50, 'ﾐﾅﾄ,']), 'charset 2 受取人名 53'],
    ['lower case', payment([50, 'Minato']), 'charset 2 受取人名 51'],
    ['two bytes of Shift_JIS', payment([50, '\u0093\u008c']), 'charset 2 受取人名 50'],
    ['NUL', payment([50, '\0']), 'charset 2 受取人名 50'],
    ['a stop in a branch name', payment([23, 'ﾐﾅﾄ.']), 'charset 2 被仕向支店名 26'],
    ['a mark that is not Y', payment([112, 'N']), 'charset 2 識別表示 112'],
    ['a comma in the EDI text', payment([91, 'A,B'], [112, 'Y']), 'charset 2 EDI情報 92'],
  ])('of a payment: %s', (name, middle, fault) => {
    const total = name.includes('¥0') ? 0 : 1000
    expect(faultsOf(lines([header(), middle, trailer(1, total), end]))).toEqual([fault])
  })

  test('all faults are told, in the order of the file', () => {
    const file = [
      header([54, '0231'], [58, 'ABCD']),
      payment([50, 'a'], [80, '0000000000']),
      trailer(2, 0),
      end,
    ]
    expect(faultsOf(lines(file))).toEqual([
      'date 1 振込指定日 54',
      'numeric 1 仕向銀行番号 58',
      'charset 2 受取人名 50',
      'amount 2 振込金額 80',
      'trailer_count 3 合計件数 1',
    ])
  })

  test.each(['0104', '1230'])('%s beside the turn of the year may be a bank day', (date) => {
    const file = lines([header([54, date]), payment(), trailer(1, 1000), end])
    expect(faultsOf(file)).toEqual(['valid'])
  })

  test('29 February exists when the next one does', () => {
    const file = lines([header([54, '0229']), payment(), trailer(1, 1000), end])
    expect(faultsOf(file)).toEqual(['valid'])
    expect(faultsOf(file, '2027-03-01')).toEqual(['valid'])
    expect(faultsOf(file, '2026-11-22')).toEqual(['date 1 振込指定日 54'])
    expect(faultsOf(file, '2028-03-01')).toEqual(['date 1 振込指定日 54'])
  })

  test('every fault says in both languages what is wrong', () => {
    const checked = checkZengin(lines([header([54, '0231']), payment([50, 'a']), trailer(2, 0)]))
    expect(checked.valid).toBe(false)
    for (const { ja, en } of checked.faults) {
      expect(ja).toMatch(/[ぁ-ん]/)
      expect(en).toMatch(/^[^ぁ-ん]+\.$/)
    }
  })
})
