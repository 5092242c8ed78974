import { assert } from './assert.ts'
import { type OrderState, type Stock, unitsLeft, type Win } from './order.ts'
import type { Instant } from './time.ts'

/** Where an order's units come from and go back to. */
export type OrderSource = Readonly<{ kind: 'win'; win: Win }> | Readonly<{ kind: 'second_sale' }>

/** An order with the counters that it moves. */
export type OrderPlace = Readonly<{
  order: Readonly<{ state: OrderState; units: number }>
  source: OrderSource
  stock: Stock
}>

/** The counters afterwards. */
export type Counters = Readonly<{ source: OrderSource; stock: Stock }>

/** Why money that came cannot become vouchers. */
export type RefundReason = 'paid_late' | 'vouchers_ended' | 'over_cap' | 'sold_out'

export type PaymentDecision =
  | (Readonly<{ kind: 'issued' }> & Counters)
  | (Readonly<{ kind: 'refund_due'; reason: RefundReason }> & Counters)
  /** It was heard before. */
  | Readonly<{ kind: 'nothing_new' }>

/**
 * Decides what a successful payment becomes: vouchers, or a case for a refund.
 *
 * What counts is when it was paid, not when we heard of it. A payment in time takes the units that
 * its order holds. If the order holds none any more, because it was declined or has lapsed, the
 * payment takes what its win still has, and after the release what is left in the stock, for which
 * `capLeft`, the units this person may still have, must be enough. All of the order or nothing.
 *
 * A payment at or after `payBy`, after the vouchers' last day, above the cap, or for units that are
 * gone is a case. An order that was paid or is a case already stays as it is.
 */
export function decidePayment(
  facts: OrderPlace &
    Readonly<{ paidAt: Instant; payBy: Instant; endsAt: Instant; capLeft: number; now: Instant }>,
): PaymentDecision {
  const { order, source, stock, paidAt, payBy, endsAt, capLeft, now } = facts
  if (order.state === 'paid' || order.state === 'refund_due' || order.state === 'refunded')
    return { kind: 'nothing_new' }
  const late = paidAt >= payBy ? 'paid_late' : now >= endsAt ? 'vouchers_ended' : null
  if (late !== null) return { kind: 'refund_due', reason: late, ...giveBack(facts) }
  if (order.state === 'reserved')
    return { kind: 'issued', source: afterPaying(source, order.units), stock }
  const taken = takeAgain({ units: order.units, source, stock, capLeft })
  return 'reason' in taken
    ? { kind: 'refund_due', reason: taken.reason, source, stock }
    : { kind: 'issued', ...taken }
}

/** What the reserved units of a win become once they are paid; the second sale counts none. */
function afterPaying(source: OrderSource, units: number): OrderSource {
  if (source.kind === 'second_sale') return source
  const { win } = source
  assert(win.reserved >= units, 'a reserved order is counted in its win')
  return { kind: 'win', win: { ...win, reserved: win.reserved - units, paid: win.paid + units } }
}

/** Takes units for an order that holds none any more, in one go or not at all. */
function takeAgain({
  units,
  source,
  stock,
  capLeft,
}: Readonly<{
  units: number
  source: OrderSource
  stock: Stock
  capLeft: number
}>): Counters | Readonly<{ reason: 'over_cap' | 'sold_out' }> {
  const own = source.kind === 'win' ? Math.min(units, unitsLeft(source.win)) : 0
  const missing = units - own
  const back = source.kind === 'win' ? source.win.released : missing
  if (missing > back || (missing > 0 && units > capLeft)) return { reason: 'over_cap' }
  if (missing > stock.free) return { reason: 'sold_out' }
  const rest = { ...stock, free: stock.free - missing }
  if (source.kind === 'second_sale') return { source, stock: rest }
  const win = {
    ...source.win,
    released: source.win.released - missing,
    paid: source.win.paid + units,
  }
  assert(unitsLeft(win) >= 0, 'a win is never overbought')
  return { source: { kind: 'win', win }, stock: rest }
}

export type FailureDecision =
  | (Readonly<{ kind: 'given_back' }> & Counters)
  | Readonly<{ kind: 'nothing_new' }>

/**
 * Decides what a declined or expired payment does: a reserved order gives its units back, to its
 * win or to the stock. Any other order has moved on already, and what arrives late changes nothing.
 */
export const decideFailure = (place: OrderPlace): FailureDecision =>
  place.order.state === 'reserved'
    ? { kind: 'given_back', ...giveBack(place) }
    : { kind: 'nothing_new' }

/** The counters after an order gave up the units it holds; one that holds none gives none. */
function giveBack({ order, source, stock }: OrderPlace): Counters {
  if (order.state !== 'reserved') return { source, stock }
  if (source.kind === 'second_sale')
    return { source, stock: { ...stock, free: stock.free + order.units } }
  const { win } = source
  assert(win.reserved >= order.units, 'a reserved order is counted in its win')
  return { source: { kind: 'win', win: { ...win, reserved: win.reserved - order.units } }, stock }
}
