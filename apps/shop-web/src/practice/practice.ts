import { useSyncExternalStore } from 'react'

/**
 * Whether this till only practises. Kept nowhere: whoever opens the app anew takes real payments,
 * so that nobody believes to be paid by a till that was left practising.
 */
let isOn = false
const listeners = new Set<() => void>()

export function practise(on: boolean): void {
  isOn = on
  for (const hear of listeners) hear()
}

export const usePractice = (): boolean =>
  useSyncExternalStore(
    (hear) => {
      listeners.add(hear)
      return () => listeners.delete(hear)
    },
    () => isOn,
  )
