import { forget, keep, readKept } from '@minnaken/ui'
import type { Payment } from './payment.ts'

/** The one payment of this till whose outcome is not known yet, with the till that asked for it. */
export type Pending = Readonly<{ payment: Payment; tillId: string }>

const NAME = 'pending-payment'

/** Older ones were settled by hand long ago; the day's list tells what came of them. */
const KEPT_MS = 24 * 3_600_000

/** What a browser that keeps nothing could not keep: known until the window is closed. */
let notKept: Pending | undefined

/**
 * Kept before it is sent and until its answer is there, so that a till that is closed, reloaded or
 * out of power in between asks for the same payment again instead of for a second one.
 */
export async function keepPending(pending: Pending): Promise<void> {
  notKept = undefined
  await keep(NAME, pending).catch(() => {
    notKept = pending
  })
}

export async function forgetPending(): Promise<void> {
  notKept = undefined
  await forget(NAME).catch(() => {})
}

/** What an earlier visit of this till left in doubt. */
export async function readPending(tillId: string, now: number): Promise<Payment | null> {
  const kept = (await readKept(NAME).catch(() => undefined)) as Pending | undefined
  const pending = notKept ?? kept
  if (pending?.tillId !== tillId || now - pending.payment.since > KEPT_MS) return null
  return pending.payment
}
