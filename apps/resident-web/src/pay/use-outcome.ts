import { playSuccess, queries } from '@minnaken/ui'
import { useEffect, useState } from 'react'
import { closeOpenPayment, type PendingPayment } from './pending-payment.ts'
import { type Known, untilKnown } from './until-known.ts'

type Outcome = Known | Readonly<{ kind: 'asking' }>

/** Asks about a payment until its outcome is known, as long as there is somebody who may ask. */
export function useOutcome(
  payment: PendingPayment,
  isHere: boolean,
): Readonly<{ outcome: Outcome; again: () => void }> {
  const [outcome, setOutcome] = useState<Outcome>({ kind: 'asking' })
  const isAsking = outcome.kind === 'asking'
  useEffect(() => {
    if (!isHere || !isAsking) return undefined
    const leaving = new AbortController()
    untilKnown(payment, leaving.signal).then(
      (known) => {
        if (leaving.signal.aborted) return
        if (known === null) return closeOpenPayment()
        if (known.kind === 'paid') playSuccess()
        void queries.invalidateQueries({ queryKey: ['wallet'] })
        return setOutcome(known)
      },
      () => {},
    )
    return () => leaving.abort()
  }, [payment, isHere, isAsking])
  return { outcome, again: () => setOutcome({ kind: 'asking' }) }
}
