import { assert } from './assert.ts'
import type { CampaignTerms } from './campaign.ts'
import { partsOf } from './campaign.ts'
import { type Yen, yen } from './yen.ts'

/** What the ward adds to one part of a unit, and what that part is worth with it. */
export type KindPremium = Readonly<{ code: string; premiumYen: Yen; faceYen: Yen }>

/** The premium of each kind of a campaign, in the order of its unit's parts. */
export const kindPremiums = (campaign: CampaignTerms): readonly KindPremium[] =>
  partsOf(campaign).map(({ code, faceYen, priceYen }) => ({
    code,
    premiumYen: yen(faceYen - priceYen),
    faceYen,
  }))

/**
 * The premium in what was used of a kind since the campaign began: used × premium ÷ face,
 * rounded down once, on the total.
 *
 * Rounding each payment would lose yen (seven of ¥999: 1,162 instead of 1,165). Exact beyond
 * 2^53 in between; throws only where the premium itself is beyond it.
 */
export const premiumOfUsed = (kind: KindPremium, usedYen: Yen): Yen =>
  fromBig(premiumOf(kind, BigInt(usedYen)))

/** The same for totals that a number cannot hold. Rounds towards less, below zero too. */
export function premiumOf(kind: KindPremium, usedYen: bigint): bigint {
  const face = BigInt(kind.faceYen)
  assert(face > 0n, `a part of kind ${kind.code} is worth something`)
  const product = usedYen * BigInt(kind.premiumYen)
  const truncated = product / face
  return product < 0n && truncated * face !== product ? truncated - 1n : truncated
}

/** What of a kind ended unused, and whose money that is. */
export type ExpiredKind = Readonly<{ faceYen: Yen; premiumYen: Yen; principalYen: Yen }>

/**
 * Splits what expires of a kind into the ward's premium and the buyers' principal.
 *
 * The premium is the premium sold less the premium used, so that used and expired together are
 * exactly what was sold: nothing is lost to rounding.
 */
export function expiredOf(
  kind: KindPremium,
  sold: Readonly<{ soldUnits: number; usedYen: Yen }>,
): ExpiredKind {
  const units = BigInt(sold.soldUnits)
  const face = units * BigInt(kind.faceYen) - BigInt(sold.usedYen)
  assert(face >= 0n, `no more of kind ${kind.code} is used than was sold`)
  const premium = units * BigInt(kind.premiumYen) - premiumOf(kind, BigInt(sold.usedYen))
  return {
    faceYen: fromBig(face),
    premiumYen: fromBig(premium),
    principalYen: fromBig(face - premium),
  }
}

const fromBig = (amount: bigint): Yen => yen(Number(amount))
