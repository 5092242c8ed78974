import type { Body, Reply } from '@minnaken/ui'
import { type Failure, call, forget, keep, readKept } from '@minnaken/ui'
import type { joinBody, joinCodeReply, joinReply } from '@minnaken/redemption/contract'
import { useSyncExternalStore } from 'react'

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

const subscribe = (hear: () => void): (() => void) => {
  listeners.add(hear)
  reading ??= readKept(NAME).then(
    (kept) => show((kept as Till | undefined) ?? null),
    () => show(null),
  )
  return () => listeners.delete(hear)
}

/** The till that this device is. */
export const useTill = (): Till | null | undefined => useSyncExternalStore(subscribe, () => known)

/** A shop lets this device in, by an owner's join code. It is no till before `keepTill`. */
export async function joinShop(
  body: Body<typeof joinBody>,
): Promise<Readonly<{ kind: 'joined'; till: Till }> | Failure<'join_code_invalid'>> {
  const answer = await call<Till, 'join_code_invalid'>({ method: 'POST', path: '/v1/tills', body })
  return answer.kind === 'answered' ? { kind: 'joined', till: answer.value } : answer
}

/** From now on this device is that till, and no other. */
export async function keepTill(till: Till): Promise<void> {
  // Where the browser keeps nothing (private mode) it is a till until the window is closed.
  await keep(NAME, till).catch(() => {})
  show(till)
}

export const makeJoinCode = (shopId: string) =>
  call<Reply<typeof joinCodeReply>, 'shop_not_trading'>({
    method: 'POST',
    path: `/v1/shops/${shopId}/join-codes`,
  })

/** The owner's own device becomes a till of the shop, without a second device to show the code. */
export async function becomeTill(shopId: string, name: string) {
  const made = await makeJoinCode(shopId)
  if (made.kind !== 'answered') return made
  const outcome = await joinShop({ joinCode: made.value.joinCode, name })
  if (outcome.kind === 'joined') await keepTill(outcome.till)
  return outcome
}

/** This device is no till any more. The owner's list still has it, until it is struck off there. */
export async function leaveTill(): Promise<void> {
  await forget(NAME).catch(() => {})
  show(null)
}

/** Why this device is no longer a till. */
export type Stopped = 'revoked' | 'expired'

/** What a refusal says of it; null when it says nothing of the kind. */
export function stoppedBy(failure: Failure): Stopped | null {
  if (failure.kind !== 'refused') return null
  const { code } = failure.problem
  if (code === 'till_expired') return 'expired'
  return code === 'till_revoked' || code === 'sign_in_needed' ? 'revoked' : null
}
