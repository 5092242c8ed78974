import { buttonLook, playSuccess, queries, ResultScreen, useFormat } from '@minnaken/ui'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useWords } from '../words.ts'
import { NotTaken } from './not-taken.tsx'
import { PaidResult } from './paid-result.tsx'
import { forgetPending, type PendingPayment } from './pending-payment.ts'
import { resolvePayment, type Sent } from './send-payment.ts'
import { whenSeen } from './when-seen.ts'

const AGAIN_MS = 3_000

type Settled = Extract<Sent, { kind: 'paid' | 'refused' }>

/** A payment whose outcome is not known: it is asked about until it is, by itself. */
export function Resolving({
  payment,
  onDone,
}: Readonly<{ payment: PendingPayment; onDone: () => void }>) {
  const { w } = useWords()
  const f = useFormat()
  const settled = useOutcome(payment)
  const isSettled = settled !== null
  useEffect(() => (isSettled ? whenSeen(document, forgetPending) : undefined), [isSettled])
  const done = () => {
    forgetPending()
    onDone()
  }
  if (settled?.kind === 'paid') return <PaidResult payment={settled.payment} onDone={done} />
  if (settled?.kind === 'refused')
    return <NotTaken problem={settled.problem} shopName={payment.shopName} onDone={done} />
  return (
    <ResultScreen
      kind="unknown"
      title={w('resolving.title')}
      yen={payment.amountYen}
      actions={
        <Link to="/" className={buttonLook('secondary')}>
          {w('resolving.leave')}
        </Link>
      }
    >
      <p lang="ja" className="text-xl font-bold">
        {payment.shopName}
      </p>
      <p>{w('resolving.text', { yen: f.yen(payment.amountYen) })}</p>
    </ResultScreen>
  )
}

function useOutcome(payment: PendingPayment): Settled | null {
  const [settled, setSettled] = useState<Settled | null>(null)
  useEffect(() => {
    const leaving = new AbortController()
    const { signal } = leaving
    const ask = async () => {
      while (!signal.aborted) {
        const sent = await resolvePayment(payment, signal)
        if (signal.aborted) return
        if (sent.kind === 'paid' || sent.kind === 'refused') {
          if (sent.kind === 'paid') playSuccess()
          void queries.invalidateQueries({ queryKey: ['wallet'] })
          setSettled(sent)
          return
        }
        await new Promise((resolve) => {
          setTimeout(resolve, AGAIN_MS)
        })
      }
    }
    ask().catch(() => {})
    return () => leaving.abort()
  }, [payment])
  return settled
}
