import { readFileSync, writeFileSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import type { Audience, Instant } from '@minnaken/domain'

/** How one service process was started, read from its environment. */
export type ProcessConfig = Readonly<{
  /** PostgreSQL, as the role of this service. */
  databaseUrl: string
  host: string
  port: number
  connectionsMax: number
  origins: Readonly<Record<Audience, string>>
  /** The clock is moved by whoever started the process: in the demo and in tests only. */
  isClockMoved: boolean
  /** Lets readers from elsewhere in to the metrics. */
  metricsToken: string | null
}>

/** Reads the configuration of a service process. Throws, naming the variable, when one is missing or wrong. */
export function readConfig(
  defaults: Readonly<{ port: number; connectionsMax: number }>,
  env: Readonly<Record<string, string | undefined>>,
): ProcessConfig {
  const databaseUrl = env['DATABASE_URL']
  if (databaseUrl === undefined || databaseUrl === '')
    throw new Error('DATABASE_URL: the PostgreSQL address of this service is needed')
  return {
    databaseUrl,
    host: env['HOST'] ?? '127.0.0.1',
    port: wholeNumber(env, 'PORT', defaults.port),
    connectionsMax: wholeNumber(env, 'MINNAKEN_POOL_MAX', defaults.connectionsMax),
    origins: {
      resident: env['MINNAKEN_ORIGIN_RESIDENT'] ?? 'http://localhost:8080',
      shop: env['MINNAKEN_ORIGIN_SHOP'] ?? 'http://localhost:8081',
      staff: env['MINNAKEN_ORIGIN_STAFF'] ?? 'http://localhost:8082',
    },
    isClockMoved: env['MINNAKEN_CLOCK'] === 'moved',
    metricsToken: secretOf(env, 'MINNAKEN_METRICS_TOKEN'),
  }
}

function wholeNumber(
  env: Readonly<Record<string, string | undefined>>,
  name: string,
  otherwise: number,
): number {
  const text = env[name]
  if (text === undefined) return otherwise
  if (!/^\d{1,5}$/.test(text)) throw new Error(`${name}: ${text} is not a whole number`)
  return Number(text)
}

/**
 * A secret that the environment gives, or null when it gives none. Throws when it could be guessed,
 * since it would be none then; what was given is not repeated.
 */
export function secretOf(
  env: Readonly<Record<string, string | undefined>>,
  name: string,
): string | null {
  const text = env[name] ?? ''
  if (text === '') return null
  if (!/^[\x21-\x7e]{16,512}$/.test(text))
    throw new Error(`${name}: 16 to 512 visible ASCII characters are needed`)
  return text
}

type ClockMove = Readonly<{ kind: 'clock'; offsetMs: number }>

/**
 * The one clock of a process. A moved clock follows the messages of the process that started this
 * one, and confirms each, so that a simulated week is the same moment everywhere.
 */
export function startClock({ isClockMoved }: Pick<ProcessConfig, 'isClockMoved'>): () => Instant {
  if (!isClockMoved) return () => Date.now()
  let offsetMs = 0
  process.on('message', (message: unknown) => {
    if (!isClockMove(message)) return
    offsetMs = message.offsetMs
    process.send?.({ kind: 'clock_moved', offsetMs })
  })
  return () => Date.now() + offsetMs
}

const isClockMove = (message: unknown): message is ClockMove =>
  typeof message === 'object' &&
  message !== null &&
  'kind' in message &&
  message.kind === 'clock' &&
  'offsetMs' in message &&
  typeof message.offsetMs === 'number'

/** Tells whoever started this process that it listens, and where. */
export function announce(service: string, url: string): void {
  process.stdout.write(`${JSON.stringify({ service, url })}\n`)
  process.send?.({ kind: 'listening', service, url })
}

/**
 * Lets the tills go first: where services share a machine whose cores are all busy, this process
 * gets what the others leave. A sale and a report can wait; a customer at a till cannot.
 */
export function yieldToTills(): void {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
    // Linux shares its cores out among sessions first: whoever leads one steps back with all of it.
    if (sessionOf(readFileSync('/proc/self/stat', 'utf8')) === process.pid) yieldAsSession()
  } catch {
    // Some systems do not let a process step back; then all are served alike.
  }
}

/** The sixth field of proc_pid_stat(5); the second is in brackets and may hold anything. */
const sessionOf = (stat: string): number =>
  Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[3])

/** sched(7). One session at a time may change: the others are told to try again. */
function yieldAsSession(triesLeft = 20): void {
  try {
    writeFileSync('/proc/self/autogroup', String(constants.priority.PRIORITY_BELOW_NORMAL))
  } catch {
    if (triesLeft > 0) setTimeout(yieldAsSession, 250, triesLeft - 1).unref()
  }
}
