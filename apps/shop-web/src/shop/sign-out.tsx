import { Button, type Failure, FailureNotice, call, hasEnded, stopCamera } from '@minnaken/ui'
import { useState } from 'react'
import { ownerChanged } from '../till/place.ts'
import { useWords } from '../words.ts'
import { forgetApplication } from './application-draft.ts'

/** The owner leaves this device. Only what the service has ended is shown as ended. */
export function SignOut() {
  const { w } = useWords()
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  const end = async () => {
    setIsBusy(true)
    setFailure(undefined)
    stopCamera()
    const path = '/v1/shop-sessions/current'
    const answer = await call({ method: 'DELETE', path, isRepeatable: true })
    setIsBusy(false)
    if (answer.kind !== 'answered' && !hasEnded(answer)) return setFailure(answer)
    forgetApplication()
    return ownerChanged(null)
  }
  return (
    <>
      {failure !== undefined && (
        <FailureNotice failure={failure} words={w('owner.not_signed_out')} />
      )}
      <Button kind="quiet" isBusy={isBusy} onClick={() => void end()}>
        {w('owner.sign_out')}
      </Button>
    </>
  )
}
