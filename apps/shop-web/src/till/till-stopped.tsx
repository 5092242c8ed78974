import { Button, type Failure, Notice } from '@minnaken/ui'
import { useWords } from '../words.ts'
import { leaveTill } from './till.ts'

/** The owner struck this till off, or its year is over. */
export function TillStopped({ failure }: Readonly<{ failure: Failure }>) {
  const { w } = useWords()
  const isExpired = failure.kind === 'refused' && failure.problem.code === 'till_expired'
  return (
    <Notice
      kind="error"
      title={isExpired ? w('receive.refused.till_expired') : w('receive.refused.till_revoked')}
      action={
        <Button isWide onClick={() => void leaveTill()}>
          {w('till.join_again')}
        </Button>
      }
    >
      {w('till.ask_owner')}
    </Notice>
  )
}
