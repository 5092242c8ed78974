import { Button, buttonLook, Notice, useFormat } from '@minnaken/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { deviceAnswer, devicesAnswer } from '../answers.ts'
import { useWords } from '../words.ts'
import { knowPhones, newPhonesOf, phonesKnownUntil } from './new-phones-of.ts'

/** Tells the owner of a phone that another one can now pay from the same wallet, until they know. */
export function NewPhones() {
  const { w } = useWords()
  const f = useFormat()
  const hereId = useQuery(deviceAnswer).data?.deviceId
  const own = useQuery({ ...devicesAnswer, enabled: hereId !== undefined }).data ?? []
  const [knownUntil, setKnownUntil] = useState(phonesKnownUntil)
  const added = newPhonesOf(own, { hereId, knownUntil })
  if (added.length === 0) return null
  const know = () => {
    knowPhones(added)
    setKnownUntil(phonesKnownUntil())
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
