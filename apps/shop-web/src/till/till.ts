import type { Body, Reply } from '@minnaken/ui'
import { type Failure, call } from '@minnaken/ui'
import type { joinBody, joinCodeReply } from '@minnaken/redemption/contract'
import { useSyncExternalStore } from 'react'
import { type Till, keepTill, onOtherTill, tillNow } from './kept-till.ts'

export { type Till, keepTill, leaveTill } from './kept-till.ts'

/** The till that this device is. Undefined until that is known; null when it is none. */
export const useTill = (): Till | null | undefined => useSyncExternalStore(onOtherTill, tillNow)

/** A shop lets this device in, by an owner's join code. It is no till before `keepTill`. */
export async function joinShop(
  body: Body<typeof joinBody>,
): Promise<Readonly<{ kind: 'joined'; till: Till }> | Failure<'join_code_invalid'>> {
  const answer = await call<Till, 'join_code_invalid'>({ method: 'POST', path: '/v1/tills', body })
  return answer.kind === 'answered' ? { kind: 'joined', till: answer.value } : answer
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

/** Why this device is no longer a till. */
export type Stopped = 'revoked' | 'expired'

/** What a refusal says of it; null when it says nothing of the kind. */
export function stoppedBy(failure: Failure): Stopped | null {
  if (failure.kind !== 'refused') return null
  const { code } = failure.problem
  if (code === 'till_expired') return 'expired'
  return code === 'till_revoked' || code === 'sign_in_needed' ? 'revoked' : null
}
