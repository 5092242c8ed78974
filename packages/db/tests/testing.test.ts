import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDatabase } from '../src/testing.ts'

const nameIn = (url: string): string => new URL(url).pathname.slice(1)

test('each test database is its own, with the whole schema and no rows', async () => {
  const [one, two] = await Promise.all([testDatabase(), testDatabase({ partitioned: true })])
  try {
    await one.owner.insertInto('ledger.bucket').values({ bucket: 7 }).execute()
    const inOne = await one.owner.selectFrom('ledger.bucket').select('bucket').execute()
    const inTwo = await two.owner.selectFrom('ledger.bucket').select('bucket').execute()
    expect([inOne, inTwo]).toEqual([[{ bucket: 7 }], []])
  } finally {
    await Promise.all([one.drop(), two.drop()])
  }
})

test('drop removes the database, even when a connection is still lent', async () => {
  const kept = await testDatabase({ empty: true })
  const gone = await testDatabase()
  try {
    await gone.connectAs('redemption').pool.connect()
    await gone.drop()
    const { rows } = await sql`select from pg_database
      where datname = ${nameIn(gone.ownerUrl)}`.execute(kept.owner)
    expect(rows).toEqual([])
  } finally {
    await kept.drop()
  }
})

test('databases that a killed run left are removed by the next one, those of living runs stay', async () => {
  const living = await testDatabase({ empty: true })
  try {
    const name = nameIn(living.ownerUrl)
    const left = name.replace(/_\d+_/, '_2147483647_')
    expect(left).not.toBe(name)
    await sql`create database ${sql.id(left)}`.execute(living.owner)
    await (await testDatabase({ empty: true })).drop()
    const { rows } = await sql<{ name: string }>`select datname as name from pg_database
      where datname in (${name}, ${left})`.execute(living.owner)
    expect(rows).toEqual([{ name }])
  } finally {
    await living.drop()
  }
})

test('the files of several runs may have more connections at once than one platform', async () => {
  const database = await testDatabase()
  try {
    const { rows } = await sql<{ connections: number }>`select rolconnlimit as connections
      from pg_roles where rolname = 'minnaken_purchase'`.execute(database.owner)
    expect(rows).toEqual([{ connections: 1_000 }])
  } finally {
    await database.drop()
  }
})
