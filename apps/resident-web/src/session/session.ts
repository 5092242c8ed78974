import { ask, failureOf, type Failure, queries, readStored, type Reply, store } from '@minnaken/ui'
import type { meReply } from '@minnaken/purchase/contract'
import { useQuery } from '@tanstack/react-query'

/** Whether somebody is signed in on this phone, as far as it can be known. */
export type SessionState =
  | Readonly<{ kind: 'signed_in' }>
  | Readonly<{ kind: 'signed_out' }>
  | Readonly<{ kind: 'failed'; failure: Failure }>

const KEPT = 'account'
/** Who was here last; stays when they sign out, because their phone's key does. */
const OWNER = 'owner'

/**
 * Who is signed in. A phone that was signed in before is taken for signed in until the service
 * says otherwise, so that everything opens at once, and opens without a network.
 */
export function useSession(): SessionState {
  const { data, error } = useQuery({
    queryKey: ['me'],
    queryFn: async ({ signal }) => {
      const me = await ask<Reply<typeof meReply>>({ path: '/v1/me', signal })
      await makeRoomFor(me.accountId)
      store(KEPT, me.accountId)
      return me
    },
    staleTime: 5 * 60_000,
  })
  const wasHere = readStored(KEPT) !== null
  if (data !== undefined) return { kind: 'signed_in' }
  if (error === null) return wasHere ? { kind: 'signed_in' } : { kind: 'signed_out' }
  const failure = failureOf(error)
  if (failure.kind === 'refused' && failure.problem.code === 'sign_in_needed')
    return { kind: 'signed_out' }
  return wasHere ? { kind: 'signed_in' } : { kind: 'failed', failure }
}

/** Another person on this phone finds neither answers nor key of whoever was here before. */
async function makeRoomFor(accountId: string): Promise<void> {
  if (readStored(KEPT) !== accountId) forgetAnswers()
  const owner = readStored(OWNER)
  if (owner !== null && owner !== accountId) {
    const { forgetPhone } = await import('./forget-phone.ts')
    await forgetPhone()
    queries.removeQueries({ queryKey: ['device'] })
  }
  store(OWNER, accountId)
}

/** Asks anew who is here: after signing in, and when the service no longer knows this session. */
export const askWhoIsHere = (): Promise<void> => queries.resetQueries()

/** Leaves nothing of the person's on this phone but its key. */
export async function forgetPerson(): Promise<void> {
  store(KEPT, null)
  forgetAnswers()
  await queries.resetQueries()
}

const ANSWERS = 'answer.'

/** What was last answered under a name, with the moment; null when nothing was kept. */
export function keptAnswer(name: string): Readonly<{ at: number; value: unknown }> | null {
  const text = readStored(`${ANSWERS}${name}`)
  if (text === null) return null
  try {
    return JSON.parse(text) as Readonly<{ at: number; value: unknown }>
  } catch {
    return null
  }
}

/** Keeps an answer for when there is no network. */
export const keepAnswer = (name: string, value: unknown): void =>
  store(`${ANSWERS}${name}`, JSON.stringify({ at: Date.now(), value }))

const OWN = ['minnaken.answer.', 'minnaken.draft.', 'minnaken.wish.', 'minnaken.pending-payment']

function forgetAnswers(): void {
  try {
    for (const key of Object.keys(localStorage))
      if (OWN.some((begin) => key.startsWith(begin))) localStorage.removeItem(key)
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}
