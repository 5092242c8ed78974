import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { ServiceRole } from '@minnaken/db'
import type { Platform } from './platform.ts'

/** Processes of one service that run, each with its own address. */
export type RunningService = Readonly<{
  name: string
  urls: readonly string[]
  pids: readonly number[]
  /** Lets each finish what is in flight, then ends it. Throws when one had ended by itself. */
  stop: () => Promise<void>
}>

export type ServiceOptions = Readonly<{
  name: string
  /** The role that it connects as; its address of the database is that role's. */
  role: ServiceRole
  /** The programme: a service's own main.ts when it is left out. */
  main?: string
  /** How many processes. */
  count?: number
  /** Connections of each process's pool; the service's own number when it is left out. */
  connectionsMax?: number
  env?: Readonly<Record<string, string>>
  /** The folder of the run, for logs and profiles. */
  folder: string
  /** Keeps a CPU profile of each process in the folder, written when it ends. */
  profile?: boolean
}>

const STARTING_MS = 60_000

/** Starts a service as in production: its own main.ts, its own processes, its own role. */
export async function startService(
  platform: Pick<Platform, 'urlFor'>,
  options: ServiceOptions,
): Promise<RunningService> {
  const children: Started[] = []
  const stop = async (): Promise<void> => {
    const ends = await Promise.all(children.map(stopProcess))
    const failed = ends.filter((end) => end !== null)
    if (failed.length > 0)
      throw new Error(`${options.name} ended by itself (${failed.join(', ')}): see its log`)
  }
  try {
    const wanted = Array.from({ length: options.count ?? 1 }, (_, place) => place)
    for (const place of wanted) children.push(spawnProcess(platform, options, place))
    const urls = await Promise.all(children.map(whenReady))
    const pids = children.map(({ child }) => child.pid ?? 0)
    return { name: options.name, urls, pids, stop }
  } catch (error) {
    await stop().catch(() => {})
    throw error
  }
}

type Started = { readonly child: ChildProcess; readonly log: string; wasStopped: boolean }

function spawnProcess(
  platform: Pick<Platform, 'urlFor'>,
  options: ServiceOptions,
  place: number,
): Started {
  const { name, folder } = options
  const main = options.main ?? fileURLToPath(import.meta.resolve(`@minnaken/${name}/main`))
  const log = join(folder, `${name}-${place}.log`)
  const profiling = options.profile === true ? ['--cpu-prof', `--cpu-prof-dir=${folder}`] : []
  const file = openSync(log, 'a')
  try {
    const child = spawn(process.execPath, [...profiling, main], {
      env: {
        PATH: process.env['PATH'],
        TZ: 'Asia/Tokyo',
        NODE_ENV: 'production',
        DATABASE_URL: platform.urlFor(options.role),
        PORT: '0',
        MINNAKEN_INVENTED_BANK: '1',
        MINNAKEN_SANDBOX: '1',
        ...(options.connectionsMax === undefined || options.connectionsMax === 0
          ? {}
          : { MINNAKEN_POOL_MAX: String(options.connectionsMax) }),
        ...options.env,
      },
      stdio: ['ignore', file, file, 'ipc'],
      detached: true,
    })
    return { child, log, wasStopped: false }
  } finally {
    closeSync(file)
  }
}

async function whenReady(started: Started): Promise<string> {
  const url = await listening(started)
  const giveUpAt = Date.now() + STARTING_MS
  for (;;) {
    const ready = await fetch(`${url}/readyz`).then(
      (response) => response.ok,
      () => false,
    )
    if (ready) return url
    if (Date.now() > giveUpAt) throw new Error(`it does not get ready: ${started.log}`)
    await wait(50)
  }
}

function listening({ child, log }: Started): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`it did not listen in a minute: ${log}`)),
      STARTING_MS,
    )
    child.once('error', reject)
    child.once('exit', (code) => {
      clearTimeout(timer)
      void readFile(log, 'utf8').then((text) =>
        reject(new Error(`it ended (exit ${code}) before it listened:\n${text.slice(-2_000)}`)),
      )
    })
    child.on('message', (message: { kind?: string; url?: string }) => {
      if (message.kind !== 'listening' || message.url === undefined) return
      clearTimeout(timer)
      resolve(message.url)
    })
  })
}

/** Answers how it had ended by itself, or null when it ends because it is asked to. */
function stopProcess(started: Started): Promise<string | null> {
  const { child } = started
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      const end = child.signalCode ?? `exit ${child.exitCode}`
      resolve(started.wasStopped ? null : end)
      return
    }
    started.wasStopped = true
    child.once('exit', () => resolve(null))
    child.kill('SIGTERM')
  })
}
