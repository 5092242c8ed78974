import { readStored, store } from '@minnaken/ui'

/**
 * A payment that was sent and not answered. It is kept until its answer is known, over reloads and
 * days: the same signed text asked again is never a second payment.
 */
export type PendingPayment = Readonly<{
  /** What the phone signed. */
  payment: string
  /** In hex, for the two words. */
  nonce: string
  confirmation?: object
  shopNo: string
  shopName: string
  amountYen: number
}>

const KEY = 'pending-payment'

export const keepPending = (payment: PendingPayment): void => store(KEY, JSON.stringify(payment))
export const forgetPending = (): void => store(KEY, null)
export const hasPendingPayment = (): boolean => readPending() !== null

export function readPending(): PendingPayment | null {
  const text = readStored(KEY)
  if (text === null) return null
  try {
    return JSON.parse(text) as PendingPayment
  } catch {
    return null
  }
}
