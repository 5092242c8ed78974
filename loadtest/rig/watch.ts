import { readFile } from 'node:fs/promises'
import { setInterval as ticks } from 'node:timers/promises'
import { rounded } from './latency.ts'
import { scrape } from './metrics.ts'
import type { RunningService } from './process.ts'

/** How processes were at one moment: memory in MB, and how late their event loops were since the last. */
export type Sample = Readonly<{ at: number; memoryMb: number; lagMs: number }>

/** Does some work and looks at the processes of a service meanwhile, again and again. */
export async function watching<T>(
  { pids, urls }: Pick<RunningService, 'pids' | 'urls'>,
  everyMs: number,
  work: () => Promise<T>,
): Promise<Readonly<{ result: T; samples: readonly Sample[] }>> {
  const samples: Sample[] = []
  const done = new AbortController()
  const look = async (): Promise<void> => {
    const [memoryMb, lagMs] = await Promise.all([memoryOf(pids), lagOf(urls)])
    samples.push({ at: Date.now(), memoryMb, lagMs })
  }
  const looking = (async () => {
    for await (const _ of ticks(everyMs, undefined, { signal: done.signal })) await look()
  })().catch((error: unknown) => {
    if (!done.signal.aborted) throw error
  })
  try {
    await look()
    const result = await work()
    await look()
    return { result, samples }
  } finally {
    done.abort()
    await looking
  }
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
