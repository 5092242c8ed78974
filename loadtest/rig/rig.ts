import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { stopEmbedded } from '@minnaken/db'
import { onEndAsked } from '@minnaken/http'
import { type Books, checkBooks } from './books.ts'
import { type ClosedLoop, runClosedLoop } from './closed-loop.ts'
import { type Payment, type PlanOptions, planPayments, signPayments } from './codes.ts'
import { type Entry, readJournal, resolveUnknown } from './journal.ts'
import { type K6Run, findOrBuildK6, runK6, writePayments } from './k6.ts'
import { type Cost, measure } from './measure.ts'
import { type Platform, startPlatform } from './platform.ts'
import { type RunningService, type ServiceOptions, startService } from './process.ts'
import type { Flags, ValuesOf } from './scenario.ts'
import { resetStatements } from './statements.ts'
import { seed } from './seed.ts'
import type { Seeded } from './seeded.ts'
import { RESIDENT_ORIGIN, type Wire, wireOf } from './wire.ts'

export const benchFolder = fileURLToPath(new URL('../../.data/bench', import.meta.url))

/** The flags of the platform that every scenario runs on. */
export const platformFlags = {
  wallets: { otherwise: 20_000, explains: 'residents, each with a phone and vouchers' },
  shops: { otherwise: 200, explains: 'shops, every tenth of them large' },
  tills: { otherwise: 200, explains: 'tills, spread over the shops' },
  units: { otherwise: 5, explains: 'units that each resident bought (12,500 yen each)' },
  history: { otherwise: 0, explains: 'redemptions before the run' },
  buckets: { otherwise: 1, explains: 'buckets of the ledger' },
  processes: { otherwise: 1, explains: 'processes of the redemption service' },
  pool: { otherwise: 0, explains: 'connections of each process (0: as many as the service takes)' },
  explain: { otherwise: false, explains: 'load pg_stat_statements and auto_explain (slower)' },
  profile: { otherwise: false, explains: 'keep a CPU profile of each service process' },
} as const satisfies Flags

export type PlatformValues = ValuesOf<typeof platformFlags>

/** What a scenario works with: a seeded platform, and the ways to load it and to look at it. */
export type Rig = Readonly<{
  folder: string
  values: PlatformValues
  say: (line: string) => void
  platform: Platform
  seeded: Seeded
  /** How a payment is sent. */
  wireOf: (payment: Payment) => Wire
  /** Starts a service or a baseline on the platform; what is still running at the end is stopped. */
  start: (options: Omit<ServiceOptions, 'folder'>) => Promise<RunningService>
  /** Starts the redemption service as the flags say. */
  startRedemption: () => Promise<RunningService>
  /** Plans payments and signs their codes. */
  payments: (plan: PlanOptions) => Promise<Payment[]>
  /**
   * Lets every phone pay once, so that the service has met each key and PostgreSQL each page. What
   * is measured afterwards is a busy day and not its first minute.
   */
  warmUp: (service: RunningService, options?: LoopOptions) => Promise<void>
  /** Sends payments as fast as a service answers; what the tills heard goes into the books. */
  closedLoop: (
    service: RunningService,
    payments: readonly Payment[],
    options?: LoopOptions,
  ) => Promise<Readonly<{ result: ClosedLoop; cost: Cost }>>
  /** Sends payments by a k6 script at a rate; what the tills heard goes into the books. */
  k6: (of: K6Options) => Promise<K6Result>
  /** Settles every unknown outcome, then holds all that tills heard so far against the ledger. */
  checkBooks: (service: RunningService) => Promise<Books>
}>

/** `writes`: whether what is acknowledged has to be in the ledger; a ceiling keeps nothing. */
type LoopOptions = Readonly<{ connections?: number; writes?: boolean }>

type K6Options = Readonly<{
  script: string
  /** The service that redeems, and others whose CPU counts. */
  service: RunningService
  others?: readonly RunningService[]
  /** The payments of the script; their codes are signed for the rate from `startAt` on. */
  plan: Omit<PlanOptions, 'startAt'>
  env?: Readonly<Record<string, string>>
  /** Its client takes only what everybody else of the machine leaves. */
  isLast?: boolean
  /** A second client, in a process of its own: what it does must not make the first one late. */
  beside?: Readonly<{ script: string; isLast?: boolean }>
}>

type K6Result = Readonly<{
  run: K6Run
  /** The second client's, if there was one. */
  beside: K6Run | null
  cost: Cost
  entries: readonly Entry[]
  /** Lines of the journal that are not about payments. */
  others: readonly string[]
  payments: readonly Payment[]
  startAt: number
}>

/** Another run uses the folder and the machine. */
export class RigTaken extends Error {}

/** Somebody asked the run to end before it was over. */
export class Interrupted extends Error {}

/** Starts and seeds a platform in `.data/bench`, lends it, and stops everything afterwards. */
export async function withRig<T>(
  { values, say }: Readonly<{ values: PlatformValues; say: (line: string) => void }>,
  work: (rig: Rig) => Promise<T>,
): Promise<T> {
  const folder = benchFolder
  await takeFolder(folder)
  const platform = await startPlatform({ folder, ...values })
  const services: RunningService[] = []
  const interrupted = Promise.withResolvers<never>()
  interrupted.promise.catch(() => {})
  onEndAsked({
    first: () =>
      interrupted.reject(new Interrupted('the run was interrupted; everything is stopped')),
    again: () => process.exit(3),
  })
  const seedAndWork = async (): Promise<T> => {
    const seeded = await seedWith({ platform, values, say })
    if (values.explain) await resetStatements(platform.ownerUrl)
    const result = await work(makeRig({ folder, values, say, platform, seeded, services }))
    // A service that died in the run and was not missed makes its numbers worthless.
    for (const service of services) await service.stop()
    return result
  }
  try {
    return await Promise.race([seedAndWork(), interrupted.promise])
  } finally {
    await Promise.allSettled(services.map((service) => service.stop()))
    await platform.stop()
    await rm(join(folder, 'lock'), { force: true })
  }
}

async function seedWith({
  platform,
  values,
  say,
}: Readonly<{
  platform: Platform
  values: PlatformValues
  say: (line: string) => void
}>): Promise<Seeded> {
  const started = performance.now()
  const size = { ...values, unitsEach: values.units, keyPairs: KEY_PAIRS }
  const seeded = await seed(platform.ownerUrl, size)
  const seconds = ((performance.now() - started) / 1_000).toFixed(1)
  say(`seeded ${values.wallets} wallets, ${values.history} earlier redemptions: ${seconds} s`)
  return seeded
}

const KEY_PAIRS = 2_000

type Parts = Pick<Rig, 'folder' | 'values' | 'say' | 'platform' | 'seeded'> &
  Readonly<{ services: RunningService[] }>

/** The rig over a platform that runs and is seeded. */
export function makeRig(parts: Parts): Rig {
  const { folder, values, say, platform, seeded, services } = parts
  const heard: Entry[] = []
  const wireHere: Rig['wireOf'] = (payment) => wireOf(seeded, payment)
  const start: Rig['start'] = async (options) => {
    const service = await startService(platform, { profile: values.profile, ...options, folder })
    services.push(service)
    return service
  }
  const payments: Rig['payments'] = (plan) => signPayments(seeded, planPayments(seeded, plan))
  const closedLoop: Rig['closedLoop'] = async (service, sent, options = {}) => {
    const { connections = 64, writes = true } = options
    const { urls } = service
    const measured = await measure(platform, [service], () =>
      runClosedLoop({ urls, payments: sent, wireOf: wireHere, connections }),
    )
    if (writes) heard.push(...measured.result.entries)
    return measured
  }
  return {
    folder,
    values,
    say,
    platform,
    seeded,
    wireOf: wireHere,
    start,
    startRedemption: () =>
      start({
        name: 'redemption',
        role: 'redemption',
        count: values.processes,
        connectionsMax: values.pool,
      }),
    payments,
    warmUp: async (service, options) => {
      const count = seeded.wallets.length
      const startAt = Date.now()
      await closedLoop(
        service,
        await payments({ count, startAt, wallet: (place) => place }),
        options,
      )
    },
    closedLoop,
    k6: async (of) => {
      const result = await k6Run(parts, of)
      heard.push(...result.entries)
      return result
    },
    checkBooks: async (service) => {
      const [url = ''] = service.urls
      heard.push(...(await resolveUnknown(heard, { url, wireOf: wireHere })))
      const proof = seeded.history > 1_000_000 ? 'run' : 'full'
      return checkBooks({ ownerUrl: platform.ownerUrl, seeded, entries: heard, proof })
    },
  }
}

/** How long k6 takes from its start to its first request, at most. */
const K6_STARTING_MS = 6_000
const LOOKING_MS = 300

async function k6Run({ folder, say, platform, seeded }: Parts, of: K6Options): Promise<K6Result> {
  const k6 = await findOrBuildK6(say)
  const startAt = Date.now() + (await signingMs(seeded, of.plan.count)) + K6_STARTING_MS
  const payments = await signPayments(seeded, planPayments(seeded, { ...of.plan, startAt }))
  const name = `${of.script.replace(/\.ts$/, '')}-${Date.now()}`
  const file = join(folder, `${name}.payments`)
  await writePayments(
    file,
    payments.map((payment) => wireOf(seeded, payment)),
  )
  if (Date.now() > startAt + 30_000) throw new Error('signing took longer than codes live')
  const env = {
    PAYMENTS_FILE: file,
    REDEMPTION_URLS: of.service.urls.join(','),
    START_AT: String(startAt),
    ORIGIN: RESIDENT_ORIGIN,
    ...of.env,
  }
  const { script, isLast, beside: second } = of
  const running = Promise.all([
    runK6({ k6, folder, env, script, isLast, name }),
    second === undefined ? null : runK6({ k6, folder, env, ...second, name: `${name}-beside` }),
  ])
  // k6 waits for the first code's moment, and what happens before it is not the run's.
  await Promise.race([running, wait(Math.max(0, startAt - Date.now() - LOOKING_MS))])
  const services = [of.service, ...(of.others ?? [])]
  const { result, cost } = await measure(platform, services, () => running)
  const [run, beside] = result
  const { entries, others: own } = await readJournal(run.journalFile, payments)
  const besides = beside === null ? [] : (await readJournal(beside.journalFile, payments)).others
  return { run, beside, cost, entries, others: [...own, ...besides], payments, startAt }
}

/** How long signing will take, tried on some. */
async function signingMs(seeded: Seeded, count: number): Promise<number> {
  const some = Math.min(count, 4_000)
  const startAt = Date.now()
  await signPayments(seeded, planPayments(seeded, { count: some, startAt }))
  return (Date.now() - startAt) * (count / some)
}

/** One run at a time: two would measure each other. What an earlier run left is removed. */
async function takeFolder(folder: string): Promise<void> {
  const lock = join(folder, 'lock')
  const holder = Number(await readFile(lock, 'utf8').catch(() => ''))
  if (holder > 0 && isAlive(holder))
    throw new RigTaken(
      `another bench run is going on (process ${holder}): two would measure each other`,
    )
  await stopEmbedded(join(folder, 'postgres'))
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await writeFile(lock, String(process.pid))
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
