import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ServiceRole } from '@minnaken/db'
import { dataFolder } from './data-folder.ts'

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
  env?: Readonly<Record<string, string>>
  isClockMoved?: boolean
  /** The folder of the data folder that gets one log file for each service. */
  logFolder: string
}>

const STARTING_MS = 60_000

/** Starts each service as a process of its own, as in production, and waits until all listen. */
export async function startServices(options: ServicesOptions): Promise<Services> {
  const logFolder = join(dataFolder, options.logFolder)
  await mkdir(logFolder, { recursive: true })
  const children = new Map<ServiceName, ChildProcess>()
  const ended = Promise.withResolvers<{ name: ServiceName; code: number | null }>()
  const stop = async () => {
    await Promise.all([...children.values()].map(stopProcess))
  }
  try {
    const urls = await Promise.all(
      serviceNames.map(async (name) => {
        const child = startProcess(name, options, join(logFolder, `${name}.log`))
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

function startProcess(name: ServiceName, options: ServicesOptions, log: string): ChildProcess {
  const child = spawn(
    process.execPath,
    [fileURLToPath(import.meta.resolve(`@minnaken/${name}/main`))],
    {
      env: {
        PATH: process.env['PATH'],
        TZ: 'Asia/Tokyo',
        DATABASE_URL: options.urlFor(name),
        PORT: String(options.ports[name]),
        ...(options.isClockMoved === true ? { MINNAKEN_CLOCK: 'moved' } : {}),
        MINNAKEN_INVENTED_BANK: '1',
        ...options.env,
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  )
  const file = createWriteStream(log, { flags: 'a' })
  child.stdout?.pipe(file, { end: false })
  child.stderr?.pipe(file, { end: false })
  return child
}

function listening(child: ChildProcess, name: ServiceName, logFolder: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) =>
      reject(new Error(`${name} ${why}; see ${join(logFolder, `${name}.log`)}`))
    const timer = setTimeout(() => fail('did not listen in a minute'), STARTING_MS)
    child.once('exit', (code) => {
      clearTimeout(timer)
      fail(`ended by itself (exit ${code})`)
    })
    child.on('message', (message: { kind?: string; url?: string }) => {
      if (message.kind !== 'listening' || message.url === undefined) return
      clearTimeout(timer)
      resolve(message.url)
    })
  })
}

function moveClock(child: ChildProcess, offsetMs: number): Promise<void> {
  return new Promise((resolve) => {
    const onMessage = (message: { kind?: string; offsetMs?: number }) => {
      if (message.kind !== 'clock_moved' || message.offsetMs !== offsetMs) return
      child.off('message', onMessage)
      resolve()
    }
    child.on('message', onMessage)
    child.send({ kind: 'clock', offsetMs })
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
