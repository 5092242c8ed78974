import { assert } from './assert.ts'
import { sumYen, type Yen, yen } from './yen.ts'

/** What a run pays to one shop, or why it pays nothing and carries all of it to the next run. */
export type Payable =
  | Readonly<{ kind: 'paid'; paidYen: Yen; feeYen: Yen; carriedNextYen: Yen }>
  | Readonly<{
      kind: 'carried'
      /** In this order: the first that applies is told. */
      why: 'held' | 'nothing_owed' | 'below_minimum'
      paidYen: Yen
      feeYen: Yen
      carriedNextYen: Yen
    }>

/** What a run knows of one shop. Yen; `carriedYen` may be negative, the others not. */
export type PayableFacts = Readonly<{
  redemptionsYen: Yen
  /** Voids of every kind, the federation's corrections after closing among them, once each. */
  voidsYen: Yen
  /** What earlier runs did not pay: held, below the minimum, or negative. */
  carriedYen: Yen
  /** Payouts that came back and whose account was corrected since. */
  returnedYen: Yen
  feeBps: number
  minimumYen: Yen
  /** The shop is held back (a suspicion of fraud): its payable stays. */
  held: boolean
}>

/**
 * What the federation keeps of a run's redemptions less voids, in 1/10,000.
 *
 * Rounded down once per shop and run, to the shop's good. Where voids outweigh redemptions the
 * fee is negative: it is given back by the same rounding.
 */
export function redemptionFee(netYen: Yen, feeBps: number): Yen {
  assert(Number.isInteger(feeBps) && feeBps >= 0 && feeBps <= 10_000, 'a fee is 0 to 10,000 bps')
  const size = (BigInt(Math.abs(netYen)) * BigInt(feeBps)) / 10_000n
  return yen(Number(netYen < 0 ? -size : size))
}

/**
 * Decides what a run pays to one shop.
 *
 * Redemptions less voids, with what was carried and what came back, less the fee. Zero or less,
 * below the minimum, or a held shop: nothing is paid and all of it is carried, so no yen is lost
 * between runs. Pure; the same facts always give the same payout.
 */
export function payableOf(facts: PayableFacts): Payable {
  const { redemptionsYen, voidsYen, carriedYen, returnedYen, minimumYen } = facts
  const sizes = [redemptionsYen, voidsYen, returnedYen, minimumYen]
  assert(!sizes.some((size) => size < 0), 'redemptions, voids, returns and the minimum are sizes')
  const netYen = yen(redemptionsYen - voidsYen)
  const feeYen = redemptionFee(netYen, facts.feeBps)
  const owedYen = yen(netYen + carriedYen + returnedYen - feeYen)
  const carried = { kind: 'carried', paidYen: yen(0), feeYen, carriedNextYen: owedYen } as const
  if (facts.held) return { ...carried, why: 'held' }
  if (owedYen <= 0) return { ...carried, why: 'nothing_owed' }
  if (owedYen < minimumYen) return { ...carried, why: 'below_minimum' }
  return { kind: 'paid', paidYen: owedYen, feeYen, carriedNextYen: yen(0) }
}

/** One shop's part of a run. */
export type ShopPayable = Readonly<{ shopId: string; payeeAccountId: string; payable: Payable }>

/** One bank transfer: the shops that share an account share it, each with its own statement. */
export type Transfer = Readonly<{
  payeeAccountId: string
  amountYen: Yen
  shops: readonly Readonly<{ shopId: string; paidYen: Yen }>[]
}>

/**
 * Groups a run's payables into transfers, one per payee account that gets money.
 *
 * Shops are never netted: one that owes does not lessen what another of the same owner is paid.
 * In order of account and shop id, so that the same run always makes the same file; the number
 * of transfers is the count in the file's trailer, and their sum is its amount.
 */
export function transfersOf(payables: readonly ShopPayable[]): readonly Transfer[] {
  const byAccount = new Map<string, { shopId: string; paidYen: Yen }[]>()
  for (const { shopId, payeeAccountId, payable } of payables) {
    if (payable.kind !== 'paid') continue
    const shops = byAccount.get(payeeAccountId) ?? []
    shops.push({ shopId, paidYen: payable.paidYen })
    byAccount.set(payeeAccountId, shops)
  }
  return [...byAccount]
    .toSorted(([a], [b]) => inOrder(a, b))
    .map(([payeeAccountId, shops]) => ({
      payeeAccountId,
      amountYen: sumYen(shops.map((shop) => shop.paidYen)),
      shops: shops.toSorted((a, b) => inOrder(a.shopId, b.shopId)),
    }))
}

const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
