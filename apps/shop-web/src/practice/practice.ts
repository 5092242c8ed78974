import { useSyncExternalStore } from 'react'
import { untilUntouched } from './until-untouched.ts'

/**
 * Whether this till only practises. Kept nowhere: whoever opens the app anew takes real payments,
 * so that nobody believes to be paid by a till that was left practising. For the same reason it
 * ends when nobody touches the till any more.
 */
let isOn = false
let stop = () => {}
const listeners = new Set<() => void>()

export function practise(on: boolean): void {
  isOn = on
  stop()
  stop = on ? untilUntouched(() => practise(false), window) : () => {}
  for (const hear of listeners) hear()
}

export const isPractising = (): boolean => isOn

export const usePractice = (): boolean =>
  useSyncExternalStore((hear) => {
    listeners.add(hear)
    return () => listeners.delete(hear)
  }, isPractising)
