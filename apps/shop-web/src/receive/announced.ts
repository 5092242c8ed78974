import type { dayReply, livePayment } from '@minnaken/redemption/contract'
import type { Reply } from '@minnaken/ui'

/** A payment as the stream of a shop tells it. */
export type ShopPayment = Reply<typeof livePayment>

/** The payments of a day that the stream would tell of: those at the printed code have their words. */
export const printedOn = ({
  payments,
}: Pick<Reply<typeof dayReply>, 'payments'>): readonly ShopPayment[] =>
  payments.flatMap((payment) =>
    payment.words === undefined ? [] : [{ ...payment, words: payment.words }],
  )

/** The payments that this till has told of since the app was opened, on whatever screen it was since. */
const announced = new Set<string>()

/** A stream begins with what happened a minute ago; that is told already, or too late. */
const FRESH_MS = 30_000

/** Whether a payment is to be told at the counter: at the printed code, just now, and once. */
export function announce(
  payment: Pick<ShopPayment, 'redemptionId' | 'isPrinted' | 'acceptedAt' | 'voidedYen'>,
  now: number,
): boolean {
  const { redemptionId, isPrinted, acceptedAt, voidedYen } = payment
  const isNews =
    isPrinted &&
    voidedYen === 0 &&
    now - Date.parse(acceptedAt) < FRESH_MS &&
    !announced.has(redemptionId)
  if (isNews) announced.add(redemptionId)
  return isNews
}
