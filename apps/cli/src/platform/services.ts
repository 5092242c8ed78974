import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ServiceRole } from '@minnaken/db'
import { PlatformError } from '../command.ts'
import { localOrigins } from './addresses.ts'
import { dataFolder, secretFor } from './data-folder.ts'

export const serviceNames = ['purchase', 'redemption', 'settlement'] as const

export type ServiceName = (typeof serviceNames)[number]

export type ServiceUrls = Readonly<Record<ServiceName, string>>

export type Services = Readonly<{
  urls: ServiceUrls
  /** Moves the one clock of all services; resolves when each has confirmed it. */
  moveClock: (offsetMs: number) => Promise<void>
  /** Lets each finish what is in flight, then ends it. */
  stop: () => Promise<void>
  /** Resolves when a service ends that nobody asked to. */
  ended: Promise<Readonly<{ name: ServiceName; code: number | null }>>
}>

export type ServicesOptions = Readonly<{
  urlFor: (role: ServiceRole) => string
  ports: Readonly<Record<ServiceName, number>>
  isClockMoved?: boolean
  /** The folder of the data folder that gets one log file for each service. */
  logFolder: string
}>

const STARTING_MS = 60_000

/** Starts each service as a process of its own, as in production, and waits until all listen. */
export async function startServices(options: ServicesOptions): Promise<Services> {
  const logFolder = join(dataFolder, options.logFolder)
  await mkdir(logFolder, { recursive: true })
  const admissionSecret = await secretFor('admission tickets')
  const children = new Map<ServiceName, ChildProcess>()
  const ended = Promise.withResolvers<{ name: ServiceName; code: number | null }>()
  const stop = async () => {
    await Promise.all([...children.values()].map(stopProcess))
  }
  try {
    const urls = await Promise.all(
      serviceNames.map(async (name) => {
        const child = startProcess(
          name,
          { ...options, admissionSecret },
          join(logFolder, `${name}.log`),
        )
        children.set(name, child)
        child.once('exit', (code) => ended.resolve({ name, code }))
        return [name, await listening(child, name, logFolder)] as const
      }),
    )
    return {
      urls: Object.fromEntries(urls) as Record<ServiceName, string>,
      moveClock: async (offsetMs) => {
        await Promise.all([...children.values()].map((child) => moveClock(child, offsetMs)))
      },
      stop,
      ended: ended.promise,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/**
 * Each service is in a process group of its own, so that Ctrl+C reaches this process only, which
 * lets them finish. It writes its log itself: the log goes on when this process is killed.
 */
function startProcess(
  name: ServiceName,
  options: ServicesOptions & Readonly<{ admissionSecret: string }>,
  log: string,
): ChildProcess {
  const origins = localOrigins()
  const file = openSync(log, 'a')
  try {
    return spawn(process.execPath, [fileURLToPath(import.meta.resolve(`@minnaken/${name}/main`))], {
      env: {
        PATH: process.env['PATH'],
        TZ: 'Asia/Tokyo',
        DATABASE_URL: options.urlFor(name),
        PORT: String(options.ports[name]),
        MINNAKEN_ORIGIN_RESIDENT: origins.resident,
        MINNAKEN_ORIGIN_SHOP: origins.shop,
        MINNAKEN_ORIGIN_STAFF: origins.staff,
        ...(options.isClockMoved === true ? { MINNAKEN_CLOCK: 'moved' } : {}),
        // Places in line and turns are honoured by the next start too.
        ...(name === 'purchase' ? { MINNAKEN_ADMISSION_SECRET: options.admissionSecret } : {}),
        MINNAKEN_INVENTED_BANK: '1',
        MINNAKEN_SANDBOX: '1',
      },
      stdio: ['ignore', file, file, 'ipc'],
      detached: true,
    })
  } finally {
    closeSync(file)
  }
}

function listening(child: ChildProcess, name: ServiceName, logFolder: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) =>
      reject(new PlatformError(`${name} ${why}: ${join(logFolder, `${name}.log`)}`))
    const timer = setTimeout(
      () => fail('が1分たっても動き始めません / did not listen in a minute'),
      STARTING_MS,
    )
    child.once('exit', (code) => {
      clearTimeout(timer)
      fail(`がひとりでに終わりました / ended by itself (exit ${code})`)
    })
    child.on('message', (message: { kind?: string; url?: string }) => {
      if (message.kind !== 'listening' || message.url === undefined) return
      clearTimeout(timer)
      resolve(message.url)
    })
  })
}

function moveClock(child: ChildProcess, offsetMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const onExit = () => reject(new Error('a service ended, so its clock cannot be moved'))
    const onMessage = (message: { kind?: string; offsetMs?: number }) => {
      if (message.kind !== 'clock_moved' || message.offsetMs !== offsetMs) return
      child.off('message', onMessage)
      child.off('exit', onExit)
      resolve()
    }
    child.on('message', onMessage)
    child.once('exit', onExit)
    child.send({ kind: 'clock', offsetMs }, (error) => {
      if (error !== null) reject(error)
    })
  })
}

function stopProcess(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      resolve()
      return
    }
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
}
