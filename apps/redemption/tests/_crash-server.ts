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

  /** The connections of these roles whose commits wait for a standby. */
  const waitingCommits = async (isOfService: boolean): Promise<number[]> => {
    const rows = await ask<{ pid: number }>(
      `select pid from pg_stat_activity where wait_event = 'SyncRep'
       and (usename = 'minnaken_redemption') = ${isOfService}`,
    )
    return rows.map(({ pid }) => pid)
  }

  return {
    ask,
    waitingCommits: () => waitingCommits(true),
    /** From now on commits wait, as for a standby that does not answer: one of ours was seen to. */
    standbyGoesAway: async (): Promise<void> => {
      await ask(`alter system set synchronous_standby_names = 'nobody'`)
      await ask('select pg_reload_conf()')
      for (;;) {
        const probe = { isOver: false }
        const commit = ask(`select pg_logical_emit_message(true, 'probe', '')`).then(() => {
          probe.isOver = true
        })
        for (let looks = 0; looks < 1_000 && !probe.isOver; looks++) {
          const [pid] = await waitingCommits(false)
          if (pid === undefined) continue
          await ask(`select pg_cancel_backend(${pid})`)
          await commit
          return
        }
      }
    },
    standbyComesBack: async (): Promise<void> => {
      await ask('alter system reset synchronous_standby_names')
      await ask('select pg_reload_conf()')
    },
    /** Kills a process of the server and brings the server back, if it does not come by itself. */
    kill: async (victim: Victim): Promise<void> => {
      const before = await lives()
      const pid = await pidOf(victim)
      process.kill(pid, 'SIGKILL')
      if (victim === 'postmaster') {
        const again = await startEmbedded({ folder })
        if (again.url !== url || again.attached) throw new Error('the server came back elsewhere')
      }
      // The server hears of its child's death a moment later.
      let isProved = false
      for (let looks = 0; !isProved && looks < 200; looks++) {
        const after = await lives()
        isProved =
          victim === 'postmaster'
            ? after.startedAt !== before.startedAt && (await pidOfPostmaster()) !== pid
            : after.startedAt === before.startedAt && after.killed > before.killed
        if (!isProved) await wait(25)
      }
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
