import {
  Button,
  type Failure,
  FailureNotice,
  FailureTitle,
  failureOf,
  format,
  isNobody,
  Notice,
  Waiting,
} from '@minnaken/ui'
import type { ReactNode } from 'react'
import { askWhoIsHere } from './session/session.ts'
import { useWords } from './words.ts'

/** As much of a query as it takes to show it. */
type Query<T> = Readonly<{
  data: T | undefined
  error: Error | null
  dataUpdatedAt: number
  refetch: () => Promise<unknown>
}>

/**
 * Shows what was asked for: the answer, an older answer that says how old it is, why there is
 * none, or that it is on its way.
 */
export function Asked<T>({
  query,
  children,
}: Readonly<{ query: Query<T>; children: (value: T) => ReactNode }>) {
  const retry = () => void query.refetch()
  if (query.data !== undefined && !(query.error !== null && isNobody(failureOf(query.error))))
    return (
      <>
        {query.error !== null && (
          <OldAnswer failure={failureOf(query.error)} at={query.dataUpdatedAt} onRetry={retry} />
        )}
        {children(query.data)}
      </>
    )
  if (query.error !== null) return <Failed failure={failureOf(query.error)} onRetry={retry} />
  return <Waiting />
}

/** Why the answer is an old one, and how old. Only a network that is not there is blamed. */
function OldAnswer({
  failure,
  at,
  onRetry,
}: Readonly<{ failure: Failure; at: number; onRetry: () => void }>) {
  const { w } = useWords()
  const isLost = failure.kind !== 'refused'
  return (
    <Notice
      kind="warning"
      title={
        isLost ? w('asked.old', { at: format.dayAndTime(at) }) : <FailureTitle failure={failure} />
      }
      action={
        <Button kind="secondary" onClick={onRetry}>
          {w('ui.failure.retry')}
        </Button>
      }
    >
      {isLost ? undefined : w('asked.as_of', { at: format.dayAndTime(at) })}
    </Notice>
  )
}

/** Why there is no answer. A session that ended leads back to the door. */
export function Failed({
  failure,
  words,
  onRetry,
}: Readonly<{ failure: Failure; words?: ReactNode; onRetry?: () => void }>) {
  const { w } = useWords()
  if (isNobody(failure))
    return (
      <Notice
        kind="warning"
        title={w('ui.problem.sign_in_needed')}
        action={<Button onClick={() => void askWhoIsHere()}>{w('session.sign_in')}</Button>}
      />
    )
  return (
    <FailureNotice
      failure={failure}
      words={words}
      {...(onRetry === undefined ? {} : { onRetry })}
    />
  )
}
