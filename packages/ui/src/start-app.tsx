import { QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ErrorBoundary } from './error-boundary.tsx'
import { call } from './call.ts'
import { queries } from './queries.ts'
import { reloadLost } from './reload-lost.ts'
import { startTextSize } from './text-size.ts'

const LOOK_AGAIN_MS = 3_000

/** Some seconds, or until the phone has a network again. */
const aWhile = (): Promise<void> =>
  new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      removeEventListener('online', end)
      resolve()
    }
    const timer = setTimeout(end, LOOK_AGAIN_MS)
    addEventListener('online', end)
  })

const isBack = async (): Promise<boolean> => {
  const { kind } = await call({ path: '/v1/time', patienceMs: 0 })
  return kind === 'answered'
}

/** Shows an app. Its words are there. */
export function startApp(app: ReactNode): void {
  startTextSize()
  reloadLost(queries, { isBack, wait: aWhile })
  const place = document.querySelector('#app')
  if (place === null) throw new Error('the page has no place for the app')
  createRoot(place).render(
    <StrictMode>
      <ErrorBoundary>
        <QueryClientProvider client={queries}>{app}</QueryClientProvider>
      </ErrorBoundary>
    </StrictMode>,
  )
}
