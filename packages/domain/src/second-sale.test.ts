import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseSecondSale, type SecondSale, sellLeftovers } from './second-sale.ts'

const saleOf = (
  stock: number,
  wishes: readonly (readonly [seq: number, id: string, want: number])[],
  caps?: ReadonlyMap<string, number>,
): SecondSale => ({
  stock,
  capPerPerson: 2,
  requests: wishes.map(([seq, id, want]) => ({ seq, id, want })),
  ...(caps === undefined ? {} : { caps }),
})
const sell = (sale: SecondSale) => {
  const { granted, ...rest } = sellLeftovers(sale)
  return { granted: Object.fromEntries(granted), ...rest }
}

describe('the second sale', () => {
  test('goes by the sequence number, not by the order in the list', () => {
    expect(
      sell(
        saleOf(3, [
          [9, 'C', 2],
          [1, 'A', 2],
          [5, 'B', 2],
        ]),
      ),
    ).toEqual({
      granted: { A: 2, B: 1 },
      partial: [{ seq: 5, granted: 1, want: 2 }],
      refused: [{ seq: 9, why: 'sold_out' }],
      left: 0,
    })
  })

  test('gives what the cap leaves, and then refuses the person, not the next one', () => {
    expect(
      sell(
        saleOf(9, [
          [1, 'A', 1],
          [2, 'A', 3],
          [3, 'A', 1],
          [4, 'B', 2],
        ]),
      ),
    ).toEqual({
      granted: { A: 2, B: 2 },
      partial: [{ seq: 2, granted: 1, want: 3 }],
      refused: [{ seq: 3, why: 'person_cap' }],
      left: 5,
    })
  })

  test('person_cap comes before sold_out when both are so', () => {
    expect(
      sell(
        saleOf(2, [
          [1, 'A', 2],
          [2, 'A', 1],
          [3, 'B', 1],
        ]),
      ).refused,
    ).toEqual([
      { seq: 2, why: 'person_cap' },
      { seq: 3, why: 'sold_out' },
    ])
  })

  test('a cap of one person replaces the general one, upwards and down to nothing', () => {
    const caps = new Map([
      ['A', 4],
      ['B', 0],
    ])
    expect(
      sell(
        saleOf(
          9,
          [
            [1, 'A', 5],
            [2, 'B', 1],
            [3, 'C', 5],
          ],
          caps,
        ),
      ),
    ).toEqual({
      granted: { A: 4, C: 2 },
      partial: [
        { seq: 1, granted: 4, want: 5 },
        { seq: 3, granted: 2, want: 5 },
      ],
      refused: [{ seq: 2, why: 'person_cap' }],
      left: 3,
    })
  })

  test('nobody came: everything is left', () => {
    expect(sell(saleOf(7, []))).toEqual({ granted: {}, partial: [], refused: [], left: 7 })
  })

  test('no unit appears or vanishes, nobody exceeds the cap, and nothing is left while somebody may still buy', () => {
    const wishes = fc.array(
      fc.tuple(fc.constantFrom('A', 'B', 'C', 'D'), fc.integer({ min: 1, max: 4 })),
      { maxLength: 20 },
    )
    fc.assert(
      fc.property(wishes, fc.integer({ min: 0, max: 9 }), (list, stock) => {
        const numbered = list.map(([id, want], seq) => [seq, id, want] as const)
        const { granted, partial, refused, left } = sellLeftovers(saleOf(stock, numbered))
        const sold = [...granted.values()].reduce((total, units) => total + units, 0)
        expect(sold + left).toBe(stock)
        for (const units of granted.values()) expect(units).toBeLessThanOrEqual(2)
        const met = numbered.length - partial.length - refused.length
        expect(met).toBeGreaterThanOrEqual(0)
        const isSoldOut = refused.some(({ why }) => why === 'sold_out')
        expect(isSoldOut && left > 0).toBe(false)
        const cutThoughLeft = left > 0 ? [...refused, ...partial] : []
        for (const { seq } of cutThoughLeft) expect(granted.get(numbered[seq]?.[1] ?? '')).toBe(2)
      }),
      { numRuns: 300 },
    )
  })
})

describe('reading a second sale', () => {
  const sound = { stock: 3, capPerPerson: 2, requests: [{ seq: 1, id: 'A', want: 1 }] }

  test('what is sound is read, with and without caps', () => {
    expect(parseSecondSale(sound)).toEqual({ sale: sound })
    expect(parseSecondSale({ ...sound, caps: { A: 0 } })).toEqual({
      sale: { ...sound, caps: new Map([['A', 0]]) },
    })
  })

  test.each([
    ['', []],
    ['stock', { ...sound, stock: -1 }],
    ['stock', { ...sound, stock: '3' }],
    ['capPerPerson', { stock: 3, requests: [] }],
    ['requests', { ...sound, requests: {} }],
    ['requests[0].want', { ...sound, requests: [{ seq: 1, id: 'A', want: 0 }] }],
    ['requests[0].want', { ...sound, requests: [{ seq: 1, id: 'A', want: 1.5 }] }],
    ['requests[0].id', { ...sound, requests: [{ seq: 1, want: 1 }] }],
    ['requests[0].seq', { ...sound, requests: [{ seq: -1, id: 'A', want: 1 }] }],
    ['requests[1].seq', { ...sound, requests: [...sound.requests, ...sound.requests] }],
    ['requests[0].name', { ...sound, requests: [{ seq: 1, id: 'A', want: 1, name: 'x' }] }],
    ['caps.A', { ...sound, caps: { A: -1 } }],
    ['caps', { ...sound, caps: null }],
    ['note', { ...sound, note: 'x' }],
  ])('refused at %j: %j', (path, value) => {
    const parsed = parseSecondSale(value)
    expect('faults' in parsed && parsed.faults.map((fault) => fault.path)).toEqual([path])
  })
})
