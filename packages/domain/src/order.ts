import { assert } from './assert.ts'
import { type Campaign, type CampaignTerms, unpaidReleasedAt } from './campaign.ts'
import type { Instant, Period } from './time.ts'

/**
 * 購入: units being bought. Reserved until it is paid, declined or lapsed; money that came and
 * cannot become vouchers is due back, and then refunded.
 */
export type OrderState = 'reserved' | 'paid' | 'declined' | 'lapsed' | 'refund_due' | 'refunded'

/** What an applicant won, and what became of it so far, in units. */
export type Win = Readonly<{ won: number; reserved: number; paid: number; released: number }>

/** The units anyone may buy in the second sale, and the number of the last order in it. */
export type Stock = Readonly<{ free: number; seq: number }>

export type PayMethod = 'card' | 'slip'

/** The two sales: a win in the payment period, and what was left over. */
export type Sale = 'win' | 'second_sale'

export const unitsLeft = ({ won, reserved, paid, released }: Win): number =>
  won - reserved - paid - released

/** The most one person may own of a campaign; a group may have a cap of its own. */
export function capOfPerson({ caps, allocation }: CampaignTerms, group: string | null): number {
  if (allocation.groups === 'together' || group === null) return caps.perPersonUnits
  return allocation.groupCaps.get(group) ?? caps.perPersonUnits
}

export type WindowRefusal =
  | Readonly<{ kind: 'pay_not_open'; opensAt: Instant; closesAt: Instant }>
  | Readonly<{ kind: 'pay_over'; closedAt: Instant }>

/** Ordered: when several apply, the first is the one reported. */
export type WinOrderRefusal =
  | WindowRefusal
  | Readonly<{ kind: 'units_over_win'; unitsLeft: number; unitsWon: number }>

export type WinOrderDecision =
  | Readonly<{ kind: 'reserved'; win: Win }>
  | Readonly<{ kind: 'refused'; refusal: WinOrderRefusal }>

/**
 * Decides whether units of a win may be bought now. A win may be paid in several orders.
 *
 * Reserved, paid and released units together never exceed the win.
 */
export function decideWinOrder(
  facts: Readonly<{ units: number; win: Win; pay: Period; now: Instant }>,
): WinOrderDecision {
  const { units, win, pay, now } = facts
  assert(units >= 1, 'an order is for at least one unit')
  const closed = windowRefusal(pay, now)
  if (closed !== null) return { kind: 'refused', refusal: closed }
  const left = unitsLeft(win)
  if (units > left)
    return {
      kind: 'refused',
      refusal: { kind: 'units_over_win', unitsLeft: left, unitsWon: win.won },
    }
  return { kind: 'reserved', win: { ...win, reserved: win.reserved + units } }
}

/** Units of one person by what was counted: paid and reserved ones, in the second sale and in all. */
export type OwnedUnits = Readonly<{ secondSale: number; all: number }>

export type SecondSaleCaps = Readonly<{ secondSale: number; person: number }>

/** What a person may still buy in the second sale: the smaller of what the two caps leave. */
export const secondSaleCapLeft = (caps: SecondSaleCaps, owned: OwnedUnits): number =>
  Math.max(0, Math.min(caps.secondSale - owned.secondSale, caps.person - owned.all))

/** Ordered: when several apply, the first is the one reported. */
export type SecondSaleRefusal =
  | WindowRefusal
  | Readonly<{ kind: 'second_sale_not_ready' }>
  | Readonly<{ kind: 'person_cap'; secondSaleUnitsMax: number; unitsMax: number }>
  | Readonly<{ kind: 'sold_out' }>

export type SecondSaleDecision =
  | Readonly<{ kind: 'reserved'; units: number; stock: Stock }>
  | Readonly<{ kind: 'refused'; refusal: SecondSaleRefusal }>

/**
 * Decides what one order of the second sale gets: first come, first served by the stock's number.
 *
 * Given is what is wanted, at most what the person's caps and the stock leave, so a grant may be
 * partial. Nothing is for sale before the unpaid wins have come back to the stock.
 */
export function decideSecondSaleOrder(
  facts: Readonly<{
    units: number
    stock: Stock
    caps: SecondSaleCaps
    owned: OwnedUnits
    window: Period
    wasReleased: boolean
    now: Instant
  }>,
): SecondSaleDecision {
  const { units, stock, caps, owned, window, wasReleased, now } = facts
  assert(units >= 1, 'an order is for at least one unit')
  const closed = windowRefusal(window, now)
  if (closed !== null) return { kind: 'refused', refusal: closed }
  if (!wasReleased) return { kind: 'refused', refusal: { kind: 'second_sale_not_ready' } }
  const capLeft = secondSaleCapLeft(caps, owned)
  if (capLeft === 0) {
    const { secondSale: secondSaleUnitsMax, person: unitsMax } = caps
    return { kind: 'refused', refusal: { kind: 'person_cap', secondSaleUnitsMax, unitsMax } }
  }
  if (stock.free === 0) return { kind: 'refused', refusal: { kind: 'sold_out' } }
  const granted = Math.min(units, capLeft, stock.free)
  return {
    kind: 'reserved',
    units: granted,
    stock: { free: stock.free - granted, seq: stock.seq + 1 },
  }
}

function windowRefusal(window: Period, now: Instant): WindowRefusal | null {
  if (now < window.from)
    return { kind: 'pay_not_open', opensAt: window.from, closesAt: window.until }
  return now < window.until ? null : { kind: 'pay_over', closedAt: window.until }
}

const DAY_MS = 86_400_000
const SLIP_IN_SECOND_SALE_MS = 3 * DAY_MS
const CARD_ANSWER_MS = 30 * 60_000
const STORE_REPORT_MS = 2 * DAY_MS

/**
 * The moment before which an order has to be paid: the end of its sale.
 * A slip of the second sale has three days at most, because it holds units that others want.
 */
export function payByOf(
  facts: Readonly<{ method: PayMethod; sale: Sale; window: Period; placedAt: Instant }>,
): Instant {
  const { method, sale, window, placedAt } = facts
  return method === 'slip' && sale === 'second_sale'
    ? Math.min(window.until, placedAt + SLIP_IN_SECOND_SALE_MS)
    : window.until
}

/**
 * When a reserved order that nobody heard of again gives its units back: a slip two days after its
 * last day, because stores report late; a card half an hour after it was tried.
 */
export const lapsesAt = (
  order: Readonly<{ method: PayMethod; placedAt: Instant; payBy: Instant }>,
): Instant =>
  order.method === 'card' ? order.placedAt + CARD_ANSWER_MS : order.payBy + STORE_REPORT_MS

/** The latest moments of the orders that have lapsed by `now`, for finding all of them at once. */
export const lapsedBefore = (
  now: Instant,
): Readonly<{ cardPlacedAt: Instant; slipPayBy: Instant }> => ({
  cardPlacedAt: now - CARD_ANSWER_MS,
  slipPayBy: now - STORE_REPORT_MS,
})

/** A win after its unpaid units went back: what was reserved has lapsed, and only the paid ones stay. */
export function releaseWin(win: Win): Readonly<{ win: Win; units: number }> {
  const units = win.won - win.paid - win.released
  return { win: { ...win, reserved: 0, released: win.released + units }, units }
}

export type ReleaseRefusal = Readonly<{ kind: 'release_not_due'; dueAt: Instant }>

/** Why unpaid wins cannot be released yet: not before two days after the end of `pay`. */
export function releaseRefusal(campaign: Campaign, now: Instant): ReleaseRefusal | null {
  const dueAt = unpaidReleasedAt(campaign)
  return now < dueAt ? { kind: 'release_not_due', dueAt } : null
}
