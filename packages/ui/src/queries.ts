import { QueryClient } from '@tanstack/react-query'

/** Answers that were asked for. `call` repeats what may be repeated, so a query does not. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: { retry: false, staleTime: 10_000, networkMode: 'always' },
    mutations: { retry: false, networkMode: 'always' },
  },
})
