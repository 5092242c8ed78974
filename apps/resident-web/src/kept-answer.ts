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

/** So long a slow phone may take from asking until its first screen is there. */
const FIRST_SCREEN_MS = 3_000

let askedAheadAt: number | undefined

/** From here on answers are on their way to a first screen that is not there yet. */
export function askAhead(): void {
  askedAheadAt = performance.now()
}

/**
 * As `refetchOnMount`: asked anew by every screen that shows it. Only the first screen of all shows
 * what was asked ahead for it, once; an answer that was kept from an earlier visit was not.
 */
export const anew = ({
  state: { dataUpdateCount },
}: Readonly<{ state: Readonly<{ dataUpdateCount: number }> }>): true | 'always' => {
  const isNew = askedAheadAt !== undefined && performance.now() - askedAheadAt < FIRST_SCREEN_MS
  return (isNew && dataUpdateCount === 1) || 'always'
}
