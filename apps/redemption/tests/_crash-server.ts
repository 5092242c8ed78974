import { readFile, readdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { connect, startEmbedded, stopEmbedded } from '@minnaken/db'
import { testFolder } from '@minnaken/db/testing'
import { sql } from 'kysely'

const dataFolder = dirname(testFolder)
const PREFIX = 'crash-'

/** Which of PostgreSQL's processes is killed: the whole server, one connection's, or a helper. */
export type Victim = 'postmaster' | 'backend' | 'checkpointer'

export type CrashServer = Awaited<ReturnType<typeof startCrashServer>>

/**
 * A PostgreSQL of this test file's own, whose processes may be killed without harm to other tests.
 *
 * From here on `testDatabase` makes its databases on it.
 */
export async function startCrashServer() {
  await removeLeftovers()
  const folder = join(dataFolder, `${PREFIX}${process.pid}`)
  const { url } = await startEmbedded({ folder })
  process.env['DATABASE_URL'] = url

  /** Asks on a connection of its own, and again while the server recovers. */
  async function ask<Row>(query: string): Promise<Row[]> {
    for (let tries = 1; ; tries++) {
      const { db, close } = connect({ url, applicationName: 'minnaken-crash', connectionsMax: 1 })
      try {
        return (await sql.raw<Row>(query).execute(db)).rows
      } catch (error) {
        if (tries >= 300) throw error
        await wait(50)
      } finally {
        await close()
      }
    }
  }

  const pidOfPostmaster = async (): Promise<number> =>
    Number((await readFile(join(folder, 'data', 'postmaster.pid'), 'utf8')).split('\n')[0])

  async function pidOf(victim: Victim): Promise<number> {
    if (victim === 'postmaster') return pidOfPostmaster()
    const rows = await ask<{ pid: number }>(
      victim === 'checkpointer'
        ? `select pid from pg_stat_activity where backend_type = 'checkpointer'`
        : `select pid from pg_stat_activity where usename = 'minnaken_redemption'
           order by state <> 'active', xact_start limit 1`,
    )
    const [row] = rows
    if (row === undefined) throw new Error(`there is no ${victim} to kill`)
    return row.pid
  }

  /** When PostgreSQL last began to take connections, and how often a process of it was killed. */
  async function lives(): Promise<Readonly<{ startedAt: string; killed: number }>> {
    const [row] = await ask<{ at: string }>('select pg_postmaster_start_time()::text as at')
    const log = await readFile(join(folder, 'server.log'), 'utf8')
    return {
      startedAt: row?.at ?? '',
      killed: log.split('was terminated by signal 9').length - 1,
    }
  }

  return {
    url,
    ask,
    /** Kills a process of the server and brings the server back, if it does not come by itself. */
    kill: async (victim: Victim): Promise<void> => {
      const before = await lives()
      const pid = await pidOf(victim)
      process.kill(pid, 'SIGKILL')
      if (victim === 'postmaster') {
        const again = await startEmbedded({ folder })
        if (again.url !== url || again.attached) throw new Error('the server came back elsewhere')
      }
      const after = await lives()
      const isProved =
        victim === 'postmaster'
          ? after.startedAt !== before.startedAt && (await pidOfPostmaster()) !== pid
          : after.startedAt === before.startedAt && after.killed > before.killed
      if (!isProved) throw new Error(`the ${victim} was not killed`)
    },
    remove: async (): Promise<void> => {
      await stopEmbedded(folder)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Stops and removes the servers of runs that were themselves killed. */
async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(dataFolder).catch(() => [])) {
    if (!name.startsWith(PREFIX) || isRunning(Number(name.slice(PREFIX.length)))) continue
    await stopEmbedded(join(dataFolder, name))
    await rm(join(dataFolder, name), { recursive: true, force: true })
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
