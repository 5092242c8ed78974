/** A payment as the stream of a shop tells it, or the list of its day. */
export type ShopPayment = Readonly<{
  redemptionId: string
  isPrinted: boolean
  acceptedAt: string
  voidedYen: number
}>

/** The payments that this till has told of since the app was opened, on whatever screen it was since. */
const announced = new Set<string>()

/** A stream begins with what happened a minute ago; that is told already, or too late. */
const FRESH_MS = 30_000

/** Whether a payment is to be told at the counter: at the printed code, just now, and once. */
export function announce(payment: ShopPayment, now: number): boolean {
  const { redemptionId, isPrinted, acceptedAt, voidedYen } = payment
  const isNews =
    isPrinted &&
    voidedYen === 0 &&
    now - Date.parse(acceptedAt) < FRESH_MS &&
    !announced.has(redemptionId)
  if (isNews) announced.add(redemptionId)
  return isNews
}
