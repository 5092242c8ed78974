import { registerSW } from 'virtual:pwa-register'

const HOUR_MS = 3_600_000

/**
 * Lets the new version take over, and opens the page anew once it has. Where no page of the kept
 * version is open it has taken over already: this one was there before anything was kept.
 */
async function takeOver(take: () => Promise<void>): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration()
  const waiting = registration?.waiting ?? null
  if (waiting === null) {
    location.reload()
    return
  }
  waiting.addEventListener('statechange', () => {
    if (waiting.state === 'activated') location.reload()
  })
  await take()
}

/** Keeps the app's shell on the phone. `onNew` hears how to take a new version, when there is one. */
export function keepApp({
  signal,
  onNew,
}: Readonly<{ signal: AbortSignal; onNew: (take: () => Promise<void>) => void }>): void {
  const take = registerSW({
    onNeedRefresh: () => onNew(() => takeOver(take)),
    onRegisteredSW: (_, registration) => {
      if (signal.aborted) return
      const timer = setInterval(() => void registration?.update().catch(() => {}), HOUR_MS)
      signal.addEventListener('abort', () => clearInterval(timer))
    },
  })
}
