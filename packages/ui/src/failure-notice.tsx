import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { Notice } from './notice.tsx'
import { CallFailed, type Failure, type Problem } from './problem.ts'
import { useProblemWords } from './problem-words.ts'
import { RubyText } from './ruby-text.tsx'
import { useUiWords } from './words.ts'

/** A failure out of what a query threw; what is no failure of a call is thrown on. */
export function failureOf(error: unknown): Failure {
  if (error instanceof CallFailed) return error.failure
  throw error
}

/** The refusals of every service's edge that a person can do something about. */
const known = [
  'busy',
  'forbidden',
  'internal',
  'invalid_field',
  'not_found',
  'sign_in_needed',
  'too_many_requests',
] as const

/**
 * Puts into words why there is no answer: what happened, and what to do. That no money moved is
 * said only of a wish that certainly came to nothing: whoever only asked may ask because of a
 * payment in doubt. `words` are the screen's own, for the refusals it knows.
 */
export function FailureNotice({
  failure,
  words,
  onRetry,
}: Readonly<{ failure: Failure; words?: ReactNode; onRetry?: () => void }>) {
  const { w } = useUiWords()
  const isUnknown = failure.kind === 'outcome_unknown'
  const isOurFault = failure.kind === 'refused' && failure.problem.code === 'internal'
  return (
    <Notice
      isAnswer
      kind={isUnknown ? 'waiting' : isOurFault ? 'error' : 'warning'}
      title={words ?? <FailureTitle failure={failure} />}
      action={
        onRetry === undefined ? undefined : (
          <Button kind="secondary" onClick={onRetry}>
            {w('ui.failure.retry')}
          </Button>
        )
      }
    >
      {isOurFault && <p>{w('ui.failure.request', { id: failure.problem.requestId ?? '-' })}</p>}
      {failure.kind === 'offline' && (
        <p>
          {failure.wasReading === true
            ? w('ui.failure.offline_reading')
            : w('ui.failure.offline_text')}
        </p>
      )}
      {isUnknown && <p>{w('ui.failure.unknown_text')}</p>}
    </Notice>
  )
}

/** The one sentence of a failure. */
export function FailureTitle({ failure }: Readonly<{ failure: Failure }>): ReactNode {
  const { w } = useUiWords()
  if (failure.kind === 'offline') return w('ui.failure.offline')
  if (failure.kind === 'outcome_unknown') return w('ui.failure.unknown')
  const general = known.find((it) => it === failure.problem.code)
  if (general !== undefined) return w(`ui.problem.${general}`)
  return <ProblemTitle problem={failure.problem} />
}

/** The services speak Japanese and English; what has no words of ours is told in those. */
function ProblemTitle({ problem: { code, title, titleEn } }: Readonly<{ problem: Problem }>) {
  const { language } = useUiWords()
  const words = useProblemWords(code)
  if (words !== undefined) return <RubyText text={words} />
  return language === 'ja' || language === 'ja-easy' ? (
    <span lang="ja">{title}</span>
  ) : (
    <span lang="en">{titleEn}</span>
  )
}
