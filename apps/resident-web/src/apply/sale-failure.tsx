import type { admissionReply } from '@minnaken/purchase/contract'
import { type Answer, call, type Failure, Notice, type Reply } from '@minnaken/ui'
import { useEffect, useRef, useState } from 'react'
import { Failed } from '../asked.tsx'
import { useWords } from '../words.ts'

/** Why a sale did not go through. In a rush one waits in line here, and what was typed is sent then. */
export function SaleFailure({
  failure,
  onRetry,
}: Readonly<{ failure: Failure; onRetry: () => void }>) {
  const isLine =
    failure.kind === 'refused' &&
    (failure.problem.code === 'waiting_room' || failure.problem.code.startsWith('ticket_'))
  if (isLine) return <InLine onTurn={onRetry} />
  const mayRetry = failure.kind !== 'refused'
  return <Failed failure={failure} {...(mayRetry ? { onRetry } : {})} />
}

type Stands = Reply<typeof admissionReply>

function InLine({ onTurn }: Readonly<{ onTurn: () => void }>) {
  const { w } = useWords()
  const [stands, setStands] = useState<Stands | null>(null)
  const heard = useRef(onTurn)
  useEffect(() => {
    heard.current = onTurn
  })
  useEffect(() => {
    const leaving = new AbortController()
    void waitInLine(leaving.signal, setStands, () => heard.current()).catch(() => {})
    return () => leaving.abort()
  }, [])
  const minutes =
    stands?.state === 'waiting' ? Math.max(1, Math.ceil(stands.estimatedWaitSeconds / 60)) : 1
  return (
    <Notice kind="waiting" title={w('line.title')}>
      {stands?.state === 'waiting' && (
        <p>{w('line.place', { place: stands.place, count: minutes })}</p>
      )}
      <p>{w('line.stay')}</p>
    </Notice>
  )
}

/** Takes a place, and asks about it as often as the service wishes, until it is one's turn. */
async function waitInLine(
  signal: AbortSignal,
  tell: (stands: Stands) => void,
  onTurn: () => void,
): Promise<void> {
  let method: 'POST' | 'GET' = 'POST'
  while (!signal.aborted) {
    const answer: Answer<Stands> = await call<Stands>({
      method,
      path: '/v1/admission',
      isRepeatable: true,
      signal,
    })
    if (signal.aborted) return
    if (answer.kind === 'answered') {
      const stands: Stands = answer.value
      tell(stands)
      if (stands.state === 'open' || stands.state === 'admitted') return onTurn()
      method = stands.state === 'waiting' ? 'GET' : 'POST'
      await pause(1_000 * Math.max(2, stands.askAgainSeconds), signal)
    } else {
      if (answer.kind === 'refused') method = 'POST'
      await pause(5_000, signal)
    }
  }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
