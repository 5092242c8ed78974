import { Button, Field, type Failure, Notice, registerDevice, useIsOnline } from '@minnaken/ui'
import { useState } from 'react'
import { Failed } from '../asked.tsx'
import { useWords } from '../words.ts'
import { phoneName } from './phone-name.ts'
import { showRegistered } from './use-phone.ts'

/** Makes this phone one that can pay: its key is made here and never leaves it. */
export function RegisterPhone() {
  const { w } = useWords()
  const isOnline = useIsOnline()
  const [name, setName] = useState(() => phoneName(navigator.userAgent))
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | 'not_kept' | null>(null)
  const register = async () => {
    setIsBusy(true)
    setFailure(null)
    const registered = await registerDevice(name.trim().slice(0, 40) || phoneName(''))
    setIsBusy(false)
    if (registered.kind === 'not_kept') return setFailure('not_kept')
    if (registered.kind !== 'registered') return setFailure(registered)
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
      {failure === 'not_kept' ? (
        <Notice kind="error" title={w('register.not_kept')}>
          {w('register.not_kept_text')}
        </Notice>
      ) : (
        failure !== null && <Failed failure={failure} />
      )}
      <Button isWide isBusy={isBusy} disabled={!isOnline} onClick={() => void register()}>
        {w('next.register_device_button')}
      </Button>
    </section>
  )
}
