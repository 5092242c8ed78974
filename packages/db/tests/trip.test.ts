import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  type Connection,
  type PoolClient,
  type Statement,
  begin,
  commit,
  text,
  trip,
  wholeNumber,
  withClient,
} from '../src/index.ts'
import { type TestDatabase, testDatabase } from '../src/testing.ts'

let database: TestDatabase
let connection: Connection

beforeAll(async () => {
  database = await testDatabase({ empty: true })
  connection = openPool()
  await connection.pool.query('create table entry (word text primary key, n int not null)')
})
beforeEach(async () => {
  await connection.pool.query('truncate entry')
})
afterAll(async () => {
  await connection.close()
  await database.drop()
})

const openPool = (): Connection =>
  database.connectAs('purchase', { url: database.ownerUrl, connectionsMax: 4 })

const write = (word: string, n = 1): Statement<string> => ({
  name: 'write',
  text: 'insert into entry (word, n) values ($1, $2) returning word',
  values: [word, String(n)],
  read: ([written]) => text(written),
})
const count: Statement<number> = {
  name: 'count',
  text: 'select count(*) from entry',
  values: [],
  read: ([n]) => wholeNumber(n),
}
const sleep: Statement = { name: 'sleep', text: 'select pg_sleep(1)', values: [], read: () => null }
const broken: Statement = { name: 'broken', text: 'select nonsense', values: [], read: () => null }

const travel = <T>(work: (client: PoolClient) => Promise<T>): Promise<T> =>
  withClient(connection.pool, work)

test('statements travel together and answer each with its own rows', async () => {
  const rows = await travel((client) => trip(client, [write('a'), count, write('b'), count]))
  expect(rows).toEqual([['a'], [1], ['b'], [2]])
})

test('each statement sees what others committed up to its own turn', async () => {
  const seen = travel((client) => trip(client, [begin, count, sleep, count, commit]))
  await new Promise((resolve) => setTimeout(resolve, 300))
  await travel((client) => trip(client, [write('meanwhile')]))
  const [, before, , after] = await seen
  expect([before, after]).toEqual([[0], [1]])
})

test('what follows a statement that fails is left out, its commit too', async () => {
  await travel(async (client) => {
    const failing = trip(client, [begin, write('a'), write('a'), write('b'), commit])
    await expect(failing).rejects.toThrow('duplicate key')
    await client.query('rollback')
    expect(await trip(client, [count])).toEqual([[0]])
  })
})

test('a commit that PostgreSQL turns into a rollback is no success', async () => {
  await travel(async (client) => {
    await expect(trip(client, [begin, broken])).rejects.toThrow('nonsense')
    await expect(trip(client, [commit])).rejects.toThrow('the transaction ended in ROLLBACK')
  })
})

test('a statement that was prepared by a trip that failed can be sent again', async () => {
  const { pool, close } = openPool()
  await withClient(pool, async (client) => {
    await expect(trip(client, [count, broken])).rejects.toThrow('nonsense')
    expect(await trip(client, [count])).toEqual([[0]])
    expect(await trip(client, [count])).toEqual([[0]])
  })
  await close()
})

test('a statement is prepared once for each connection', async () => {
  const { pool, close } = openPool()
  await withClient(pool, async (client) => {
    for (let n = 0; n < 3; n++) await trip(client, [count, write(`word ${n}`)])
    const { rows } = await client.query<{ calls: number }>(
      `select (generic_plans + custom_plans)::int as calls from pg_prepared_statements
       where name = 'write'`,
    )
    expect(rows).toEqual([{ calls: 3 }])
  })
  await close()
})

test('a statement that a migration has changed beside a running service is prepared anew', async () => {
  const all: Statement<number> = {
    name: 'all',
    text: 'select * from changing',
    values: [],
    read: ([n]) => wholeNumber(n),
  }
  await connection.pool.query('create table changing (n int not null)')
  await travel(async (client) => {
    expect(await trip(client, [all])).toEqual([[]])
    await client.query('alter table changing add word text')
    await expect(trip(client, [all])).rejects.toThrow('cached plan must not change result type')
    expect(await trip(client, [all])).toEqual([[]])
  })
})

test('a row that cannot be read fails its trip and leaves the connection usable', async () => {
  const unreadable: Statement = {
    ...count,
    name: 'unreadable',
    read: ([n]) => wholeNumber(`${n}!`),
  }
  await travel(async (client) => {
    await expect(trip(client, [unreadable, write('a')])).rejects.toThrow('beyond')
    expect(await trip(client, [count])).toEqual([[1]])
  })
})

test('a connection that is lost on the way fails the trip', async () => {
  const lost = travel(async (client) => {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    return Promise.all([
      trip(client, [begin, write('lost'), sleep, commit]),
      connection.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]),
    ])
  })
  await expect(lost).rejects.toThrow(/terminat/)
  expect(await travel((client) => trip(client, [count]))).toEqual([[0]])
})
