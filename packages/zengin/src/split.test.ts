import { describe, expect, test } from 'vitest'
import { checkZengin } from './check.ts'
import {
  end,
  faultsOf,
  header,
  jis,
  lines,
  payment,
  sound,
  trailer,
  unseparated,
} from '../tests/_records.ts'

describe('separators', () => {
  test.each([
    ['none', unseparated(sound), 'none', false],
    ['none, 0x1A at the end', jis(`${sound.join('')}\u001A`), 'none', false],
    ['CRLF after every record', lines(sound), 'crlf', true],
    ['CRLF between records only', jis(sound.join('\r\n')), 'crlf', false],
    ['CRLF between records, 0x1A', jis(`${sound.join('\r\n')}\u001A`), 'crlf', false],
    ['CRLF after every record, 0x1A', jis(`${sound.join('\r\n')}\r\n\u001A`), 'crlf', true],
  ])('%s is accepted', (_name, file, separator, trailingSeparator) => {
    expect(checkZengin(file)).toMatchObject({
      valid: true,
      records: 4,
      separator,
      trailingSeparator,
    })
  })

  test.each([
    ['LF alone', lines(sound, '\n'), ['separator 1 - 120']],
    ['CR alone', lines(sound, '\r'), ['separator 1 - 120']],
    [
      'LF alone after the third record',
      jis(`${sound.slice(0, 3).join('\r\n')}\n${end}`),
      ['separator 3 - 120'],
    ],
    [
      'none after the second record',
      jis(`${sound[0]}\r\n${sound[1]}${sound[2]}\r\n${end}`),
      ['separator 2 - 120'],
    ],
    [
      'CRLF at the end of a file that has no others',
      jis(`${sound.join('')}\r\n`),
      ['separator 1 - 120'],
    ],
    [
      'LF alone, and a wrong total as well',
      lines([header(), payment(), trailer(1, 999), end], '\n'),
      ['separator 1 - 120', 'trailer_total 3 合計金額 7'],
    ],
  ])('%s is refused, and told once', (_name, file, faults) => {
    expect(faultsOf(file)).toEqual(faults)
  })

  test('a line break within a field is a character of the field', () => {
    const broken = payment([52, '\n'])
    expect(faultsOf(unseparated([header(), broken, trailer(1, 1000), end]))).toEqual([
      'charset 2 受取人名 52',
    ])
    expect(faultsOf(lines([header(), broken, trailer(1, 1000), end]))).toEqual([
      'charset 2 受取人名 52',
    ])
    expect(faultsOf(lines([header(), payment([52, '\r\n']), trailer(1, 1000), end]))).toEqual([
      'charset 2 受取人名 52',
    ])
  })
})

describe('a wrong length', () => {
  const short = payment().slice(0, 70) + payment().slice(71)
  const long = `${payment().slice(0, 70)} ${payment().slice(70)}`
  const total = [trailer(3, 3000), end]

  test.each([
    ['one byte short', short, 'record_length 2 - 119'],
    ['one byte long', long, 'record_length 2 - 120'],
    ['nothing at all', '', 'record_length 2 - 0'],
  ])('with CRLF, a record %s is the only fault, and the others are read', (_name, odd, fault) => {
    expect(faultsOf(lines([header(), odd, payment(), payment(), ...total]))).toEqual([fault])
    expect(
      faultsOf(
        lines([header([54, '1301']), odd, payment([80, '0000000000']), payment(), ...total]),
      ),
    ).toEqual(['date 1 振込指定日 54', fault, 'amount 3 振込金額 80'])
  })

  test('spaces that an editor took from the ends of lines are told line by line', () => {
    const stripped = sound.map((text) => text.trimEnd())
    expect(faultsOf(lines(stripped))).toEqual([
      'record_length 1 - 103',
      'record_length 2 - 112',
      'record_length 3 - 19',
      'record_length 4 - 1',
    ])
  })

  test.each([
    ['short', short],
    ['long', long],
  ])(
    'without separators, a record one byte %s is found, and nothing after it is read',
    (_name, odd) => {
      expect(
        faultsOf(unseparated([header(), payment(), odd, payment([80, '0000000000']), ...total])),
      ).toEqual(['record_length 3 - 0'])
    },
  )

  test('faults before the wrong length are told too', () => {
    expect(
      faultsOf(unseparated([header([54, '1301']), short, payment(), payment(), ...total])),
    ).toEqual(['date 1 振込指定日 54', 'record_length 2 - 0'])
  })

  test('one short and one long record make one fault, not one per record between', () => {
    expect(faultsOf(unseparated([header(), short, payment(), payment(), long, ...total]))).toEqual([
      'record_length 2 - 0',
    ])
    expect(faultsOf(unseparated([header(), long, payment(), payment(), short, ...total]))).toEqual([
      'record_length 2 - 0',
    ])
  })

  test('a file cut off within its last record', () => {
    expect(faultsOf(unseparated(sound).subarray(0, 400))).toEqual(['record_length 4 - 0'])
  })

  test('a text that is no such file at all is told in one fault', () => {
    expect(faultsOf(jis('BANK,BRANCH,AMOUNT;'.repeat(30)))).toEqual(['record_length 1 - 0'])
  })
})
