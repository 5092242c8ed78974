import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ErrorBoundary } from './error-boundary.tsx'
import { startTextSize } from './text-size.ts'
import { type Dictionaries, startWords } from './words.ts'

/** Answers that were asked for. `call` repeats what may be repeated, so a query does not. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: { retry: false, staleTime: 10_000, networkMode: 'always' },
    mutations: { retry: false, networkMode: 'always' },
  },
})

/** Shows an app, when its words are there. */
export async function startApp({
  dictionaries,
  app,
}: Readonly<{ dictionaries: Dictionaries; app: ReactNode }>): Promise<void> {
  startTextSize()
  await startWords(dictionaries)
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
