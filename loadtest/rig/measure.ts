import { cpuOf } from './cpu.ts'
import { ownerPool } from './database.ts'
import { rounded } from './latency.ts'
import { type Samples, growth, means, scrape } from './metrics.ts'
import type { Platform } from './platform.ts'
import type { RunningService } from './process.ts'

/** What a stretch of work cost: the client is in none of these numbers. */
export type Cost = Readonly<{
  seconds: number
  serverUs: number
  postgresUs: number
  /** What PostgreSQL wrote to its log. */
  walBytes: number
  /** What the services' `/metrics` counted meanwhile, and the means of what they measured. */
  counted: Readonly<Record<string, number>>
  means: Readonly<Record<string, number>>
}>

/** Runs some work and measures what it cost the services and PostgreSQL. */
export async function measure<T>(
  platform: Platform,
  services: readonly Pick<RunningService, 'pids' | 'urls'>[],
  work: () => Promise<T>,
): Promise<Readonly<{ result: T; cost: Cost }>> {
  const pids = services.flatMap((service) => service.pids)
  const urls = services.flatMap((service) => service.urls)
  const before = await look(platform, pids, urls)
  const started = performance.now()
  const result = await work()
  const seconds = (performance.now() - started) / 1_000
  const after = await look(platform, pids, urls)
  const counted = growth(before.samples, after.samples)
  return {
    result,
    cost: {
      seconds: rounded(seconds),
      serverUs: after.serverUs - before.serverUs,
      postgresUs: after.postgresUs - before.postgresUs,
      walBytes: after.walBytes - before.walBytes,
      counted,
      means: Object.fromEntries(
        Object.entries(means(counted)).map(([name, value]) => [name, rounded(value, 4)]),
      ),
    },
  }
}

async function look(platform: Platform, pids: readonly number[], urls: readonly string[]) {
  const pages = await Promise.all(urls.map(scrape))
  const walBytes = await walBytesOf(platform.ownerUrl)
  const [serverUs, postgresUs] = await Promise.all([cpuOf(pids), cpuOf([platform.postgresPid])])
  return { samples: together(pages), serverUs, postgresUs, walBytes }
}

/** The pages of several processes as one: what has the same name is added up. */
function together(pages: readonly (Samples | null)[]): Samples {
  const all = new Map<string, number>()
  for (const page of pages)
    for (const [name, value] of page ?? []) all.set(name, (all.get(name) ?? 0) + value)
  return all
}

const walBytesOf = (ownerUrl: string): Promise<number> =>
  ownerPool(ownerUrl, async (pool) => {
    const { rows } = await pool.query<{ bytes: number }>(
      `select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8 as bytes`,
    )
    return rows[0]?.bytes ?? 0
  })

/** CPU in µs for each of `count`: of the services and of PostgreSQL. */
export const perPayment = (
  { serverUs, postgresUs, walBytes }: Pick<Cost, 'serverUs' | 'postgresUs' | 'walBytes'>,
  count: number,
): Readonly<{ serverUs: number; postgresUs: number; totalUs: number; walBytes: number }> => ({
  serverUs: rounded(serverUs / count, 1),
  postgresUs: rounded(postgresUs / count, 1),
  totalUs: rounded((serverUs + postgresUs) / count, 1),
  walBytes: Math.round(walBytes / count),
})
