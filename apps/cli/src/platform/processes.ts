import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { PlatformError } from '../command.ts'
import { dataFolder } from './data-folder.ts'

/** A process that says where it listens, by `announce` of `packages/http`. */
export type Plan<Name extends string> = Readonly<{
  name: Name
  main: string
  args?: readonly string[]
  env: NodeJS.ProcessEnv
}>

export type Processes<Name extends string> = Readonly<{
  urls: Readonly<Record<Name, string>>
  children: ReadonlyMap<Name, ChildProcess>
  /** Lets each finish what is in flight, then ends it. */
  stop: () => Promise<void>
  /** Resolves when one ends that nobody asked to. */
  ended: Promise<Ended>
}>

export type Ended = Readonly<{ name: string; code: number | null }>

const STARTING_MS = 60_000

/** Starts processes, each with a log file of its own, and waits until all listen; or none is left. */
export async function startProcesses<Name extends string>(
  plans: readonly Plan<Name>[],
  logsIn: string,
): Promise<Processes<Name>> {
  const logFolder = join(dataFolder, logsIn)
  await mkdir(logFolder, { recursive: true })
  const children = new Map<Name, ChildProcess>()
  const ended = Promise.withResolvers<Ended>()
  const stop = async () => {
    await Promise.all([...children.values()].map(stopProcess))
  }
  try {
    const urls = await Promise.all(
      plans.map(async (plan) => {
        const { name } = plan
        const log = join(logFolder, `${name}.log`)
        const child = startProcess(plan, log)
        children.set(name, child)
        child.once('exit', (code) => ended.resolve({ name, code }))
        return [name, await listening(child, { name, log })] as const
      }),
    )
    return {
      urls: Object.fromEntries(urls) as Record<Name, string>,
      children,
      stop,
      ended: ended.promise,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/**
 * Each is in a process group of its own, so that Ctrl+C reaches this process only, which lets them
 * finish. It writes its log itself: the log goes on when this process is killed.
 */
function startProcess({ main, args = [], env }: Plan<string>, log: string): ChildProcess {
  const file = openSync(log, 'a')
  try {
    return spawn(process.execPath, [main, ...args], {
      env,
      stdio: ['ignore', file, file, 'ipc'],
      detached: true,
    })
  } finally {
    closeSync(file)
  }
}

function listening(
  child: ChildProcess,
  { name, log }: Readonly<{ name: string; log: string }>,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new PlatformError(`${name} ${why}: ${log}`))
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
