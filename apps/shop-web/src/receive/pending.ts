import { forget, keep, readKept } from '@minnaken/ui'
import type { Payment } from './payment.ts'

/** The one payment of this till whose outcome is not known yet, with the shop it is for. */
export type Pending = Readonly<{ payment: Payment; tillId: string }>

const NAME = 'pending-payment'

/** Older ones were settled by hand long ago; the day's list tells what came of them. */
const KEPT_MS = 24 * 3_600_000

/**
 * Kept before it is sent and until its answer is there, so that a till that is closed, reloaded or
 * out of power in between asks for the same payment again instead of for a second one.
 */
export const keepPending = (pending: Pending): Promise<unknown> =>
  keep(NAME, pending).catch(() => {})

export const forgetPending = (): Promise<unknown> => forget(NAME).catch(() => {})

/** What an earlier visit of this till left in doubt. */
export async function readPending(tillId: string, now: number): Promise<Payment | null> {
  const pending = (await readKept(NAME).catch(() => undefined)) as Pending | undefined
  if (pending?.tillId !== tillId || now - pending.payment.since > KEPT_MS) return null
  return pending.payment
}
