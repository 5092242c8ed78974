import type { DayPayment } from './day.ts'

/** What is left of a payment. */
export const leftOf = ({ amountYen, voidedYen }: DayPayment): number => amountYen - voidedYen

/** How long staff may take a payment back; afterwards the owner can. */
export const STAFF_VOID_MS = 15 * 60_000

/** Who may void a payment as far as this screen can tell; the service decides. */
export function voidableBy(
  payment: DayPayment,
  { now, isOwner }: Readonly<{ now: number; isOwner: boolean }>,
): 'staff' | 'owner' | 'nobody' | 'owner_only' {
  if (leftOf(payment) === 0) return 'nobody'
  if (isOwner) return 'owner'
  return now - Date.parse(payment.acceptedAt) < STAFF_VOID_MS ? 'staff' : 'owner_only'
}
