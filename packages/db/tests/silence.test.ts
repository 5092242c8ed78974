import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect, type Connection, type ConnectOptions, withClient } from '../src/connect.ts'
import { isConnectionLost, isPoolExhausted, isRefusedByServer } from '../src/errors.ts'
import { testDatabase, type TestDatabase } from '../src/testing.ts'
import { silentLine } from './silent-line.ts'

let database: TestDatabase
let line: Awaited<ReturnType<typeof silentLine>>
beforeAll(async () => {
  database = await testDatabase()
  line = await silentLine(database.urlFor('redemption'))
})
afterAll(async () => {
  await line.close()
  await database.drop()
})

const withConnection = async (
  given: Partial<ConnectOptions>,
  work: (connection: Connection) => Promise<void>,
): Promise<void> => {
  const defaults = { url: line.url, applicationName: 'silence-test', connectionsMax: 8 }
  const connection = connect({ ...defaults, ...given })
  try {
    await work(connection)
  } finally {
    await connection.close()
  }
}

/** How the work failed, and after how long. */
const failureOf = async (work: Promise<unknown>): Promise<{ error: unknown; ms: number }> => {
  const startedAt = performance.now()
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  return { error, ms: performance.now() - startedAt }
}

const sleep = sql`select pg_sleep(1)`

const running = async ({ owner }: TestDatabase): Promise<number> =>
  (
    await sql`select from pg_stat_activity where application_name = 'silence-test'
      and query like '%pg_sleep(1)%' and state = 'active'`.execute(owner)
  ).rows.length

describe('connections that go silent', () => {
  test('are all replaced once their role allows no statement to go on', async () => {
    const broken: Error[] = []
    const onConnectionError = (error: Error): void => void broken.push(error)
    await withConnection({ onConnectionError, connectionWaitMs: 10_000 }, async ({ db, pool }) => {
      const eight = (what: () => Promise<unknown>) => Promise.all(Array.from({ length: 8 }, what))
      await eight(() => sql`select 1 from pg_sleep(0.1)`.execute(db))
      const busy = Array.from({ length: 8 }, () => failureOf(sleep.execute(db)))
      expect(pool.totalCount).toBe(8)
      await expect.poll(() => running(database)).toBe(8)
      line.fallSilent()
      for (const { error, ms } of await Promise.all(busy)) {
        expect(isConnectionLost(error)).toBe(true)
        expect(isRefusedByServer(error)).toBe(false)
        expect(ms).toBeLessThan(5_000)
      }
      expect(broken).toHaveLength(8)

      const startedAt = performance.now()
      await eight(() => sql`select 1`.execute(db))
      expect(performance.now() - startedAt).toBeLessThan(2_000)
    })
  })

  test('are not asked to roll back, which would take as long again', async () => {
    await withConnection({ statementTimeoutMs: 500, connectionsMax: 1 }, async ({ db, pool }) => {
      const inTransaction = db.transaction().execute(async (tx) => {
        await sql`select 1`.execute(tx)
        line.fallSilent()
        await sql`select 2`.execute(tx)
      })
      const { error, ms } = await failureOf(inTransaction)
      expect(isConnectionLost(error)).toBe(true)
      expect([ms > 1_400, ms < 2_800]).toEqual([true, true])
      expect((await sql`select 1 as x`.execute(db)).rows).toEqual([{ x: 1 }])

      const lent = withClient(pool, async (client) => {
        line.fallSilent()
        await client.query('select 1')
      })
      expect(isConnectionLost((await failureOf(lent)).error)).toBe(true)
      expect((await sql`select 1 as x`.execute(db)).rows).toEqual([{ x: 1 }])
    })
  })
})

describe('whoever finds every connection taken', () => {
  test('is told so within a second, and that is no lost connection', async () => {
    await withConnection({ connectionsMax: 1 }, async ({ db, pool }) => {
      const taken = await pool.connect()
      const { error, ms } = await failureOf(sql`select 1`.execute(db))
      expect([isPoolExhausted(error), isConnectionLost(error)]).toEqual([true, false])
      expect(ms).toBeLessThan(1_500)
      taken.release()
      expect((await sql`select 1 as x`.execute(db)).rows).toEqual([{ x: 1 }])
    })
  })

  test('waits as long as a batch wants to', async () => {
    await withConnection({ connectionsMax: 1, connectionWaitMs: 10_000 }, async ({ db, pool }) => {
      const taken = await pool.connect()
      const asked = sql`select 1 as x`.execute(db)
      await wait(1_300)
      taken.release()
      expect((await asked).rows).toEqual([{ x: 1 }])
    })
  })

  test('is told the same when PostgreSQL lets the role have no more', async () => {
    const name = `minnaken_test_crowded_${process.pid}`
    await sql`create role ${sql.id(name)} login password 'x' connection limit 0`.execute(
      database.owner,
    )
    const url = new URL(database.ownerUrl)
    url.username = name
    url.password = 'x'
    await withConnection({ url: url.href }, async ({ db }) => {
      const { error } = await failureOf(sql`select 1`.execute(db))
      expect([isPoolExhausted(error), isConnectionLost(error)]).toEqual([true, false])
    })
    await sql`drop role ${sql.id(name)}`.execute(database.owner)
  })
})
