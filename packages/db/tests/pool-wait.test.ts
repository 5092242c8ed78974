import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { connect, type Connection, withClient } from '../src/connect.ts'
import type { PoolWait } from '../src/pool.ts'
import { testDatabase, type TestDatabase } from '../src/testing.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())

/** A pool of one connection, and what it told of those who waited for it. */
async function withOne(
  given: Readonly<{ connectionWaitMs?: number; url?: string }>,
  work: (connection: Connection, waits: readonly PoolWait[]) => Promise<void>,
) {
  const waits: PoolWait[] = []
  const seen: Pool[] = []
  const connection = connect({
    url: database.urlFor('redemption'),
    applicationName: 'pool-wait-test',
    connectionsMax: 1,
    measure: (pool) => {
      seen.push(pool)
      return (wait) => void waits.push(wait)
    },
    ...given,
  })
  expect(seen).toEqual([connection.pool])
  try {
    await work(connection, waits)
  } finally {
    await connection.close()
  }
}

describe('a wait for a connection', () => {
  test('is told of every caller, whichever way they ask', async () => {
    await withOne({ connectionWaitMs: 10_000 }, async (connection, waits) => {
      const { db, pool } = connection
      await sql`select 1`.execute(db)
      await withClient(pool, async (client) => client.query('select 1'))
      expect(waits).toEqual([
        { ms: expect.any(Number), isInVain: false },
        { ms: expect.any(Number), isInVain: false },
      ])
      const held = await pool.connect()
      const behind = [sql`select 1`.execute(db), sql`select 1`.execute(db)]
      await expect.poll(() => pool.waitingCount).toBe(2)
      // Whoever still waits is told of when the wait is over.
      expect(waits.length).toBe(3)
      held.release()
      await Promise.all(behind)
      expect(waits.map(({ isInVain }) => isInVain)).toEqual([false, false, false, false, false])
    })
  })

  test('that is too long is told of as in vain', async () => {
    await withOne({ connectionWaitMs: 50 }, async ({ db, pool }, waits) => {
      const held = await pool.connect()
      await expect(sql`select 1`.execute(db)).rejects.toThrow('timeout')
      held.release()
      expect(waits).toEqual([
        { ms: expect.any(Number), isInVain: false },
        { ms: expect.any(Number), isInVain: true },
      ])
    })
  })

  test('at a server that is not there is told of as in vain', async () => {
    const url = 'postgres://minnaken_redemption@127.0.0.1:1/none'
    await withOne({ url }, async ({ db }, waits) => {
      await expect(sql`select 1`.execute(db)).rejects.toThrow(/ECONNREFUSED/)
      expect(waits).toEqual([{ ms: expect.any(Number), isInVain: true }])
    })
  })

  test('goes unnoticed where nobody measures', async () => {
    const url = database.urlFor('redemption')
    const { db, close } = connect({ url, applicationName: 'pool-wait-test', connectionsMax: 1 })
    expect((await sql`select 1 as x`.execute(db)).rows).toEqual([{ x: 1 }])
    await close()
  })
})
