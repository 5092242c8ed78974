import type { Answer } from './call.ts'
import type { Failure } from './problem.ts'

/** Whether the service says that nobody is signed in. */
export const isNobody = (failure: Failure): boolean =>
  failure.kind === 'refused' && failure.problem.code === 'sign_in_needed'

/**
 * Whether a session is over, by what the service says about ending it. A service that is too busy
 * to end it leaves it open, whatever the screen would like to show.
 */
export const hasEnded = (answer: Answer<unknown>): boolean =>
  answer.kind === 'answered' || isNobody(answer)
