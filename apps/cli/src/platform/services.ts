import type { ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { ServiceRole } from '@minnaken/db'
import { localOrigins } from './addresses.ts'
import { secretFor } from './data-folder.ts'
import { type Ended, startProcesses } from './processes.ts'

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
  ended: Promise<Ended>
}>

export type ServicesOptions = Readonly<{
  urlFor: (role: ServiceRole) => string
  ports: Readonly<Record<ServiceName, number>>
  isClockMoved?: boolean
  /** The folder of the data folder that gets one log file for each service. */
  logFolder: string
}>

/** Starts each service as a process of its own, as in production, and waits until all listen. */
export async function startServices(options: ServicesOptions): Promise<Services> {
  const admissionSecret = await secretFor('admission tickets')
  const plans = serviceNames.map((name) => ({
    name,
    main: fileURLToPath(import.meta.resolve(`@minnaken/${name}/main`)),
    env: environmentOf(name, { ...options, admissionSecret }),
  }))
  const { urls, children, stop, ended } = await startProcesses(plans, options.logFolder)
  return {
    urls,
    moveClock: async (offsetMs) => {
      await Promise.all([...children.values()].map((child) => moveClock(child, offsetMs)))
    },
    stop,
    ended,
  }
}

/** What whoever starts the platform may set, and whose it is. All else is set for the services. */
export const passedOn: Readonly<Record<string, readonly ServiceName[]>> = {
  MINNAKEN_METRICS_TOKEN: serviceNames,
  MINNAKEN_POOL_MAX: serviceNames,
  MINNAKEN_ADMISSION_IN_FLIGHT: ['purchase'],
  MINNAKEN_ADMISSION_PER_SECOND: ['purchase'],
  MINNAKEN_ADMISSION_SECRET: ['purchase'],
  MINNAKEN_SANDBOX_SECRET: ['purchase'],
}

/** One that is empty is not set. */
const settingsFor = (name: ServiceName, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(passedOn)
      .filter(([setting, services]) => services.includes(name) && (env[setting] ?? '') !== '')
      .map(([setting]) => [setting, env[setting]]),
  )

/** The whole environment of a service, out of that of this process. */
export function environmentOf(
  name: ServiceName,
  options: Pick<ServicesOptions, 'urlFor' | 'ports' | 'isClockMoved'> &
    Readonly<{ admissionSecret: string }>,
  env: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  const origins = localOrigins()
  return {
    PATH: env['PATH'],
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
    ...settingsFor(name, env),
  }
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
