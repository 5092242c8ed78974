import { useSyncExternalStore } from 'react'

const subscribe = (hear: () => void): (() => void) => {
  addEventListener('online', hear)
  addEventListener('offline', hear)
  return () => {
    removeEventListener('online', hear)
    removeEventListener('offline', hear)
  }
}

/** Whether the phone has a network. True does not promise that the service answers. */
export const useIsOnline = (): boolean => useSyncExternalStore(subscribe, () => navigator.onLine)
