import { compareCodePoints } from './draw-order.ts'
import type { Instant, Period } from './time.ts'
import { isWithin } from './time.ts'
import type { Yen } from './yen.ts'
import { yen } from './yen.ts'

/** Vouchers of one kind from one purchase: what is left of them, and where and when it may be spent. */
export type Lot = Readonly<{
  lotId: string
  campaignId: string
  /** The kind's code, such as 共通券 or 限定券. Means something only within its campaign. */
  kind: string
  remaining: Yen
  /** The first moment at which these vouchers are void: midnight after their last day. */
  expiresAt: Instant
  /** The campaign's spending period. */
  use: Period
  /** The shop classes that take this kind, each named once. */
  acceptedBy: readonly string[]
  /** What one payment code may move before the payer has to confirm. */
  perCodeYenMax: Yen
  /** The smallest payment the campaign allows. */
  minYen: Yen
}>

/** An amount of one kind of voucher of one campaign. */
export type KindYen = Readonly<{ campaignId: string; kind: string; yen: Yen }>

/**
 * Which of two lots is spent first: negative when it is `a`.
 *
 * The lot that expires first; of those, the kind that fewer shop classes take, because it is
 * the harder one to spend elsewhere; then by kind code and by lot id, so that the same wallet
 * is always spent in the same order. Nobody can choose another order.
 */
export function bySpendingOrder(a: Lot, b: Lot): number {
  return (
    a.expiresAt - b.expiresAt ||
    a.acceptedBy.length - b.acceptedBy.length ||
    compareCodePoints(a.kind, b.kind) ||
    compareCodePoints(a.lotId, b.lotId)
  )
}

/** Whether a lot may be spent at a moment at all: its campaign's spending period runs, it has not expired. */
export const isSpendable = (lot: Lot, at: Instant): boolean =>
  isWithin(lot.use, at) && at < lot.expiresAt

/** Adds up amounts per campaign and kind, in the order in which the kinds first appear. */
export function sumByKind(amounts: Iterable<KindYen>): readonly KindYen[] {
  const sums: { campaignId: string; kind: string; yen: Yen }[] = []
  for (const { campaignId, kind, yen: amount } of amounts) {
    const sum = sums.find((each) => each.kind === kind && each.campaignId === campaignId)
    if (sum) sum.yen = yen(sum.yen + amount)
    else sums.push({ campaignId, kind, yen: amount })
  }
  return sums
}
