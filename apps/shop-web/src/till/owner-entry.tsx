import { unreachable } from '@minnaken/domain'
import {
  Button,
  type Entered,
  FailureNotice,
  Notice,
  registerPasskey,
  shopPasskeys,
  signInWithPasskey,
} from '@minnaken/ui'
import { useState } from 'react'
import { useWords } from '../words.ts'
import { ownerChanged } from './place.ts'

/** The owner signs in with a passkey, or makes one; a new passkey is a new account. */
export function OwnerEntry() {
  const { w } = useWords()
  const [busy, setBusy] = useState<'sign_in' | 'register'>()
  const [entered, setEntered] = useState<Entered>()
  const enter = async (how: 'sign_in' | 'register') => {
    setBusy(how)
    setEntered(undefined)
    const outcome = await (how === 'sign_in'
      ? signInWithPasskey(shopPasskeys)
      : registerPasskey(shopPasskeys))
    setEntered(outcome)
    if (outcome.kind === 'entered') await ownerChanged(outcome.session.accountId)
    setBusy(undefined)
  }
  return (
    <section className="flex flex-col gap-3">
      <p className="text-lg">{w('owner.text')}</p>
      {entered !== undefined && <NotEntered entered={entered} />}
      <Button isWide isBusy={busy === 'sign_in'} onClick={() => void enter('sign_in')}>
        {w('owner.sign_in')}
      </Button>
      <Button
        kind="secondary"
        isWide
        isBusy={busy === 'register'}
        onClick={() => void enter('register')}
      >
        {w('owner.register')}
      </Button>
      <p className="text-solid-gray-700">{w('owner.register_text')}</p>
    </section>
  )
}

function NotEntered({ entered }: Readonly<{ entered: Entered }>) {
  const { w } = useWords()
  switch (entered.kind) {
    case 'entered':
      return null
    case 'not_proved':
      return <Notice isAnswer kind="warning" title={w('owner.not_proved')} />
    case 'no_passkeys':
      return <Notice isAnswer kind="warning" title={w('owner.no_passkeys')} />
    case 'refused':
    case 'offline':
    case 'outcome_unknown':
      return <FailureNotice failure={entered} />
    default:
      return unreachable(entered)
  }
}
