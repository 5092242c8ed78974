import { useEffect, useState } from 'react'
import { Button } from './button.tsx'
import { useUiWords } from './words.ts'

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

/**
 * Keeps the app's shell on the phone, and offers a new version when there is one. It is taken only
 * when the person says so: nobody is reloaded in the middle of a payment.
 */
export function UpdatePrompt() {
  const { w } = useUiWords()
  const [update, setUpdate] = useState<() => Promise<void>>()
  useEffect(() => {
    if (import.meta.env.DEV || !('serviceWorker' in navigator)) return undefined
    const leaving = new AbortController()
    let timer: ReturnType<typeof setInterval> | undefined
    const begin = async () => {
      const { registerSW } = await import('virtual:pwa-register')
      const take = registerSW({
        onNeedRefresh: () => setUpdate(() => () => takeOver(take)),
        onRegisteredSW: (_, registration) => {
          timer = setInterval(() => void registration?.update().catch(() => {}), HOUR_MS)
        },
      })
    }
    // Who is in a tunnel just then keeps the app as soon as there is a network.
    const insist = () => {
      begin().catch(() => {
        addEventListener('online', insist, { once: true, signal: leaving.signal })
      })
    }
    // The first screen comes first.
    const waiting = setTimeout(insist, 3_000)
    return () => {
      leaving.abort()
      clearTimeout(waiting)
      clearInterval(timer)
    }
  }, [])
  return (
    <div role="status">
      {update !== undefined && (
        <div className="flex flex-wrap items-center justify-center gap-3 bg-accent-50 px-4 py-2">
          <span>{w('ui.update.ready')}</span>
          <Button kind="secondary" onClick={() => void update()}>
            {w('ui.update.take')}
          </Button>
        </div>
      )}
    </div>
  )
}
