import type { Query, QueryClient } from '@tanstack/react-query'
import { CallFailed } from './problem.ts'

const isLost = ({ state: { error } }: Query): boolean =>
  error instanceof CallFailed && error.failure.kind === 'offline'

/**
 * Asks again by itself what could not be asked for want of a connection, as soon as there is one.
 *
 * One small question goes ahead for all of them, so that no screen changes between its words and
 * waiting every few seconds. `wait` ends early when the phone has a network again.
 */
export function reloadLost(
  queries: QueryClient,
  { isBack, wait }: Readonly<{ isBack: () => Promise<boolean>; wait: () => Promise<void> }>,
): void {
  const cache = queries.getQueryCache()
  let isWatching = false
  const watch = async () => {
    isWatching = true
    while (cache.getAll().some(isLost)) {
      await wait()
      if (await isBack()) await queries.refetchQueries({ predicate: isLost })
    }
    isWatching = false
  }
  cache.subscribe(({ query }) => {
    if (!isWatching && isLost(query)) void watch()
  })
}
