import { Button, Notice } from '@minnaken/ui'
import { useState } from 'react'
import { useWords } from '../words.ts'
import type { Profile } from './profile.ts'

/** Where the shop stands: found by the device that stands in it. */
export function ShopPlace({
  place,
  onChange,
}: Readonly<{
  place: Profile['location']
  onChange: (place: Profile['location']) => void
}>) {
  const { w } = useWords()
  const [state, setState] = useState<'ready' | 'finding' | 'failed'>('ready')
  const find = () => {
    setState('finding')
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setState('ready')
        onChange({ latitude: degrees(coords.latitude), longitude: degrees(coords.longitude) })
      },
      () => setState('failed'),
      { enableHighAccuracy: true, timeout: 15_000 },
    )
  }
  return (
    <section className="flex flex-col gap-2">
      <h2 className="text-xl font-bold">{w('hours.place')}</h2>
      <p>{place === null ? w('hours.place_text') : w('hours.place_set')}</p>
      {state === 'failed' && <Notice isAnswer kind="warning" title={w('hours.place_failed')} />}
      <Button kind="secondary" isBusy={state === 'finding'} onClick={find}>
        {w('hours.place_here')}
      </Button>
    </section>
  )
}

/** To about ten metres, as text: a fraction is no number that services take. */
const degrees = (value: number): string => value.toFixed(4)
