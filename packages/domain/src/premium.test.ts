import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { campaignJson, campaignOf } from '../tests/_campaign.ts'
import {
  expiredOf,
  type KindPremium,
  kindPremiums,
  premiumOf,
  premiumOfUsed,
  yen,
} from './index.ts'

const common: KindPremium = { code: 'COMMON', premiumYen: yen(1000), faceYen: yen(6000) }
const limited: KindPremium = { code: 'LIMITED', premiumYen: yen(1500), faceYen: yen(6500) }

test("a campaign's kinds carry their premium per part", () => {
  expect(kindPremiums(campaignOf(campaignJson()))).toEqual([common, limited])
})

test.each([
  ['all 共通券 of 80,000 units', common, 480_000_000, 80_000_000],
  ['all 限定券 of 80,000 units', limited, 520_000_000, 120_000_000],
  ['the worked ledger, 共通券', common, 41_000, 6833],
  ['the worked ledger, 限定券', limited, 19_999, 4615],
  ['nothing', common, 0, 0],
  ['five yen are not yet one of premium', common, 5, 0],
  ['six yen are', common, 6, 1],
  ['more given back than used', common, -1, -1],
  ['exactly one back', common, -6, -1],
  ['the largest whole number', common, Number.MAX_SAFE_INTEGER, 1_501_199_875_790_165],
] as const)('premium used: %s', (_why, kind, used, premium) => {
  expect(premiumOfUsed(kind, yen(used))).toBe(premium)
})

test('seven payments of ¥999 make one premium of 1,165, not seven that add up to 1,162', () => {
  expect(premiumOfUsed(common, yen(7 * 999)) + premiumOfUsed(common, yen(0))).toBe(1165)
  expect(7 * premiumOfUsed(common, yen(999))).toBe(1162)
})

test('what expires splits into premium and principal as in the worked ledger', () => {
  const parts = [
    expiredOf(common, { soldUnits: 9, usedYen: yen(41_000) }),
    expiredOf(limited, { soldUnits: 9, usedYen: yen(19_999) }),
  ]
  expect(parts.map((part) => part.faceYen)).toEqual([13_000, 38_501])
  expect(parts.reduce((sum, part) => sum + part.premiumYen, 0)).toBe(11_052)
  expect(parts.reduce((sum, part) => sum + part.principalYen, 0)).toBe(40_449)
})

test('more used than sold is our fault', () => {
  expect(() => expiredOf(common, { soldUnits: 1, usedYen: yen(6001) })).toThrow('no more of kind')
})

const someKind = fc
  .record({
    faceYen: fc.integer({ min: 1, max: 100_000 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ faceYen, share }): KindPremium => ({
    code: 'K',
    faceYen: yen(faceYen),
    premiumYen: yen(Math.floor(faceYen * share)),
  }))

test('premium used and premium expired are together exactly the premium sold', () => {
  fc.assert(
    fc.property(
      someKind,
      fc.integer({ min: 0, max: 1_000_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (kind, soldUnits, share) => {
        const usedYen = yen(Math.floor(soldUnits * kind.faceYen * share))
        const expired = expiredOf(kind, { soldUnits, usedYen })
        const used = premiumOfUsed(kind, usedYen)
        expect(used + expired.premiumYen).toBe(soldUnits * kind.premiumYen)
        expect(usedYen + expired.faceYen).toBe(soldUnits * kind.faceYen)
        expect(expired.premiumYen + expired.principalYen).toBe(expired.faceYen)
        expect(Math.min(expired.premiumYen, expired.principalYen, used)).toBeGreaterThanOrEqual(0)
      },
    ),
    { numRuns: 500 },
  )
})

test('the premium is the largest whole number that used × premium ÷ face reaches', () => {
  fc.assert(
    fc.property(someKind, fc.maxSafeInteger(), (kind, used) => {
      const premium = premiumOf(kind, BigInt(used))
      const product = BigInt(used) * BigInt(kind.premiumYen)
      const face = BigInt(kind.faceYen)
      expect(premium * face <= product && product < (premium + 1n) * face).toBe(true)
    }),
    { numRuns: 500 },
  )
})
