import { type Reply, forget, keep, readKept } from '@minnaken/ui'
import type { joinReply } from '@minnaken/redemption/contract'

/** This device as a till of a shop, with the token that proves it. */
export type Till = Reply<typeof joinReply>

const NAME = 'till'

/** Undefined until the browser said what it keeps; null when this device is no till. */
let known: Till | null | undefined
let reading: Promise<void> | undefined
const listeners = new Set<() => void>()

const show = (till: Till | null): void => {
  known = till
  for (const hear of listeners) hear()
}

/** Asks the browser whether this device is a till. Once, before the first screen needs to know. */
export function readTill(): Promise<void> {
  reading ??= readKept(NAME).then(
    (kept) => show((kept as Till | undefined) ?? null),
    () => show(null),
  )
  return reading
}

export const tillNow = (): Till | null | undefined => known

export function onOtherTill(hear: () => void): () => void {
  listeners.add(hear)
  return () => listeners.delete(hear)
}

/** From now on this device is that till, and no other. */
export async function keepTill(till: Till): Promise<void> {
  // Where the browser keeps nothing (private mode) it is a till until the window is closed.
  await keep(NAME, till).catch(() => {})
  show(till)
}

/** This device is no till any more. The owner's list still has it, until it is struck off there. */
export async function leaveTill(): Promise<void> {
  await forget(NAME).catch(() => {})
  show(null)
}
