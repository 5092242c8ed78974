import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Payable,
  payableOf,
  redemptionFee,
  type ShopPayable,
  type StatementLine,
  statementOf,
  transfersOf,
  yen,
} from './index.ts'

const facts = (
  given: Partial<Record<'redemptions' | 'voids' | 'carried' | 'returned', number>> & {
    feeBps?: number
    minimum?: number
    held?: boolean
  },
) => ({
  redemptionsYen: yen(given.redemptions ?? 0),
  voidsYen: yen(given.voids ?? 0),
  carriedYen: yen(given.carried ?? 0),
  returnedYen: yen(given.returned ?? 0),
  feeBps: given.feeBps ?? 0,
  minimumYen: yen(given.minimum ?? 0),
  held: given.held ?? false,
})

test('redemptions less voids, with what was carried and what came back, less the fee', () => {
  const payable = payableOf(
    facts({ redemptions: 60_999, voids: 1000, carried: -500, returned: 7000, feeBps: 100 }),
  )
  expect(payable).toEqual({ kind: 'paid', paidYen: 65_900, feeYen: 599, carriedNextYen: 0 })
})

test.each([
  ['a fee is rounded down', 9999, 100, 99],
  ['to nothing below a whole yen', 99, 100, 0],
  ['and is given back by the same rounding', -9999, 100, -99],
  ['a correction of 9,000 gives 90 back', -9000, 100, -90],
  ['no fee', 1_000_000, 0, 0],
  ['all of it', 1_000_000, 10_000, 1_000_000],
  ['exact where the product is not', 9_007_199_254_740_991, 9999, 9_006_298_534_815_516],
])('%s', (_why, net, bps, fee) => {
  expect(redemptionFee(yen(net), bps)).toBe(fee)
})

test.each([
  ['below the minimum by a yen', { redemptions: 9999, minimum: 10_000 }, 'below_minimum', 9999],
  ['a shop that is held', { redemptions: 20_000, held: true }, 'held', 20_000],
  ['a held shop that owes', { voids: 3, held: true }, 'held', -3],
  ['nothing', {}, 'nothing_owed', 0],
  ['more voids than redemptions', { redemptions: 1000, voids: 1001 }, 'nothing_owed', -1],
  ['a debt from before', { redemptions: 1000, carried: -1000 }, 'nothing_owed', 0],
])('nothing is paid and all of it carried: %s', (_fact, given, why, carriedNextYen) => {
  expect(payableOf(facts(given))).toEqual({
    kind: 'carried',
    why,
    paidYen: 0,
    feeYen: 0,
    carriedNextYen,
  })
})

test('the minimum itself is paid', () => {
  expect(payableOf(facts({ redemptions: 10_000, minimum: 10_000 }))).toMatchObject({
    kind: 'paid',
    paidYen: 10_000,
  })
})

const someRun = fc.record({
  redemptions: fc.integer({ min: 0, max: 3_000_000 }),
  voids: fc.integer({ min: 0, max: 300_000 }),
  returned: fc.constantFrom(0, 0, 0, 12_345),
  held: fc.boolean(),
})

test('over any number of runs, paid + carried = redeemed − voided + returned − fees', () => {
  fc.assert(
    fc.property(
      fc.array(someRun, { maxLength: 12 }),
      fc.integer({ min: 0, max: 500 }),
      fc.constantFrom(0, 10_000),
      (runs, feeBps, minimum) => {
        let carried = 0
        let paid = 0
        let owed = 0
        for (const run of runs) {
          const payable = payableOf(facts({ ...run, carried, feeBps, minimum }))
          expect(payable.paidYen === 0 || payable.paidYen >= Math.max(1, minimum)).toBe(true)
          expect(payable.paidYen > 0 && run.held).toBe(false)
          expect(payable.paidYen > 0 && payable.carriedNextYen !== 0).toBe(false)
          paid += payable.paidYen
          carried = payable.carriedNextYen
          owed += run.redemptions - run.voids + run.returned - payable.feeYen
        }
        expect(paid + carried).toBe(owed)
      },
    ),
    { numRuns: 500 },
  )
})

test('a fee charged and given back for the same net is nothing in the end', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1_000_000_000 }),
      fc.integer({ min: 0, max: 10_000 }),
      (net, bps) => {
        expect(redemptionFee(yen(net), bps) + redemptionFee(yen(-net), bps)).toBe(0)
      },
    ),
  )
})

const paid = (amount: number): Payable => payableOf(facts({ redemptions: amount }))
const owes = (amount: number): Payable => payableOf(facts({ voids: amount }))

test('shops that share an account share one transfer, and are never netted', () => {
  const transfers = transfersOf([
    { shopId: 'みらい書店 2号店', payeeAccountId: 'B', payable: paid(2000) },
    { shopId: 'みらい鮮魚', payeeAccountId: 'A', payable: paid(500) },
    { shopId: 'みらい書店 1号店', payeeAccountId: 'B', payable: paid(1000) },
    { shopId: 'みらい書店 3号店', payeeAccountId: 'B', payable: owes(2500) },
    { shopId: 'みらい理容', payeeAccountId: 'C', payable: owes(1) },
  ])
  expect(transfers).toEqual([
    { payeeAccountId: 'A', amountYen: 500, shops: [{ shopId: 'みらい鮮魚', paidYen: 500 }] },
    {
      payeeAccountId: 'B',
      amountYen: 3000,
      shops: [
        { shopId: 'みらい書店 1号店', paidYen: 1000 },
        { shopId: 'みらい書店 2号店', paidYen: 2000 },
      ],
    },
  ])
})

test('transfers add up to what is paid, one per account, in whatever order shops come', () => {
  const somePayables = fc.uniqueArray(
    fc.record({
      shopId: fc.integer({ min: 0, max: 99 }).map((no) => `S${no}`),
      payeeAccountId: fc.constantFrom('A', 'B', 'C', 'D'),
      payable: fc
        .integer({ min: -5000, max: 5000 })
        .map((net) => (net > 0 ? paid(net) : owes(-net))),
    }),
    { selector: (payable) => payable.shopId, maxLength: 20 },
  )
  fc.assert(
    fc.property(somePayables, (payables: ShopPayable[]) => {
      const transfers = transfersOf(payables)
      const total = payables.reduce((sum, { payable }) => sum + payable.paidYen, 0)
      expect(transfers.reduce((sum, transfer) => sum + transfer.amountYen, 0)).toBe(total)
      const accounts = payables.filter(({ payable }) => payable.kind === 'paid')
      expect(transfers.length).toBe(new Set(accounts.map((each) => each.payeeAccountId)).size)
      expect(transfersOf(payables.toReversed())).toEqual(transfers)
    }),
    { numRuns: 300 },
  )
})

const line = (kind: StatementLine['kind'], parts: Record<string, number>): StatementLine => ({
  kind,
  parts: Object.entries(parts).map(([code, amount]) => ({ code, yen: yen(amount) })),
})

test("a statement's totals are the sums of its lines, a correction counted once", () => {
  const { totals, payable } = statementOf({
    lines: [
      line('redemption', { COMMON: 1000, LIMITED: 500 }),
      line('redemption', { COMMON: 3000 }),
      line('void', { LIMITED: 500 }),
      line('correction', { COMMON: 700 }),
    ],
    carriedYen: yen(-100),
    returnedYen: yen(0),
    feeBps: 100,
    minimumYen: yen(0),
    held: false,
  })
  expect(totals).toEqual({
    redemptions: { count: 2, yen: 4500 },
    voids: { count: 1, yen: 500 },
    corrections: { count: 1, yen: 700 },
    byKind: { COMMON: { count: 2, yen: 4000 }, LIMITED: { count: 1, yen: 500 } },
    carriedYen: -100,
    returnedYen: 0,
    feeBps: 100,
    feeYen: 33,
    paidYen: 3167,
    carriedNextYen: 0,
  })
  expect(payable.kind).toBe('paid')
})
