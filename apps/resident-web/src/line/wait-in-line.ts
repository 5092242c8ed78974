import type { admissionReply } from '@minnaken/purchase/contract'
import type { Answer, Reply } from '@minnaken/ui'

type Stands = Reply<typeof admissionReply>

/** Where somebody stands; a place is kept also while nobody can be asked about it. */
export type Standing = Stands | Readonly<{ state: 'unreachable' }>

export type LineDeps = Readonly<{
  /** Takes a place (POST), or asks about the own one (GET). */
  ask: (method: 'POST' | 'GET') => Promise<Answer<Stands>>
  wait: (ms: number) => Promise<void>
}>

/** Nobody asks more often than this, whatever the service says. */
const ASK_MS_MIN = 2_000
const UNREACHABLE_MS = 5_000

/**
 * Takes a place, and asks about it as often as the service wishes, until it is one's turn. A
 * ticket that no longer counts is answered by taking a new place. Whoever was sent here though it is
 * their turn does not run back at once. Rejects when `deps` do.
 */
export async function waitInLine(
  { ask, wait }: LineDeps,
  tell: (standing: Standing) => void,
): Promise<void> {
  let method: 'POST' | 'GET' = 'POST'
  for (let asked = 1; ; asked++) {
    const answer: Answer<Stands> = await ask(method)
    if (answer.kind === 'answered') {
      const stands = answer.value
      tell(stands)
      if (stands.state === 'open' || stands.state === 'admitted') {
        if (asked === 1) await wait(ASK_MS_MIN)
        return
      }
      method = stands.state === 'waiting' ? 'GET' : 'POST'
      await wait(Math.max(ASK_MS_MIN, 1_000 * stands.askAgainSeconds))
    } else if (answer.kind === 'refused' && method === 'GET') {
      method = 'POST'
    } else {
      tell({ state: 'unreachable' })
      await wait(UNREACHABLE_MS)
    }
  }
}
