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

/** What a phone that keeps nothing could not keep: known until the page is closed. */
let notStored: string | null = null

/** How many screens send a payment, or show what came of it. */
let holders = 0

/** The payment in doubt that no screen is at: it is asked about wherever somebody is in the app. */
let open: PendingPayment | null = null

const listeners = new Set<() => void>()

function look(): void {
  if (holders === 0) open ??= readPending()
  for (const hear of listeners) hear()
}

export function keepPending(payment: PendingPayment): void {
  const text = JSON.stringify(payment)
  store(KEY, text)
  notStored = readStored(KEY) === text ? null : text
}

/** Forgets this payment, and no other that is kept by now. */
export function forgetPending({ payment }: Pick<PendingPayment, 'payment'>): void {
  if (readPending()?.payment !== payment) return
  store(KEY, null)
  notStored = null
}

export const hasPendingPayment = (): boolean => readPending() !== null

export function readPending(): PendingPayment | null {
  const text = readStored(KEY) ?? notStored
  if (text === null) return null
  try {
    return JSON.parse(text) as PendingPayment
  } catch {
    return null
  }
}

/**
 * The screen that sends a payment tells of its outcome itself, until the returned function is
 * called. What is in doubt by then is open.
 */
export function holdPending(): () => void {
  holders++
  return () => {
    holders--
    look()
  }
}

/** The open payment, also while its outcome is shown and already forgotten. */
export const openPayment = (): PendingPayment | null => open

/** Its outcome was seen. */
export function closeOpenPayment(): void {
  if (open !== null) forgetPending(open)
  open = null
  look()
}

export function onOpenPayment(hear: () => void): () => void {
  listeners.add(hear)
  // What an earlier visit left in doubt.
  if (open === null && holders === 0 && hasPendingPayment()) queueMicrotask(look)
  return () => listeners.delete(hear)
}
