import { type PendingPayment, readPending } from './pending-payment.ts'
import { type Resolved, resolvePayment } from './send-payment.ts'

const AGAIN_MS = 3_000

/** What ends asking about a payment in doubt. */
export type Known = Exclude<Resolved, { kind: 'outcome_unknown' }>

/**
 * Asks about a payment in doubt again and again, until there is a yes or no, or a person has to
 * sign in. Null where it is no longer kept: seen in another window, or the phone is somebody
 * else's now.
 */
export async function untilKnown(
  payment: PendingPayment,
  signal: AbortSignal,
): Promise<Known | null> {
  while (!signal.aborted) {
    if (readPending()?.payment !== payment.payment) return null
    const known = await resolvePayment(payment, signal)
    if (known.kind !== 'outcome_unknown') return known
    await new Promise((resolve) => {
      setTimeout(resolve, AGAIN_MS)
    })
  }
  return null
}
