import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseClockSkewMs } from '../src/clock.ts'
import { connect, type Connection, withClient } from '../src/connect.ts'
import { type EmbeddedServer, startEmbedded } from '../src/embedded.ts'
import { runningServer } from '../src/embedded/server.ts'
import {
  isCheckViolation,
  isConnectionLost,
  isForeignKeyViolation,
  isLockTimeout,
  isStatementTimeout,
  isUniqueViolation,
} from '../src/errors.ts'
import { makePlace, type Place } from './server-folder.ts'

// The server is killed in here, so it is one of this file's own.
let place: Place
let server: EmbeddedServer
beforeAll(async () => {
  place = await makePlace()
  server = await startEmbedded({ folder: place.folder('pool') })
})
afterAll(() => place.remove())

const withConnection = async (
  given: Partial<Parameters<typeof connect>[0]>,
  work: (connection: Connection) => Promise<void>,
): Promise<void> => {
  const defaults = { url: server.url, applicationName: 'pool-test', connectionsMax: 2 }
  const connection = connect({ ...defaults, ...given })
  try {
    await work(connection)
  } finally {
    await connection.close()
  }
}

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  )

const pidOf = async ({ db }: Connection): Promise<unknown> =>
  (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)).rows[0]?.pid

describe('a server that dies', () => {
  test('fails the statements of that moment, not the process, and is found again', async () => {
    const broken: Error[] = []
    const onConnectionError = (error: Error): void => void broken.push(error)
    await withConnection({ connectionsMax: 3, onConnectionError }, async ({ db, pool }) => {
      // One connection in the middle of a statement, one lent out and quiet, one idle.
      const busy = failureOf(sql`select pg_sleep(60)`.execute(db))
      const [quiet, idle] = await Promise.all([pool.connect(), pool.connect()])
      idle.release()
      await wait(100)
      expect([pool.totalCount, pool.idleCount]).toEqual([3, 1])
      const { pid } = (await runningServer(`${place.folder('pool')}/data`)) ?? { pid: 0 }
      process.kill(pid, 'SIGKILL')

      expect(isConnectionLost(await busy)).toBe(true)
      expect(isConnectionLost(await failureOf(quiet.query('select 1')))).toBe(true)
      quiet.release()
      expect(isConnectionLost(await failureOf(sql`select 1`.execute(db)))).toBe(true)
      // Where one of them was asked something at that very moment, only the question fails.
      await expect.poll(() => broken.length).toBeGreaterThanOrEqual(2)

      server = await startEmbedded({ folder: place.folder('pool') })
      expect((await sql`select 1 as x`.execute(db)).rows).toEqual([{ x: 1 }])
    })
  })

  test('a connection that was cut off is closed and not lent again', async () => {
    await withConnection({ connectionsMax: 1 }, async ({ db, pool }) => {
      const error = await failureOf(
        withClient(pool, (client) => client.query('select pg_terminate_backend(pg_backend_pid())')),
      )
      expect(isConnectionLost(error)).toBe(true)
      expect((await sql`select 1 as x`.execute(db)).rows).toEqual([{ x: 1 }])
    })
  })
})

describe('a connection that is given back', () => {
  test('in good order is lent again', async () => {
    await withConnection({ connectionsMax: 1 }, async (connection) => {
      const pid = await pidOf(connection)
      expect(await failureOf(sql`select 1 / 0`.execute(connection.db))).toBeInstanceOf(Error)
      expect(await pidOf(connection)).toBe(pid)
    })
  })

  test.each(['select 1', 'select 1 / 0'])(
    'in the middle of a transaction, after %s, is closed',
    async (statement) => {
      await withConnection({ connectionsMax: 1 }, async (connection) => {
        const pid = await pidOf(connection)
        await failureOf(
          withClient(connection.pool, async (client) => {
            await client.query('begin')
            await client.query(statement)
          }),
        )
        expect(await pidOf(connection)).not.toBe(pid)
      })
    },
  )

  test('after an error that is not from PostgreSQL is closed', async () => {
    await withConnection({ connectionsMax: 1 }, async (connection) => {
      const pid = await pidOf(connection)
      const failing = withClient(connection.pool, () => Promise.reject(new Error('ours')))
      await expect(failing).rejects.toThrow('ours')
      expect(await pidOf(connection)).not.toBe(pid)
    })
  })
})

test('a pool never has more connections than it may, and names them', async () => {
  await withConnection({ connectionsMax: 2, applicationName: 'counted' }, async ({ db }) => {
    const count = sql<{ n: number }>`select count(*) as n from pg_stat_activity
      where application_name = 'counted' and pg_sleep(0.01) is not null`
    const counts = await Promise.all(Array.from({ length: 12 }, () => count.execute(db)))
    expect(Math.max(...counts.map(({ rows }) => rows[0]?.n ?? 0))).toBe(2)
  })
})

test('time limits of a pool are told apart from other errors', async () => {
  await withConnection({ statementTimeoutMs: 50, lockTimeoutMs: 20 }, async ({ db }) => {
    const slow = await failureOf(sql`select pg_sleep(5)`.execute(db))
    expect([isStatementTimeout(slow), isLockTimeout(slow)]).toEqual([true, false])
    await sql`create table held (x int primary key)`.execute(db)
    await db.transaction().execute(async (tx) => {
      await sql`lock table held`.execute(tx)
      const locked = await failureOf(sql`select * from held`.execute(db))
      expect([isStatementTimeout(locked), isLockTimeout(locked)]).toEqual([false, true])
    })
  })
})

test('what a table refuses is told apart, by the name of its rule', async () => {
  await withConnection({}, async ({ db }) => {
    await sql`create table ruled (x int constraint x_is_key primary key,
      y int constraint y_is_small check (y < 9), z int constraint z_is_known references ruled)`.execute(
      db,
    )
    const insert = (x: number, y: number, z: number): Promise<unknown> =>
      failureOf(sql`insert into ruled values (${x}, ${y}, ${z})`.execute(db))
    expect(await insert(1, 1, 1)).toBeUndefined()
    const twice = await insert(1, 1, 1)
    expect(isUniqueViolation(twice)).toBe(true)
    expect(isUniqueViolation(twice, 'x_is_key')).toBe(true)
    expect(isUniqueViolation(twice, 'another')).toBe(false)
    expect(isCheckViolation(await insert(2, 9, 2), 'y_is_small')).toBe(true)
    expect(isForeignKeyViolation(await insert(3, 1, 4), 'z_is_known')).toBe(true)
    expect(isConnectionLost(twice)).toBe(false)
  })
})

test('the clocks are compared in milliseconds, ahead or behind', async () => {
  await withConnection({}, async ({ db }) => {
    expect(Math.abs(await databaseClockSkewMs(db, Date.now))).toBeLessThan(500)
    const behind = await databaseClockSkewMs(db, () => Date.now() + 86_400_000)
    expect(Math.abs(behind + 86_400_000)).toBeLessThan(500)
  })
})
