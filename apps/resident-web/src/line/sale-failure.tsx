import { Button, type Failure, Notice } from '@minnaken/ui'
import { lazy, Suspense, useState } from 'react'
import { Failed } from '../asked.tsx'
import { useWords } from '../words.ts'

const InLine = lazy(() => import('./in-line.tsx').then((it) => ({ default: it.InLine })))

/**
 * Why a sale, or the way to it, did not go through. In a rush one waits in line on a screen of its
 * own, and what was typed is sent when it is one's turn; `isByHand` where the person has to press.
 */
export function SaleFailure({
  failure,
  onRetry,
  isByHand = false,
}: Readonly<{ failure: Failure; onRetry: () => void; isByHand?: boolean }>) {
  const { w } = useWords()
  const [hasLeft, setHasLeft] = useState(false)
  const isLine =
    failure.kind === 'refused' &&
    (failure.problem.code === 'waiting_room' || failure.problem.code.startsWith('ticket_'))
  if (!isLine)
    return <Failed failure={failure} {...(failure.kind === 'refused' ? {} : { onRetry })} />
  if (hasLeft)
    return (
      <Notice
        kind="warning"
        title={w('line.left')}
        action={
          <Button kind="secondary" onClick={() => setHasLeft(false)}>
            {w('line.back')}
          </Button>
        }
      />
    )
  return (
    <Suspense>
      <InLine isByHand={isByHand} onTurn={onRetry} onLeave={() => setHasLeft(true)} />
    </Suspense>
  )
}
