import { readFile } from 'node:fs/promises'
import { setInterval as ticks } from 'node:timers/promises'
import { rounded } from './latency.ts'
import { scrape } from './metrics.ts'
import type { RunningService } from './process.ts'

/** Does some work and looks at something before, again and again meanwhile, and after it. */
export async function watching<T, Seen>(
  everyMs: number,
  look: () => Promise<Seen>,
  work: () => Promise<T>,
): Promise<Readonly<{ result: T; seen: readonly Seen[] }>> {
  const seen: Seen[] = []
  const done = new AbortController()
  const looking = (async () => {
    for await (const _ of ticks(everyMs, undefined, { signal: done.signal }))
      seen.push(await look())
  })().catch((error: unknown) => {
    if (!done.signal.aborted) throw error
  })
  try {
    seen.push(await look())
    const result = await work()
    seen.push(await look())
    return { result, seen }
  } finally {
    done.abort()
    await looking
  }
}

/** How processes were at one moment: memory in MB, and how late their event loops were since the last. */
export type Sample = Readonly<{ at: number; memoryMb: number; lagMs: number }>

/** Looks at the processes of a service. */
export const sampleOf =
  ({ pids, urls }: Pick<RunningService, 'pids' | 'urls'>) =>
  async (): Promise<Sample> => {
    const [memoryMb, lagMs] = await Promise.all([memoryOf(pids), lagOf(urls)])
    return { at: Date.now(), memoryMb, lagMs }
  }

export const mostOf = (samples: readonly Sample[], what: 'memoryMb' | 'lagMs'): number =>
  samples.reduce((most, sample) => Math.max(most, sample[what]), 0)

/** How much memory these processes hold by now, in MB. */
async function memoryOf(pids: readonly number[]): Promise<number> {
  const held = await Promise.all(
    pids.map(async (pid) => {
      const text = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
      return Number(/^VmRSS:\s*(\d+) kB$/m.exec(text)?.[1] ?? 0)
    }),
  )
  return Math.round(held.reduce((sum, kb) => sum + kb, 0) / 1_024)
}

/** The 99th percentile of the event loop's lag since it was last asked, of the latest process. */
async function lagOf(urls: readonly string[]): Promise<number> {
  const pages = await Promise.all(urls.map(scrape))
  const lags = pages.flatMap((page) =>
    [...(page ?? [])].flatMap(([name, value]) =>
      name.startsWith('minnaken_event_loop_lag_seconds') && name.includes('quantile="0.99"')
        ? [value]
        : [],
    ),
  )
  return rounded(Math.max(0, ...lags) * 1_000)
}
