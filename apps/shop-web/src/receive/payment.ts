import { type Answer, isPassing, type Problem, type Reply, saysNothing } from '@minnaken/ui'
import type { redeemReply } from '@minnaken/redemption/contract'

/** What is asked of the service. The same twice is the same payment: it is taken once. */
export type Payment = Readonly<{
  code: string
  yen: number
  /** When the till first asked, by its own clock. */
  since: number
  /** An earlier visit of this till asked already, and never heard. */
  wasSent?: true
}>

export type Taken = Reply<typeof redeemReply>

/** Why nothing was taken. */
export type PaymentRefusal =
  | Readonly<{ kind: 'refused'; problem: Problem }>
  /** It never left this till. */
  | Readonly<{ kind: 'offline' }>

export type Settled = Readonly<{ kind: 'taken'; taken: Taken }> | PaymentRefusal

/** Sends a payment once, without any patience of its own. */
export type Send = (payment: Payment) => Promise<Answer<Taken>>

export type SettleDeps = Readonly<{
  send: Send
  wait: (ms: number) => Promise<void>
  /** What the service's clock showed when this till's own showed that. */
  serverTimeAt: (at: number) => number
  /** Whether this till has shown that redemption as taken, since it was opened. */
  wasShown: (redemptionId: string) => boolean
  /** From here on it may have been taken, and nobody knows. */
  onUnknown: () => void
}>

/** By so much the service's clock may be known wrongly. */
const CLOCK_WRONG_MS = 3_000

const PAUSES_MS = [250, 500, 1_000, 2_000, 3_000]

/** So often a payment that certainly never left is tried before the till says so: some seconds. */
const OFFLINE_TIMES_MAX = 4
const BUSY_TIMES_MAX = 6

/** Nothing was taken, and asking again changes nothing: somebody has to do something first. */
const isFirstNo = ({ code }: Problem): boolean => code === 'sign_in_needed' || code === 'forbidden'

/**
 * Finds out what came of a payment, by the same request again and again.
 *
 * Once a request may have arrived, only the service's own yes or no ends this, however long it
 * takes: the customer is never asked to pay again while the first payment is in doubt. What
 * certainly never left the till, and what the service was too busy for, is given up after some
 * seconds.
 *
 * The service answers the same code, till and amount as it did the first time, however late. So a
 * yes from before the till asked is the earlier payment: the code is shown again, and nobody pays.
 * So is a yes that the till has shown already, whatever any clock says; but for one of an earlier
 * visit, which may have been shown to nobody.
 */
export async function settlePayment(
  { send, wait, serverTimeAt, wasShown, onUnknown }: SettleDeps,
  payment: Payment,
): Promise<Settled> {
  let isUnknown = payment.wasSent === true
  for (let times = 0; ; times++) {
    const answer = await send(payment)
    if (answer.kind === 'answered') {
      const taken = answer.value
      const isEarlier =
        taken.replayed === true &&
        ((payment.wasSent !== true && wasShown(taken.redemptionId)) ||
          Date.parse(taken.acceptedAt) < serverTimeAt(payment.since) - CLOCK_WRONG_MS)
      return isEarlier ? usedBefore(taken) : { kind: 'taken', taken }
    }
    if (saysNothing(answer)) isUnknown = true
    else if (answer.kind === 'refused') {
      const { problem } = answer
      if (!isPassing(problem)) return { kind: 'refused', problem }
      else if (!isUnknown && (isFirstNo(problem) || times >= BUSY_TIMES_MAX))
        return { kind: 'refused', problem }
    }
    if (answer.kind === 'offline' && !isUnknown && times >= OFFLINE_TIMES_MAX) return answer
    if (isUnknown) onUnknown()
    await wait(PAUSES_MS[Math.min(times, PAUSES_MS.length - 1)] ?? 0)
  }
}

/** What the service says of a code that it took at this till for another amount. */
const usedBefore = ({ redemptionId, amountYen, voidedYen = 0 }: Taken): PaymentRefusal => ({
  kind: 'refused',
  problem: {
    code: 'code_already_used',
    status: 409,
    title: 'このコードはもう使われています。',
    titleEn: 'This code was already used.',
    redemptionId,
    amountYen,
    voidedYen,
  },
})
