import { queryOptions } from '@tanstack/react-query'
import { keepAnswer, keptAnswer } from './session/who-is-here.ts'

/** An answer that is shown again, with its age, when there is no network. */
export const kept = <T>(name: string, asking: (signal: AbortSignal) => Promise<T>) =>
  queryOptions({
    queryKey: name.split('/'),
    queryFn: async ({ signal }) => {
      const value = await asking(signal)
      keepAnswer(name, value)
      return value
    },
    initialData: () => keptAnswer(name)?.value as T | undefined,
    initialDataUpdatedAt: () => keptAnswer(name)?.at,
  })
