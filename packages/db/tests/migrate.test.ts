import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { migrate, schemaState } from '../src/migrate.ts'
import { readMigrations } from '../src/migration-files.ts'
import { readNote, removeSchemas, writeNote } from '../src/recreate.ts'
import { testDatabase, type TestDatabase } from '../src/testing.ts'

let database: TestDatabase
let folder: string
beforeEach(async () => {
  database = await testDatabase({ empty: true })
  folder = await mkdtemp(join(tmpdir(), 'minnaken-migrations-'))
  await write('0001_fruit.sql', fruit)
  await write('0002_apple.sql', `insert into fruit.kind values (1, 'apple');`)
})
afterEach(async () => {
  await database.drop()
  await rm(folder, { recursive: true })
})

const fruit = `create schema fruit;
create table fruit.kind (
  bucket int  not null,
  name   text not null,
  primary key (bucket, name)
); -- sharded
alter table fruit.kind set (fillfactor = 80); -- storage
`
const write = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text)
const run = (partitions?: number): Promise<string[]> =>
  migrate(database.ownerUrl, { folder, ...(partitions === undefined ? {} : { partitions }) })
const rowsOf = async (query: string): Promise<unknown[]> =>
  (await sql.raw(query).execute(database.owner)).rows
const ran = (): Promise<unknown[]> => rowsOf('select name from minnaken.migration order by name')

test('files run in order, each once, and their digests are kept', async () => {
  expect(await run()).toEqual(['0001_fruit.sql', '0002_apple.sql'])
  expect(await run()).toEqual([])
  await write('0003_pear.sql', `insert into fruit.kind values (2, 'pear');`)
  expect(await run()).toEqual(['0003_pear.sql'])
  expect(await rowsOf('select name from fruit.kind order by 1')).toEqual([
    { name: 'apple' },
    { name: 'pear' },
  ])
  expect(await rowsOf('select name, sha256 from minnaken.migration order by name')).toEqual(
    (await readMigrations(folder)).map(({ name, sha256 }) => ({ name, sha256 })),
  )
})

test('a file that was changed after it ran is refused, and nothing after it runs', async () => {
  await run()
  await write('0001_fruit.sql', `${fruit}-- one more word\n`)
  await write('0003_pear.sql', `insert into fruit.kind values (2, 'pear');`)
  await expect(run()).rejects.toThrow('migrations/0001_fruit.sql was changed after it ran')
  expect(await ran()).toHaveLength(2)
})

test('a file that ran and is gone is refused', async () => {
  await run()
  await rm(join(folder, '0002_apple.sql'))
  await expect(run()).rejects.toThrow('migrations/0002_apple.sql ran here and is gone')
})

test('a new file with a lower number than one that ran is refused', async () => {
  await write('0005_late.sql', 'select 1;')
  await run()
  await write('0003_early.sql', 'select 1;')
  await expect(run()).rejects.toThrow('0003_early.sql comes before 0005_late.sql, which ran')
})

test('a file that fails leaves nothing of itself, and says where it failed', async () => {
  await write('0003_broken.sql', `create table fruit.half (x int primary key);\nselect nonsense;\n`)
  await expect(run()).rejects.toThrow(
    'migrations/0003_broken.sql, about line 2: column "nonsense" does not exist',
  )
  expect(await ran()).toEqual([{ name: '0001_fruit.sql' }, { name: '0002_apple.sql' }])
  expect(await rowsOf(`select to_regclass('fruit.half') as half`)).toEqual([{ half: null }])
})

test.each(['0003-dash.sql', '3_short.sql', '0003_Upper.sql', '0003_note.txt', '0002_twice.sql'])(
  'a file named %s is refused',
  async (name) => {
    await write(name, 'select 1;')
    await expect(run()).rejects.toThrow(/is not named NNNN_noun\.sql|two migrations are 0002/)
  },
)

test('six who migrate at once run every file once, and none of them fails', async () => {
  await write('0003_slow.sql', `select pg_sleep(0.2); insert into fruit.kind values (3, 'quince');`)
  const done = await Promise.all(Array.from({ length: 6 }, () => run()))
  expect(done.flat().toSorted()).toEqual(['0001_fruit.sql', '0002_apple.sql', '0003_slow.sql'])
})

test('with partitions a sharded table is split by hash of bucket, its storage in each part', async () => {
  await run(3)
  expect(
    await rowsOf(
      `select inhrelid::regclass::text as part, reloptions from pg_inherits
       join pg_class on pg_class.oid = inhrelid
       where inhparent = 'fruit.kind'::regclass order by 1`,
    ),
  ).toEqual([0, 1, 2].map((n) => ({ part: `fruit.kind_p${n}`, reloptions: ['fillfactor=80'] })))
  expect(await rowsOf('select name from fruit.kind')).toEqual([{ name: 'apple' }])
})

test('with partitions PostgreSQL itself refuses a key without bucket', async () => {
  await write('0003_key.sql', 'alter table fruit.kind add unique (name);')
  await expect(run(3)).rejects.toThrow(/unique constraint on partitioned table must include all/)
})

test('a database keeps the number of partitions that it was made with', async () => {
  await run(3)
  await expect(run()).rejects.toThrow('this database has 3 partitions, not 0')
})

test('how a schema stands to the files is told without changing it', async () => {
  const state = () => schemaState(database.ownerUrl, folder)
  expect(await state()).toBe('missing')
  expect(await rowsOf(`select from pg_namespace where nspname = 'minnaken'`)).toEqual([])
  await run()
  expect(await state()).toBe('current')
  await write('0003_pear.sql', `insert into fruit.kind values (2, 'pear');`)
  expect(await state()).toBe('older')
  await write('0002_apple.sql', '-- another')
  expect(await state()).toBe('unknown')
})

test('a note stays with its database, and what is removed can be made again', async () => {
  expect(await readNote(database.ownerUrl)).toBeNull()
  await migrate(database.ownerUrl)
  await writeNote(database.ownerUrl, 'seeding')
  expect(await readNote(database.ownerUrl)).toBe('seeding')
  await writeNote(database.ownerUrl, null)
  expect(await readNote(database.ownerUrl)).toBeNull()
  await removeSchemas(database.ownerUrl)
  const left = `select nspname from pg_namespace where nspname !~ '^pg_|^information_schema$'`
  expect(await rowsOf(left)).toEqual([{ nspname: 'public' }])
  expect(await migrate(database.ownerUrl)).not.toEqual([])
})
