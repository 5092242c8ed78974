import { queries } from '@minnaken/ui'
import { useEffect, useState } from 'react'
import { usePractice } from '../practice/practice.ts'
import type { LookedAt } from '../till/looked-at.ts'
import { type Till, useTill } from '../till/till.ts'
import type { DayPayment } from './day.ts'
import {
  type VoidWish,
  type Voided,
  type Voider,
  openVoid,
  sendVoid,
  untilVoided,
  waitsForPerson,
} from './send-void.ts'

export type VoidState = Readonly<{ kind: 'ready' | 'asking' }> | Voided

export type Voiding = Readonly<{
  state: VoidState
  send: (wish: VoidWish) => void
  /** Asks about what is in doubt once more, after somebody did what it waited for. */
  again: () => void
}>

/** An owner may do more than the till that is on the same device. */
const voiderOf = (till: Till | null | undefined, { token, isOwner }: LookedAt): Voider => ({
  till: till ?? null,
  isOwner: isOwner || token === undefined,
})

/**
 * Voids a payment. What is in doubt is asked about until it is known, under the same name, also
 * when this was closed and is opened again. Nothing is voided in practice.
 */
export function useVoid({
  payment: { redemptionId },
  lookedAt,
}: Readonly<{ payment: DayPayment; lookedAt: LookedAt }>): Voiding {
  const { shopId } = lookedAt
  const till = useTill()
  const isPractice = usePractice()
  const [state, setState] = useState<VoidState>(() => {
    const sent = openVoid(redemptionId, { voider: voiderOf(till, lookedAt), now: Date.now() })
    return sent === null
      ? { kind: 'ready' }
      : { kind: 'in_doubt', sent, failure: { kind: 'outcome_unknown' } }
  })
  const isWaiting = state.kind === 'in_doubt' && waitsForPerson(state.failure)
  const asked = state.kind === 'in_doubt' && !isWaiting ? state.sent : null
  useEffect(() => {
    if (asked === null) return undefined
    const leaving = new AbortController()
    untilVoided(asked, { till: till ?? null, signal: leaving.signal }).then(
      (voided) => {
        if (leaving.signal.aborted) return
        setState(voided)
        void queries.invalidateQueries({ queryKey: ['day', shopId] })
      },
      () => {},
    )
    return () => leaving.abort()
  }, [asked, till, shopId])
  const send = (wish: VoidWish) => {
    if (isPractice || state.kind === 'asking' || state.kind === 'in_doubt') return
    setState({ kind: 'asking' })
    void sendVoid(redemptionId, { wish, voider: voiderOf(till, lookedAt) }).then((voided) => {
      setState(voided)
      return queries.invalidateQueries({ queryKey: ['day', shopId] })
    })
  }
  const again = () => {
    if (state.kind === 'in_doubt') setState({ ...state, failure: { kind: 'outcome_unknown' } })
  }
  return { state, send, again }
}
