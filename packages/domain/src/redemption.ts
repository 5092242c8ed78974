import { assert } from './assert.ts'
import type { KindYen, Lot } from './lot.ts'
import { bySpendingOrder, isSpendable, sumByKind } from './lot.ts'
import type { RedemptionRefusal } from './redemption-refusal.ts'
import type { Instant } from './time.ts'
import type { Yen } from './yen.ts'
import { minYen, yen } from './yen.ts'

/** A shop as the redemption sees it: its class decides which kinds it takes. */
export type Shop = Readonly<
  | { kind: 'active'; shopClass: string }
  | { kind: 'suspended'; shopClass: string; since: Instant }
  | { kind: 'left'; shopClass: string; since: Instant }
>

export type RedemptionFacts = Readonly<{
  amount: Yen
  /** The wallet's lots, in any order. */
  lots: readonly Lot[]
  shop: Shop
  till: Readonly<{ revokedAt: Instant | null; expiresAt: Instant | null }>
  device: Readonly<{ revokedAt: Instant | null }>
  wallet: Readonly<{ stoppedAt: Instant | null }>
  /** When the phone signed its code, in server time. */
  codeIssuedAt: Instant
  /** Whether the payer confirmed this amount on the own phone. */
  confirmed: boolean
  decidedAt: Instant
}>

/** What one lot gives, and what it then still holds. */
export type Take = KindYen & Readonly<{ lotId: string; remaining: Yen }>

export type RedemptionDecision =
  | Readonly<{ kind: 'accepted'; takes: readonly Take[] }>
  | Readonly<{ kind: 'refused'; refusal: RedemptionRefusal }>

/** A payment code lives a minute from its signing … */
export const CODE_LIFETIME_MS = 60_000
/** … and clocks may differ by this much, at its beginning and at its end. */
export const CLOCK_TOLERANCE_MS = 5_000

/**
 * Decides whether a shop may take `amount` from a wallet, and from which vouchers.
 *
 * Vouchers count when their campaign's spending period runs, they have not expired, and
 * this class of shop takes their kind. They are spent in `bySpendingOrder`, all of the amount
 * or none of it, to the yen and without change. When several reasons against it apply, the
 * answer is the first in `refusalOrder`.
 *
 * The caller has already looked for an earlier answer to the same code: that comes first.
 * Pure: reads no clock, so the same facts give the same decision on the server and on a phone.
 */
export function decideRedemption(facts: RedemptionFacts): RedemptionDecision {
  const { amount, lots, codeIssuedAt, confirmed, decidedAt } = facts
  assert(amount > 0, 'a redemption moves at least ¥1')

  const stop = stopOf(facts)
  if (stop) return refused(stop)

  const spendable = spendableOf(facts)
  if (spendable.isClosed) return refused({ kind: 'campaign_closed', windows: windowsOf(lots) })

  const validUntil = codeIssuedAt + CODE_LIFETIME_MS + CLOCK_TOLERANCE_MS
  if (decidedAt >= validUntil)
    return refused({ kind: 'code_expired', issuedAt: codeIssuedAt, validUntil })
  const validFrom = codeIssuedAt - CLOCK_TOLERANCE_MS
  if (decidedAt < validFrom)
    return refused({ kind: 'code_not_yet_valid', issuedAt: codeIssuedAt, validFrom })

  const { limits } = spendable
  if (limits && amount < limits.minYen)
    return refused({ kind: 'amount_too_small', minYen: limits.minYen })
  if (limits && amount > limits.perCodeYenMax && !confirmed)
    return refused({ kind: 'confirmation_needed', perCodeYenMax: limits.perCodeYenMax })
  if (amount > spendable.total) return refused(shortfallOf(facts, spendable))

  return { kind: 'accepted', takes: takesFrom(spendable.lots, amount) }
}

/** What a payment would take, by kind: the decision itself, added up, so that it cannot differ from it. */
export function previewSplit(
  facts: RedemptionFacts,
):
  | Readonly<{ kind: 'accepted'; split: readonly KindYen[] }>
  | Readonly<{ kind: 'refused'; refusal: RedemptionRefusal }> {
  const decision = decideRedemption(facts)
  if (decision.kind === 'refused') return decision
  return { kind: 'accepted', split: sumByKind(decision.takes) }
}

const refused = (refusal: RedemptionRefusal): RedemptionDecision => ({ kind: 'refused', refusal })

/** Who was stopped: the shop, its till, the payer's phone, the wallet, in this order. */
function stopOf({ shop, till, device, wallet, decidedAt }: RedemptionFacts) {
  if (shop.kind === 'suspended') return { kind: 'shop_suspended', since: shop.since } as const
  if (shop.kind === 'left') return { kind: 'shop_left', since: shop.since } as const
  if (till.revokedAt !== null) return { kind: 'till_revoked', revokedAt: till.revokedAt } as const
  if (till.expiresAt !== null && decidedAt >= till.expiresAt)
    return { kind: 'till_expired', expiresAt: till.expiresAt } as const
  if (device.revokedAt !== null)
    return { kind: 'device_revoked', revokedAt: device.revokedAt } as const
  if (wallet.stoppedAt !== null)
    return { kind: 'wallet_stopped', stoppedAt: wallet.stoppedAt } as const
  return null
}

type Spendable = Readonly<{
  /** The lots that count at this shop, in spending order. */
  lots: readonly Lot[]
  total: Yen
  /** The strictest limits among those lots; null where no lot counts. */
  limits: Readonly<{ minYen: Yen; perCodeYenMax: Yen }> | null
  /** The wallet holds value, and none of it may be spent at this moment anywhere. */
  isClosed: boolean
}>

/** One pass over the lots; sorts only lots that arrive out of order. */
function spendableOf({ lots, shop, decidedAt }: RedemptionFacts): Spendable {
  const counting: Lot[] = []
  let holdsValue = false
  let someOpen = false
  let inOrder = true
  let total = 0
  let limits: Spendable['limits'] = null
  let last: Lot | null = null
  for (const lot of lots) {
    assert(lot.remaining >= 0, 'no lot holds less than ¥0')
    if (lot.remaining === 0) continue
    holdsValue = true
    if (!isSpendable(lot, decidedAt)) continue
    someOpen = true
    if (!lot.acceptedBy.includes(shop.shopClass)) continue
    if (last && bySpendingOrder(last, lot) > 0) inOrder = false
    last = lot
    counting.push(lot)
    total += lot.remaining
    limits = limits ? stricter(limits, lot) : lot
  }
  if (!inOrder) counting.sort(bySpendingOrder)
  return { lots: counting, total: yen(total), limits, isClosed: holdsValue && !someOpen }
}

function stricter(limits: NonNullable<Spendable['limits']>, lot: Lot) {
  if (lot.minYen <= limits.minYen && lot.perCodeYenMax >= limits.perCodeYenMax) return limits
  return {
    minYen: lot.minYen > limits.minYen ? lot.minYen : limits.minYen,
    perCodeYenMax: minYen(lot.perCodeYenMax, limits.perCodeYenMax),
  }
}

/** Empties one lot after the other, in the order given, until the amount is there. */
function takesFrom(lots: readonly Lot[], amount: Yen): readonly Take[] {
  const takes: Take[] = []
  let left: Yen = amount
  for (const { lotId, campaignId, kind, remaining } of lots) {
    const taken = minYen(left, remaining)
    takes.push({ lotId, campaignId, kind, yen: taken, remaining: yen(remaining - taken) })
    left = yen(left - taken)
    if (left === 0) break
  }
  assert(left === 0, 'the vouchers taken add up to the amount')
  return takes
}

/** For each campaign of which the wallet holds vouchers: from when, and until when they last. */
function windowsOf(lots: readonly Lot[]) {
  const windows = new Map<string, { from: Instant; until: Instant }>()
  for (const { campaignId, remaining, use, expiresAt } of lots) {
    if (remaining === 0) continue
    const until = Math.min(use.until, expiresAt)
    const window = windows.get(campaignId)
    if (window) {
      window.from = Math.min(window.from, use.from)
      window.until = Math.max(window.until, until)
    } else windows.set(campaignId, { from: use.from, until })
  }
  return [...windows].map(([campaignId, window]) => ({ campaignId, window }))
}

function shortfallOf(
  { lots, shop, decidedAt }: RedemptionFacts,
  spendable: Spendable,
): RedemptionRefusal {
  const others = lots
    .filter((lot) => lot.remaining > 0 && isSpendable(lot, decidedAt))
    .filter((lot) => !lot.acceptedBy.includes(shop.shopClass))
    .toSorted(bySpendingOrder)
  const elsewhere = sumByKind(others.map(held)).map((sum) => ({
    ...sum,
    acceptedBy: others.find((lot) => isOf(lot, sum))?.acceptedBy ?? [],
  }))
  const here = sumByKind(spendable.lots.map(held))
  return { kind: 'balance_too_small', spendableHere: spendable.total, here, elsewhere }
}

const held = ({ campaignId, kind, remaining }: Lot): KindYen => ({
  campaignId,
  kind,
  yen: remaining,
})

const isOf = (lot: Lot, { campaignId, kind }: KindYen): boolean =>
  lot.campaignId === campaignId && lot.kind === kind
