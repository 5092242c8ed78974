import type { Campaign, DrawResult, Order, Receipt, Wallet } from '../answers.ts'
import { daysUntil, isIn } from '../days.ts'

/** What a person has in one campaign. Null: none, or not told yet. */
export type Own = Readonly<{ application: Receipt | null; result: DrawResult | null }>

export type Facts = Readonly<{
  /** Server time. */
  now: number
  campaigns: readonly Campaign[]
  ownOf: (campaign: string) => Own | undefined
  orders: readonly Order[]
  wallet: Wallet | undefined
  hasDevice: boolean
  hasOpenPayment: boolean
}>

/** Something to do next, with what its card says. `due` is the moment by which it has to be done. */
export type NextStep =
  | Readonly<{ kind: 'resolve_payment'; due: null }>
  | Readonly<{ kind: 'wallet_stopped'; due: null }>
  | Readonly<{ kind: 'register_device'; due: null }>
  | Readonly<{ kind: 'pay_slip'; orderId: string; yen: number; due: number }>
  | Readonly<{ kind: 'card_waits'; orderId: string; due: null }>
  | Readonly<{ kind: 'pay_win'; campaign: string; units: number; due: number }>
  | Readonly<{ kind: 'apply'; campaign: string; name: string; due: number }>
  | Readonly<{ kind: 'second_sale'; campaign: string; name: string; due: number }>
  | Readonly<{ kind: 'expiring'; yen: number; lastDay: string; days: number; due: number }>
  | Readonly<{ kind: 'pay_later'; campaign: string; units: number; from: string; due: null }>
  | Readonly<{ kind: 'wait_for_result'; campaign: string; at: string; due: null }>

/** Vouchers that are worth something for so many more days are not spoken of yet. */
const EXPIRY_DAYS = 30

/**
 * What a person can do next, the most urgent first: what is broken, then what has a last day, the
 * nearest first, then what is only to be waited for.
 */
export function nextSteps(facts: Facts): readonly NextStep[] {
  const { wallet, hasDevice, hasOpenPayment } = facts
  const first: NextStep[] = []
  if (hasOpenPayment) first.push({ kind: 'resolve_payment', due: null })
  if (wallet !== undefined && wallet.stoppedAt !== null)
    first.push({ kind: 'wallet_stopped', due: null })
  else if (wallet !== undefined && wallet.spendableYen > 0 && !hasDevice)
    first.push({ kind: 'register_device', due: null })
  const rest = [
    ...facts.orders.flatMap(orderStep),
    ...facts.campaigns.flatMap((campaign) => campaignSteps(facts, campaign)),
    ...expirySteps(facts),
  ].toSorted((one, other) => (one.due ?? Infinity) - (other.due ?? Infinity))
  return [...first, ...rest]
}

function orderStep(order: Order): NextStep[] {
  const { orderId, state, method, priceYen: yen, payBy } = order
  if (state !== 'reserved') return []
  return method === 'slip'
    ? [{ kind: 'pay_slip', orderId, yen, due: Date.parse(payBy) }]
    : [{ kind: 'card_waits', orderId, due: null }]
}

function campaignSteps({ now, ownOf }: Facts, it: Campaign): NextStep[] {
  const own = ownOf(it.code)
  // Before it is known what somebody has, nothing is asked of them.
  if (own === undefined) return []
  const { windows, code: campaign, name } = it
  const hasApplied = own.application?.state === 'active'
  const units = own.result === null ? 0 : unitsToPay(own.result)
  if (isIn(windows.apply, now))
    return hasApplied
      ? [{ kind: 'wait_for_result', campaign, at: windows.resultsAt, due: null }]
      : [{ kind: 'apply', campaign, name, due: Date.parse(windows.apply.until) }]
  if (units > 0 && isIn(windows.pay, now))
    return [{ kind: 'pay_win', campaign, units, due: Date.parse(windows.pay.until) }]
  if (units > 0 && now < Date.parse(windows.pay.from))
    return [{ kind: 'pay_later', campaign, units, from: windows.pay.from, due: null }]
  if (windows.secondSale !== null && isIn(windows.secondSale, now))
    return [{ kind: 'second_sale', campaign, name, due: Date.parse(windows.secondSale.until) }]
  const isWaiting = hasApplied && own.result === null && now < Date.parse(windows.pay.from)
  return isWaiting ? [{ kind: 'wait_for_result', campaign, at: windows.resultsAt, due: null }] : []
}

/** Units of a win that are neither paid nor reserved nor given back. */
export const unitsToPay = (result: DrawResult): number =>
  result.unitsWon - result.unitsPaid - result.unitsReserved - result.unitsReleased

function expirySteps({ wallet, now }: Facts): NextStep[] {
  if (wallet === undefined) return []
  const byDay = new Map<string, number>()
  for (const { lastDay, remainingYen } of wallet.balances)
    byDay.set(lastDay, (byDay.get(lastDay) ?? 0) + remainingYen)
  return [...byDay].flatMap(([lastDay, yen]) => {
    const days = daysUntil(lastDay, now)
    if (yen === 0 || days < 0 || days > EXPIRY_DAYS) return []
    const due = Date.parse(`${lastDay}T23:59:59+09:00`)
    return [{ kind: 'expiring', yen, lastDay, days, due } as const]
  })
}
