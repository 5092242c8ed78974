import { QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { drawAsReact } from './as-react-draws.ts'
import { ErrorBoundary } from './error-boundary.tsx'
import { call } from './call.ts'
import { queries } from './queries.ts'
import { reloadLost } from './reload-lost.ts'
import { startTextSize } from './text-size.ts'

const LOOK_AGAIN_MS = 3_000

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms)
  })

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

/** The program does not wait for the page, and comes after it but for a strange network. */
const wholePage = (): Promise<void> =>
  new Promise((resolve) => {
    if (document.readyState === 'loading')
      document.addEventListener('DOMContentLoaded', () => resolve(), { once: true })
    else resolve()
  })

/** So long an app waits to be drawn at once with its first screen, instead of before it. */
const FIRST_SCREEN_MS = 300

const settled = (one: Promise<unknown>): Promise<unknown> => one.catch(() => {})

/** Shows an app. Its words are there, and `firstScreen` resolves when its first screen is. */
export async function startApp(app: ReactNode, firstScreen: Promise<unknown>): Promise<void> {
  startTextSize()
  await Promise.all([wholePage(), Promise.race([settled(firstScreen), pause(FIRST_SCREEN_MS)])])
  reloadLost(queries, { isBack, wait: aWhile })
  const place = document.querySelector('#app')
  if (place === null) throw new Error('the page has no place for the app')
  drawAsReact()
  createRoot(place).render(
    <ErrorBoundary>
      <QueryClientProvider client={queries}>{app}</QueryClientProvider>
    </ErrorBoundary>,
  )
}
