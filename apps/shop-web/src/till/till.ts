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

/** This device becomes a till, by an owner's join code. */
export async function joinAsTill(
  body: Body<typeof joinBody>,
): Promise<Readonly<{ kind: 'joined'; till: Till }> | Failure<'join_code_invalid'>> {
  const answer = await call<Till, 'join_code_invalid'>({ method: 'POST', path: '/v1/tills', body })
  if (answer.kind !== 'answered') return answer
  // Where the browser keeps nothing (private mode) it is a till until the window is closed.
  await keep(NAME, answer.value).catch(() => {})
  show(answer.value)
  return { kind: 'joined', till: answer.value }
}

export const makeJoinCode = (shopId: string) =>
  call<Reply<typeof joinCodeReply>, 'shop_not_trading'>({
    method: 'POST',
    path: `/v1/shops/${shopId}/join-codes`,
  })

/** The owner's own device becomes a till of the shop, without a second device to show the code. */
export async function becomeTill(shopId: string, name: string) {
  const made = await makeJoinCode(shopId)
  return made.kind === 'answered' ? joinAsTill({ joinCode: made.value.joinCode, name }) : made
}

/** This device is no till any more. The owner's list still has it, until it is struck off there. */
export async function leaveTill(): Promise<void> {
  await forget(NAME).catch(() => {})
  show(null)
}

const stops = ['till_revoked', 'till_expired', 'sign_in_needed']

/** Whether a refusal says that this device is no longer a till. */
export const isStopped = (failure: Failure): boolean =>
  failure.kind === 'refused' && stops.includes(failure.problem.code)
