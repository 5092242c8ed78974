import { useCallback, useState } from 'react'
import type { Place } from './nearby.ts'

type Here = Readonly<{ place: Place | null; isRefused: boolean; ask: () => void }>

/** Where this phone is, once its owner lets it tell. It never leaves the phone. */
export function useHere(): Here {
  const [place, setPlace] = useState<Place | null>(null)
  const [isRefused, setIsRefused] = useState(false)
  const ask = useCallback(() => {
    setIsRefused(false)
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude } }) => setPlace({ latitude, longitude }),
      () => setIsRefused(true),
      { maximumAge: 60_000, timeout: 10_000 },
    )
  }, [])
  return { place, isRefused, ask }
}
