import { type Samples, scrape } from './metrics.ts'

/** What a service had counted by one moment. */
type Page = Readonly<{ at: number; samples: Samples }>

/** Reads what a service has counted by now; null when it does not say. */
export const pageOf = (url: string) => async (): Promise<Page | null> => {
  const samples = await scrape(url)
  return samples === null ? null : { at: Date.now(), samples }
}

/**
 * How long the answers of a route took as the service itself saw it, between two moments: a quantile
 * in ms, as exact as the bounds of its histogram. Null when it was not asked meanwhile.
 *
 * The client shares the machine, and what it is late by is not in this.
 */
export function servedWithin(
  pages: readonly Page[],
  {
    route,
    from,
    until,
    quantile,
  }: Readonly<{ route: string; from: number; until: number; quantile: number }>,
): number | null {
  const before = pages.findLast(({ at }) => at <= from) ?? pages[0]
  const after = pages.findLast(({ at }) => at <= until)
  if (before === undefined || after === undefined) return null
  const [earlier, later] = [countsOf(before.samples, route), countsOf(after.samples, route)]
  const grown = [...later]
    .map(([bound, count]) => [bound, count - (earlier.get(bound) ?? 0)] as const)
    .toSorted(([a], [b]) => a - b)
  const total = grown.at(-1)?.[1] ?? 0
  if (total <= 0) return null
  const wanted = total * quantile
  let [bottom, below] = [0, 0]
  for (const [bound, count] of grown) {
    if (count >= wanted) {
      if (bound === Infinity) return bottom * 1_000
      const part = count === below ? 1 : (wanted - below) / (count - below)
      return Math.round((bottom + (bound - bottom) * part) * 10_000) / 10
    }
    ;[bottom, below] = [bound, count]
  }
  return null
}

/** How many answers of a route took no longer than each bound, whatever their status. */
function countsOf(samples: Samples, route: string): Map<number, number> {
  const counts = new Map<number, number>()
  for (const [name, value] of samples) {
    if (!name.startsWith('minnaken_http_request_seconds_bucket{')) continue
    if (!name.includes(`route="${route}"`)) continue
    const bound = /le="([^"]+)"/.exec(name)?.[1] ?? ''
    const seconds = bound === '+Inf' ? Infinity : Number(bound)
    counts.set(seconds, (counts.get(seconds) ?? 0) + value)
  }
  return counts
}
