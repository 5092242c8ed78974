import { Button, Field, Notice, type Registered, registerDevice, useIsOnline } from '@minnaken/ui'
import { useState } from 'react'
import { Failed } from '../asked.tsx'
import { NotProvedNotice } from '../session/not-proved.tsx'
import { useWords } from '../words.ts'
import { phoneName } from './phone-name.ts'
import { showRegistered } from './use-phone.ts'

type NotRegistered = Exclude<Registered, { kind: 'registered' }>

/** Makes this phone one that can pay: its key is made here and never leaves it. */
export function RegisterPhone() {
  const { w } = useWords()
  const isOnline = useIsOnline()
  const [name, setName] = useState(() => phoneName(navigator.userAgent))
  const [isBusy, setIsBusy] = useState(false)
  const [why, setWhy] = useState<NotRegistered | null>(null)
  const register = async () => {
    setIsBusy(true)
    setWhy(null)
    const registered = await registerDevice(name.trim().slice(0, 40) || phoneName(''))
    setIsBusy(false)
    if (registered.kind !== 'registered') return setWhy(registered)
    await showRegistered(registered.device)
    return undefined
  }
  return (
    <section className="flex flex-col gap-4">
      <h2 className="text-xl font-bold">{w('register.title')}</h2>
      <p>{w('register.why')}</p>
      <Field
        label={w('register.name')}
        hint={w('register.name_hint')}
        maxLength={40}
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      {why !== null && <WhyNot why={why} />}
      <Button isWide isBusy={isBusy} disabled={!isOnline} onClick={() => void register()}>
        {w('next.register_device_button')}
      </Button>
    </section>
  )
}

function WhyNot({ why }: Readonly<{ why: NotRegistered }>) {
  const { w } = useWords()
  switch (why.kind) {
    case 'not_kept':
      return (
        <Notice kind="error" title={w('register.not_kept')}>
          {w('register.not_kept_text')}
        </Notice>
      )
    case 'not_proved':
    case 'no_passkeys':
      return <NotProvedNotice why={why} />
    case 'offline':
    case 'outcome_unknown':
    case 'refused':
      return <Failed failure={why} />
    default:
      return why satisfies never
  }
}
