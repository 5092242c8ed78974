import { type Answer, call, type Failure } from '@minnaken/ui'
import { forgetPerson, isNobody } from './session.ts'

/**
 * Whether a session is over, by what the service says about ending it. A service that is too busy
 * to end it leaves it open, whatever the phone would like to show.
 */
export const hasEnded = (answer: Answer<unknown>): boolean =>
  answer.kind === 'answered' || (answer.kind === 'refused' && isNobody(answer))

/** Ends this session, or all, and then clears the phone; what stands in the way otherwise. */
export async function endSession(
  path: '/v1/sessions' | '/v1/sessions/current',
): Promise<Failure | null> {
  const answer = await call({ method: 'DELETE', path, isRepeatable: true })
  if (answer.kind !== 'answered' && !hasEnded(answer)) return answer
  await forgetPerson()
  return null
}
