import { useEffect, useState } from 'react'
import { Button } from './button.tsx'
import { useUiWords } from './words.ts'

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
    const begin = async () => {
      const { keepApp } = await import('./keep-app.ts')
      keepApp({ signal: leaving.signal, onNew: (take) => setUpdate(() => take) })
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
