import {
  buttonLook,
  Button,
  call,
  Dialog,
  type Failure,
  Notice,
  queries,
  Screen,
} from '@minnaken/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { walletAnswer } from '../answers.ts'
import { Failed } from '../asked.tsx'
import { useWords } from '../words.ts'
import { SignOut } from './sign-out.tsx'

/** A phone was lost: stop that one, or everything at once. */
export function LostScreen() {
  const { w } = useWords()
  const wallet = useQuery(walletAnswer)
  const isStopped = wallet.data !== undefined && wallet.data.stoppedAt !== null
  return (
    <Screen title={w('lost.title')}>
      <section className="flex flex-col gap-2">
        <h2 className="text-lg font-bold">{w('lost.one')}</h2>
        <p>{w('lost.one_text')}</p>
        <Link to="/more/device" className={buttonLook('secondary')}>
          {w('lost.one_button')}
        </Link>
      </section>
      <section className="flex flex-col gap-2">
        <h2 className="text-lg font-bold">{w('lost.all')}</h2>
        <p>{w('lost.all_text')}</p>
        {isStopped ? (
          <Notice kind="success" title={w('lost.done')}>
            {w('lost.done_text')}
          </Notice>
        ) : (
          <StopWallet />
        )}
      </section>
      <section className="flex flex-col gap-2">
        <h2 className="text-lg font-bold">{w('lost.sessions')}</h2>
        <p>{w('lost.sessions_text')}</p>
        <SignOut path="/v1/sessions">{w('lost.sessions_button')}</SignOut>
      </section>
    </Screen>
  )
}

function StopWallet() {
  const { w } = useWords()
  const [isAsking, setIsAsking] = useState(false)
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const stop = async () => {
    setIsBusy(true)
    const answer = await call({ method: 'POST', path: '/v1/wallet/stop', isRepeatable: true })
    setIsBusy(false)
    if (answer.kind !== 'answered') return setFailure(answer)
    setIsAsking(false)
    await queries.invalidateQueries({ queryKey: ['wallet'] })
    return undefined
  }
  return (
    <>
      <Button kind="danger" isWide onClick={() => setIsAsking(true)}>
        {w('lost.stop')}
      </Button>
      <Dialog
        title={w('lost.sure')}
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        actions={
          <Button kind="danger" isBusy={isBusy} onClick={() => void stop()}>
            {w('lost.stop')}
          </Button>
        }
      >
        <p>{w('lost.sure_text')}</p>
        {failure !== null && <Failed failure={failure} />}
      </Dialog>
    </>
  )
}
