import { execFile } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Which cores PostgreSQL and the redemption service have to themselves, and which the rest has. */
export type Placement = Readonly<{ own: string; rest: string }>

/**
 * Half of the cores for PostgreSQL and the redemption service, the other half for everything else,
 * the client too: where there is only one machine, as if sale and client were elsewhere.
 */
export function halves(): Placement {
  const cores = availableParallelism()
  if (cores < 2) throw new Error('a single core cannot be shared out')
  const half = Math.floor(cores / 2)
  return { own: `0-${half - 1}`, rest: `${half}-${cores - 1}` }
}

/** From now on these processes, and those that they start, run on these cores only. */
export async function keepOn(cores: string, pids: readonly number[]): Promise<void> {
  for (const pid of pids) await run('taskset', ['-a', '-c', '-p', cores, String(pid)])
}
