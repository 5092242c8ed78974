import { call, type Failure, hasEnded } from '@minnaken/ui'
import { forgetPerson } from './session.ts'

/** Ends this session, or all, and then clears the phone; what stands in the way otherwise. */
export async function endSession(
  path: '/v1/sessions' | '/v1/sessions/current',
): Promise<Failure | null> {
  const answer = await call({ method: 'DELETE', path, isRepeatable: true })
  if (answer.kind !== 'answered' && !hasEnded(answer)) return answer
  await forgetPerson()
  return null
}
