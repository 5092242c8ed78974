import { describe, expect, test } from 'vitest'
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

describe('order', () => {
  const one = trailer(1, 1000)
  test.each([
    ['no header', [payment(), one, end], ['order 1 データ区分 0']],
    ['two headers', [header(), header(), payment(), one, end], ['order 2 データ区分 0']],
    [
      'no trailer before the next header',
      [header(), payment(), header(), payment(), one, end],
      ['order 3 データ区分 0'],
    ],
    ['no trailer before the end', [header(), payment(), end], ['order 3 データ区分 0']],
    [
      'a payment after the trailer',
      [header(), payment(), one, payment(), end],
      ['order 4 データ区分 0'],
    ],
    [
      'the trailer one record early',
      [header(), payment(), trailer(2, 2000), payment(), end],
      ['order 4 データ区分 0'],
    ],
    ['two trailers', [header(), payment(), one, one, end], ['order 4 データ区分 0']],
    [
      'no header for the second batch',
      [header(), payment(), one, payment(), one, end],
      ['order 4 データ区分 0'],
    ],
    [
      'an unknown データ区分',
      [header(), payment(), payment([0, '3']), trailer(2, 2000), end],
      ['order 3 データ区分 0'],
    ],
    ['no payment', [header(), trailer(0, 0), end], ['empty_batch 2 データ区分 0']],
    [
      'no payment in the second batch',
      [header(), payment(), one, header(), trailer(0, 0), end],
      ['empty_batch 5 データ区分 0'],
    ],
    [
      'no payment, though the trailer says so',
      [header(), trailer(1, 5), end],
      ['empty_batch 2 データ区分 0', 'trailer_count 2 合計件数 1', 'trailer_total 2 合計金額 7'],
    ],
    ['no end', [header(), payment(), one], ['no_end 4 データ区分 0']],
    ['no trailer and no end', [header(), payment()], ['no_end 3 データ区分 0']],
    ['nothing', [], ['no_end 1 データ区分 0']],
    ['only an end', [end], ['order 1 データ区分 0']],
    ['a batch after the end', [...sound, ...sound], ['after_end 5 データ区分 0']],
    ['two ends', [...sound, end], ['after_end 5 データ区分 0']],
  ])('%s', (_name, records, faults) => {
    expect(faultsOf(lines(records))).toEqual(faults)
    expect(faultsOf(unseparated(records))).toEqual(faults)
  })

  test.each([
    ['\r\n', '\r\n'],
    ['\r\n', ' '],
    ['\r\n', '\u001A'],
    ['\r\n', 'X'.repeat(130)],
    ['', ' '],
    ['', '\u001A'],
    ['', 'X'.repeat(130)],
  ])('with separator %j, %j behind the end is told once', (separator, junk) => {
    const text = sound.map((record) => record + separator).join('')
    expect(faultsOf(jis(`${text}${junk}\u001A`))).toEqual(['after_end 5 データ区分 0'])
  })
})
