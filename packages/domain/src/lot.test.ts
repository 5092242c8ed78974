import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Lot } from './lot.ts'
import { bySpendingOrder, isSpendable, sumByKind } from './lot.ts'
import { yen } from './yen.ts'

const lot = (changes: Partial<Lot>): Lot => ({
  lotId: 'lot-1',
  campaignId: 'MIRAI2026',
  kind: 'COMMON',
  remaining: yen(1_000),
  expiresAt: 2_000,
  use: { from: 1_000, until: 2_000 },
  acceptedBy: ['SMALL', 'LARGE'],
  perCodeYenMax: yen(50_000),
  minYen: yen(1),
  ...changes,
})

const points = (text: string) => Array.from(text, (each) => each.codePointAt(0) ?? 0)

describe('the spending order', () => {
  test.for([
    {
      fact: 'the earlier expiry comes first, even of a kind that is taken everywhere',
      first: lot({ expiresAt: 1_500, acceptedBy: ['SMALL', 'LARGE'], kind: 'Z', lotId: 'z' }),
      second: lot({ expiresAt: 1_501, acceptedBy: ['SMALL'], kind: 'A', lotId: 'a' }),
    },
    {
      fact: 'of equal expiry, the kind that fewer shop classes take comes first',
      first: lot({ acceptedBy: ['LARGE'], kind: 'Z', lotId: 'z' }),
      second: lot({ acceptedBy: ['SMALL', 'LARGE'], kind: 'A', lotId: 'a' }),
    },
    {
      fact: 'of equally narrow kinds, the kind code decides',
      first: lot({ kind: 'A', lotId: 'z' }),
      second: lot({ kind: 'B', lotId: 'a' }),
    },
    {
      fact: 'of one kind, the lot id decides',
      first: lot({ lotId: 'lot-10' }),
      second: lot({ lotId: 'lot-2' }),
    },
    {
      fact: 'an id that another one begins with comes before it',
      first: lot({ lotId: 'lot' }),
      second: lot({ lotId: 'lot-1' }),
    },
    {
      fact: 'ids compare by code point, not by UTF-16 unit',
      first: lot({ lotId: '\u{FF21}' }),
      second: lot({ lotId: '\u{1F600}' }),
    },
  ])('$fact', ({ first, second }) => {
    expect(bySpendingOrder(first, second)).toBeLessThan(0)
    expect(bySpendingOrder(second, first)).toBeGreaterThan(0)
  })

  test('a lot is neither before nor after itself', () => {
    expect(bySpendingOrder(lot({}), lot({}))).toBe(0)
  })

  test('ids compare as their lists of code points do', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '\u{D7FF}', '\u{E000}', '\u{1F600}') })
    fc.assert(
      fc.property(text, text, (a, b) => {
        const [left, right] = [points(a), points(b)]
        const at = left.findIndex((point, index) => point !== right[index])
        const wanted =
          at < 0 || at >= right.length
            ? left.length - right.length
            : (left[at] ?? 0) - (right[at] ?? 0)
        const order = bySpendingOrder(lot({ lotId: a }), lot({ lotId: b }))
        expect(Math.sign(order)).toBe(Math.sign(wanted))
      }),
      { numRuns: 500 },
    )
  })
})

describe('a lot may be spent', () => {
  test.for([
    { at: 999, may: false, why: 'before the spending period' },
    { at: 1_000, may: true, why: 'from its first moment' },
    { at: 1_799, may: true, why: 'up to the last moment before it expires' },
    { at: 1_800, may: false, why: 'not when it expires, though the period runs on' },
    { at: 2_000, may: false, why: 'not after the period' },
  ])('$may at $at: $why', ({ at, may }) => {
    expect(isSpendable(lot({ expiresAt: 1_800 }), at)).toBe(may)
  })

  test('not after the spending period, even when it expires later', () => {
    expect(isSpendable(lot({ expiresAt: 9_000 }), 2_000)).toBe(false)
  })
})

const amount = (campaignId: string, kind: string, value: number) => ({
  campaignId,
  kind,
  yen: yen(value),
})

test('amounts are added up per campaign and kind, in the order of their first appearance', () => {
  const sums = sumByKind([
    amount('A', 'LIMITED', 5),
    amount('A', 'COMMON', 1),
    amount('B', 'COMMON', 20),
    amount('A', 'COMMON', 300),
  ])
  expect(sums).toEqual([
    amount('A', 'LIMITED', 5),
    amount('A', 'COMMON', 301),
    amount('B', 'COMMON', 20),
  ])
})
