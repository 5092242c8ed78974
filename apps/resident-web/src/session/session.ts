import {
  ask,
  CallFailed,
  failureOf,
  type Failure,
  isNobody,
  queries,
  type Reply,
} from '@minnaken/ui'
import type { meReply } from '@minnaken/purchase/contract'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { type Belongings, forgetStored, keptPerson, letIn, nobodyIsHere } from './who-is-here.ts'

export { keepAnswer, keptAnswer } from './who-is-here.ts'

/** Whether somebody is signed in on this phone, as far as it can be known. */
export type SessionState =
  | Readonly<{ kind: 'signed_in'; accountId: string }>
  | Readonly<{ kind: 'signed_out' }>
  | Readonly<{ kind: 'failed'; failure: Failure }>

type Me = Reply<typeof meReply>

const meKey = ['me'] as const

/** All that was asked for somebody; not who they are. */
const ofPerson = {
  predicate: ({ queryKey }: Readonly<{ queryKey: readonly unknown[] }>) => queryKey[0] !== meKey[0],
}

const belongings: Belongings = {
  forgetKey: async () => (await import('./forget-phone.ts')).forgetPhone(),
  forgetShown: () => queries.removeQueries(ofPerson),
}

/** Nothing of anybody's is shown before it is known whose phone it is now. */
async function askMe(signal: AbortSignal): Promise<Me> {
  try {
    const me = await ask<Me>({ path: '/v1/me', signal })
    await letIn(me.accountId, belongings)
    return me
  } catch (error) {
    if (error instanceof CallFailed && isNobody(error.failure)) nobodyIsHere()
    throw error
  }
}

/**
 * Who is signed in. A phone that was signed in before is taken for signed in until the service
 * says otherwise, so that everything opens at once, and opens without a network.
 */
export function useSession(): SessionState {
  const { data, error } = useQuery({
    queryKey: meKey,
    queryFn: ({ signal }) => askMe(signal),
    staleTime: 5 * 60_000,
  })
  useOtherWindows()
  const failure = error === null ? null : failureOf(error)
  if (failure !== null && isNobody(failure)) return { kind: 'signed_out' }
  const accountId = data?.accountId ?? keptPerson()
  if (accountId !== null) return { kind: 'signed_in', accountId }
  return failure === null ? { kind: 'signed_out' } : { kind: 'failed', failure }
}

/** Who signs out, or in, in another window does so in this one. */
function useOtherWindows(): void {
  useEffect(() => {
    const hear = ({ key }: StorageEvent) => {
      if (key === 'minnaken.account') location.reload()
    }
    addEventListener('storage', hear)
    return () => removeEventListener('storage', hear)
  }, [])
}

/** Asks anew who is here: after signing in, and when the service no longer knows this session. */
export const askWhoIsHere = (): Promise<void> => queries.resetQueries()

/** Leaves nothing of the person's on this phone but its key. */
export async function forgetPerson(): Promise<void> {
  nobodyIsHere()
  forgetStored()
  queries.removeQueries(ofPerson)
  await queries.resetQueries({ queryKey: meKey })
}
