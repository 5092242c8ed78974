import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Lot } from './lot.ts'
import { bySpendingOrder } from './lot.ts'
import type { RedemptionFacts, Take } from './redemption.ts'
import { decideRedemption, previewSplit } from './redemption.ts'
import { yen } from './yen.ts'

const NOW = 1_000_000
const classes = ['SMALL', 'LARGE', 'MEDICAL'] as const
/** Three nested kinds: each is taken wherever a narrower one is. */
const nested = [
  { kind: 'LIMITED', acceptedBy: classes.slice(0, 1) },
  { kind: 'MIDDLE', acceptedBy: classes.slice(0, 2) },
  { kind: 'COMMON', acceptedBy: classes.slice(0, 3) },
]

const lotOf = (changes: Partial<Lot>): Lot => ({
  lotId: 'lot-1',
  campaignId: 'MIRAI2026',
  kind: 'COMMON',
  remaining: yen(1),
  expiresAt: NOW + 1_000,
  use: { from: 0, until: NOW + 9_000 },
  acceptedBy: classes,
  perCodeYenMax: yen(50_000),
  minYen: yen(1),
  ...changes,
})
const factsOf = (lots: readonly Lot[], shopClass: string, amount: number): RedemptionFacts => ({
  amount: yen(amount),
  lots,
  shop: { kind: 'active', shopClass },
  till: { revokedAt: null, expiresAt: null },
  device: { revokedAt: null },
  wallet: { stoppedAt: null },
  codeIssuedAt: NOW,
  confirmed: false,
  decidedAt: NOW,
})
const takesOf = (facts: RedemptionFacts): readonly Take[] => {
  const decision = decideRedemption(facts)
  return decision.kind === 'accepted' ? decision.takes : []
}

/** What each class of shop could still take, given what each lot holds. */
const spendableByClass = (lots: readonly Lot[], left: readonly number[]): readonly number[] =>
  classes.map((shopClass) =>
    lots.reduce(
      (sum, lot, at) => sum + (lot.acceptedBy.includes(shopClass) ? (left[at] ?? 0) : 0),
      0,
    ),
  )

/** Every way to take an amount from what is there: what each lot could hold afterwards. */
function everySplit(there: readonly number[], amount: number): readonly (readonly number[])[] {
  const [first, ...rest] = there
  if (first === undefined) return amount === 0 ? [[]] : []
  const most = Math.min(first, amount)
  return Array.from({ length: most + 1 }, (_, taken) =>
    everySplit(rest, amount - taken).map((left) => [first - taken, ...left]),
  ).flat()
}

/** The lots that a class takes; nothing can be taken from the others. */
const takable = (lots: readonly Lot[], shopClass: string): readonly number[] =>
  lots.map((lot) => (lot.acceptedBy.includes(shopClass) ? lot.remaining : 0))

const nestedLots = fc
  .array(fc.record({ rank: fc.nat(2), remaining: fc.integer({ min: 1, max: 4 }) }), {
    minLength: 1,
    maxLength: 5,
  })
  .map((specs) =>
    specs.map(({ rank, remaining }, at) =>
      lotOf({ lotId: `lot-${at}`, remaining: yen(remaining), ...nested[rank] }),
    ),
  )

describe('the spending order', () => {
  test('with equal expiry and nested kinds, no other split leaves more at any class of shop', () => {
    fc.assert(
      fc.property(nestedLots, fc.constantFrom(...classes), fc.nat(), (lots, shopClass, seed) => {
        const can = takable(lots, shopClass)
        const total = can.reduce((sum, each) => sum + each, 0)
        fc.pre(total > 0)
        const amount = 1 + (seed % total)
        const takes = takesOf(factsOf(lots, shopClass, amount))
        expect(takes.reduce((sum, take) => sum + take.yen, 0)).toBe(amount)
        const ours = spendableByClass(
          lots,
          lots.map((lot) => takes.find((t) => t.lotId === lot.lotId)?.remaining ?? lot.remaining),
        )
        for (const split of everySplit(can, amount)) {
          const left = lots.map((lot, at) => lot.remaining - (can[at] ?? 0) + (split[at] ?? 0))
          spendableByClass(lots, left).forEach((theirs, at) =>
            expect(ours[at]).toBeGreaterThanOrEqual(theirs),
          )
        }
      }),
      { numRuns: 300 },
    )
  })

  test('another order does leave less: the wide kind first, and the large shop gets nothing', () => {
    const [limited, , common] = nested.map((kind, at) =>
      lotOf({ ...kind, lotId: `lot-${at}`, remaining: yen(100) }),
    )
    const lots = [limited, common].filter((lot) => lot !== undefined)
    expect(spendableByClass(lots, [100, 0])).toEqual([100, 0, 0])
    const left = takesOf(factsOf(lots, 'SMALL', 100)).map((take) => take.lotId)
    expect(left).toEqual(['lot-0'])
    expect(spendableByClass(lots, [0, 100])).toEqual([100, 100, 100])
  })
})

/** Lots of every sort: nested or not, of several campaigns, some ended, some empty, some not begun. */
const anyLots = fc
  .array(
    fc.record({
      campaignId: fc.constantFrom('MIRAI2026', 'MIRAI2027'),
      kind: fc.constantFrom('COMMON', 'LIMITED'),
      remaining: fc.integer({ min: 0, max: 300 }).map(yen),
      expiresAt: fc.constantFrom(NOW - 1, NOW, NOW + 1, NOW + 1_000),
      use: fc.constantFrom(
        { from: 0, until: NOW + 9_000 },
        { from: NOW + 1, until: NOW + 9_000 },
        { from: 0, until: NOW },
      ),
      acceptedBy: fc.subarray([...classes], { minLength: 1 }),
    }),
    { maxLength: 12 },
  )
  .map((specs) => specs.map((spec, at) => lotOf({ ...spec, lotId: `lot-${at}` })))
const anyPayment = fc.record({
  lots: anyLots,
  shopClass: fc.constantFrom(...classes),
  amount: fc.integer({ min: 1, max: 1_500 }),
})

const isOpenNow = ({ use, expiresAt }: Lot): boolean =>
  use.from <= NOW && NOW < use.until && NOW < expiresAt
const countsHere = (lot: Lot, shopClass: string): boolean =>
  isOpenNow(lot) && lot.acceptedBy.includes(shopClass)

describe('whatever the wallet holds', () => {
  test('a payment is accepted exactly when the lots that count hold the amount', () => {
    fc.assert(
      fc.property(anyPayment, ({ lots, shopClass, amount }) => {
        const there = lots
          .filter((lot) => countsHere(lot, shopClass))
          .reduce((sum, lot) => sum + lot.remaining, 0)
        const decision = decideRedemption(factsOf(lots, shopClass, amount))
        const short = { kind: 'balance_too_small', spendableHere: there }
        const closed = { kind: 'campaign_closed' }
        const refusal = lots.some((lot) => lot.remaining > 0 && isOpenNow(lot)) ? short : closed
        const wanted = amount <= there ? { kind: 'accepted' } : { kind: 'refused', refusal }
        const isEmpty = lots.every((lot) => lot.remaining === 0)
        expect(decision).toMatchObject(isEmpty ? { refusal: short } : wanted)
      }),
      { numRuns: 500 },
    )
  })

  test('all that counts here can be spent at once, and not ¥1 more', () => {
    fc.assert(
      fc.property(anyPayment, ({ lots, shopClass }) => {
        const counting = lots.filter((lot) => countsHere(lot, shopClass))
        const there = counting.reduce((sum, lot) => sum + lot.remaining, 0)
        fc.pre(there > 0)
        expect(decideRedemption(factsOf(lots, shopClass, there)).kind).toBe('accepted')
        expect(decideRedemption(factsOf(lots, shopClass, there + 1))).toMatchObject({
          refusal: { kind: 'balance_too_small', spendableHere: there },
        })
      }),
      { numRuns: 300 },
    )
  })

  test('it takes the amount to the yen, only from lots that count, and no lot twice', () => {
    fc.assert(
      fc.property(anyPayment, ({ lots, shopClass, amount }) => {
        const takes = takesOf(factsOf(lots, shopClass, amount))
        fc.pre(takes.length > 0)
        expect(takes.reduce((sum, take) => sum + take.yen, 0)).toBe(amount)
        expect(new Set(takes.map((take) => take.lotId)).size).toBe(takes.length)
        for (const take of takes) {
          const lot = lots.find((each) => each.lotId === take.lotId)
          expect(lot && countsHere(lot, shopClass)).toBe(true)
          expect(take.yen).toBeGreaterThan(0)
          expect(take.remaining).toBeGreaterThanOrEqual(0)
          expect(take.yen + take.remaining).toBe(lot?.remaining)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('it empties each lot before it touches the next in spending order', () => {
    fc.assert(
      fc.property(anyPayment, ({ lots, shopClass, amount }) => {
        const takes = takesOf(factsOf(lots, shopClass, amount))
        fc.pre(takes.length > 0)
        expect(takes.slice(0, -1).every((take) => take.remaining === 0)).toBe(true)
        const inOrder = lots
          .filter((lot) => lot.remaining > 0 && countsHere(lot, shopClass))
          .toSorted(bySpendingOrder)
        const ids = takes.map((take) => take.lotId)
        expect(inOrder.slice(0, ids.length).map((lot) => lot.lotId)).toEqual(ids)
      }),
      { numRuns: 500 },
    )
  })

  test('the order in which lots are handed in changes nothing', () => {
    const shuffled = anyPayment.chain((payment) =>
      fc
        .shuffledSubarray(payment.lots, {
          minLength: payment.lots.length,
          maxLength: payment.lots.length,
        })
        .map((other) => ({ ...payment, other })),
    )
    fc.assert(
      fc.property(shuffled, ({ lots, other, shopClass, amount }) => {
        const takes = takesOf(factsOf(lots, shopClass, amount))
        expect(takesOf(factsOf(other, shopClass, amount))).toEqual(takes)
      }),
      { numRuns: 300 },
    )
  })

  test('the preview adds up to what the payment takes, kind by kind', () => {
    fc.assert(
      fc.property(anyPayment, ({ lots, shopClass, amount }) => {
        const facts = factsOf(lots, shopClass, amount)
        const preview = previewSplit(facts)
        const split = preview.kind === 'accepted' ? preview.split : []
        const takes = takesOf(facts)
        expect(preview.kind === 'accepted').toBe(takes.length > 0)
        for (const part of split) {
          const same = takes.filter(
            (take) => take.kind === part.kind && take.campaignId === part.campaignId,
          )
          expect(part.yen).toBe(same.reduce((sum, take) => sum + take.yen, 0))
        }
        expect(split.reduce((sum, part) => sum + part.yen, 0)).toBe(takes.length > 0 ? amount : 0)
      }),
      { numRuns: 300 },
    )
  })
})
