import {
  Button,
  type Entered,
  Notice,
  registerPasskey,
  residentPasskeys,
  Screen,
  signInWithPasskey,
} from '@minnaken/ui'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { SaleFailure } from '../line/sale-failure.tsx'
import { useWords } from '../words.ts'
import { NotProvedNotice } from './not-proved.tsx'
import { askWhoIsHere } from './session.ts'
import { wasUsedBefore } from './who-is-here.ts'

type How = 'register' | 'sign_in'
type NotEntered = Readonly<{ how: How; why: Exclude<Entered, { kind: 'entered' }> }>

/** The door: one screen, no password. A new account is a passkey, and so is coming back. */
export function WelcomeScreen() {
  const { w } = useWords()
  const [busy, setBusy] = useState<How | null>(null)
  const [outcome, setOutcome] = useState<NotEntered | null>(null)
  const enter = async (how: How) => {
    setBusy(how)
    setOutcome(null)
    const entering = how === 'register' ? registerPasskey : signInWithPasskey
    const entered = await entering(residentPasskeys)
    setBusy(null)
    if (entered.kind === 'entered') await askWhoIsHere()
    else setOutcome({ how, why: entered })
  }
  return (
    <Screen title={w('welcome.title')}>
      <p className="text-lg">{w('welcome.what')}</p>
      <ul className="flex flex-col gap-3">
        <Promised sign="☝️">{w('welcome.no_password')}</Promised>
        <Promised sign="🎟️">{w('welcome.one_phone')}</Promised>
        <Promised sign="🏪">{w('welcome.name_later')}</Promised>
      </ul>
      <div className="mt-auto flex flex-col gap-3">
        {outcome !== null && <WhyNot why={outcome.why} onRetry={() => void enter(outcome.how)} />}
        <Ways busy={busy} onEnter={(how) => void enter(how)} />
        <p className="text-center">
          <Link to="/more/language" className="inline-block min-h-12 p-3 underline">
            <span aria-hidden="true">🌐 </span>
            <span lang="ja">ことば</span> / <span lang="en">Language</span>
          </Link>
        </p>
      </div>
    </Screen>
  )
}

/** Where somebody was before, coming back is the way in: beginning anew is an empty wallet. */
function Ways({ busy, onEnter }: Readonly<{ busy: How | null; onEnter: (how: How) => void }>) {
  const { w } = useWords()
  const isKnown = wasUsedBefore()
  const begin = (
    <Button
      key="register"
      kind={isKnown ? 'secondary' : 'primary'}
      isWide={!isKnown}
      isBusy={busy === 'register'}
      onClick={() => onEnter('register')}
    >
      {w('welcome.begin')}
    </Button>
  )
  const comeBack = (
    <Button
      key="sign_in"
      kind={isKnown ? 'primary' : 'secondary'}
      isWide={isKnown}
      isBusy={busy === 'sign_in'}
      onClick={() => onEnter('sign_in')}
    >
      {w('welcome.again')}
    </Button>
  )
  if (!isKnown) return [begin, comeBack]
  return [comeBack, <Notice key="warning" kind="warning" title={w('welcome.begin_new')} />, begin]
}

function Promised({ sign, children }: Readonly<{ sign: string; children: ReactNode }>) {
  return (
    <li className="flex items-start gap-3 rounded-12 bg-accent-50 p-3">
      <span aria-hidden="true" className="text-3xl leading-120">
        {sign}
      </span>
      <span className="self-center">{children}</span>
    </li>
  )
}

function WhyNot({ why, onRetry }: Readonly<{ why: NotEntered['why']; onRetry: () => void }>) {
  switch (why.kind) {
    case 'not_proved':
    case 'no_passkeys':
      return <NotProvedNotice why={why} />
    case 'offline':
    case 'outcome_unknown':
    case 'refused':
      // A passkey wants a hand that presses.
      return <SaleFailure failure={why} onRetry={onRetry} isByHand />
    default:
      return why satisfies never
  }
}
