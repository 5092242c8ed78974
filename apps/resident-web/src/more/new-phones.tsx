import { Button, buttonLook, focusOnScreen, Notice, useFormat } from '@minnaken/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { deviceAnswer, devicesAnswer } from '../answers.ts'
import { useWords } from '../words.ts'
import { knowPhones, newPhonesOf, phonesKnownUntil } from './new-phones-of.ts'

/**
 * Tells the owner that another phone can pay from the same wallet, until they know; `none` is said
 * instead once it is certain that there is none to tell of, or where nobody can be asked.
 */
export function NewPhones({ none = null }: Readonly<{ none?: ReactNode }>) {
  const { w } = useWords()
  const f = useFormat()
  const here = useQuery(deviceAnswer).data
  const own = useQuery({ ...devicesAnswer, enabled: here !== undefined })
  const [knownUntil, setKnownUntil] = useState(phonesKnownUntil)
  // Before it is known which phone this is, it would be told of itself.
  if (here === undefined || own.isPending) return null
  const added = newPhonesOf(own.data ?? [], { hereId: here?.deviceId, knownUntil })
  if (added.length === 0) return none
  const know = () => {
    knowPhones(added)
    setKnownUntil(phonesKnownUntil())
    // The button goes with the notice, and the focus with it.
    queueMicrotask(focusOnScreen)
  }
  return (
    <Notice
      kind="warning"
      title={w('new_phone.title')}
      action={
        <div className="flex flex-wrap gap-2">
          <Link to="/more/device" className={buttonLook('secondary')}>
            {w('new_phone.look')}
          </Link>
          <Button kind="quiet" onClick={know}>
            {w('new_phone.known')}
          </Button>
        </div>
      }
    >
      <ul>
        {added.map(({ deviceId, name, registeredAt }) => (
          <li key={deviceId}>
            <bdi lang="" className="font-bold">
              {name}
            </bdi>{' '}
            {w('device.since', { day: f.dayAndTime(registeredAt) })}
          </li>
        ))}
      </ul>
      <p>{w('new_phone.text')}</p>
    </Notice>
  )
}
