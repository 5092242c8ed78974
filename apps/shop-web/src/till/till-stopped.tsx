import { Button, Notice } from '@minnaken/ui'
import { InDoubtNotice } from '../receive/in-doubt-notice.tsx'
import { useWords } from '../words.ts'
import { type Stopped, leaveTill } from './till.ts'

/** The owner struck this till off, or its year is over. */
export function TillStopped({ how }: Readonly<{ how: Stopped }>) {
  const { w } = useWords()
  return (
    <Notice
      kind="error"
      title={w(`receive.refused.till_${how}`)}
      action={
        <Button isWide onClick={() => void leaveTill()}>
          {w('till.join_again')}
        </Button>
      }
    >
      <p>{w('till.ask_owner')}</p>
      <InDoubtNotice />
    </Notice>
  )
}
