import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Instant } from '@minnaken/domain'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

type Worker = { child: ChildProcess; url: string }

export type Workers = Awaited<ReturnType<typeof startWorkers>>

/**
 * Processes of the redemption service on one database, as they run in earnest, with a clock that
 * says `now`. One that was killed is started again.
 */
export async function startWorkers(databaseUrl: string, count: number, now: () => Instant) {
  const said: string[] = []

  async function start(): Promise<Worker> {
    const child = spawn(process.execPath, [main], {
      env: {
        ...process.env,
        DATABASE_URL: databaseUrl,
        PORT: '0',
        MINNAKEN_CLOCK: 'moved',
      },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    child.stderr?.on('data', (bytes: Buffer) => said.push(bytes.toString()))
    const exit = once(child, 'exit').then(() => {
      throw new Error(`a worker ended by itself: ${said.join('')}`)
    })
    const tell = async (kind: string): Promise<Record<string, unknown>> => {
      for (;;) {
        const [message] = (await Promise.race([once(child, 'message'), exit])) as unknown[]
        const told = message as Record<string, unknown>
        if (told['kind'] === kind) return told
      }
    }
    const { url } = await tell('listening')
    const moved = tell('clock_moved')
    child.send({ kind: 'clock', offsetMs: now() - Date.now() })
    await moved
    exit.catch(() => {})
    return { child, url: String(url) }
  }

  const workers = await Promise.all(Array.from({ length: count }, start))

  async function stop({ child }: Worker, signal: NodeJS.Signals): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return
    const exit = once(child, 'exit')
    child.kill(signal)
    await exit
  }

  return {
    /** The address of a worker as it is now. */
    url: (place: number): string => workers[place % workers.length]?.url ?? '',
    /** Kills a worker and starts another in its place. */
    kill: async (place: number): Promise<void> => {
      const worker = workers[place]
      if (worker === undefined) throw new Error(`there is no worker ${place}`)
      await stop(worker, 'SIGKILL')
      if (worker.child.signalCode !== 'SIGKILL') throw new Error('the worker was not killed')
      workers[place] = await start()
    },
    restartAll: async (): Promise<void> => {
      await Promise.all(workers.map((worker) => stop(worker, 'SIGTERM')))
      workers.splice(0, workers.length, ...(await Promise.all(workers.map(start))))
    },
    stop: () => Promise.all(workers.map((worker) => stop(worker, 'SIGKILL'))),
  }
}
