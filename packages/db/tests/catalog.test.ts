import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { manifest } from '../src/manifest.ts'
import { testDatabase, type TestDatabase } from '../src/testing.ts'

let whole: TestDatabase
let split: TestDatabase
beforeAll(async () => {
  whole = await testDatabase()
  split = await testDatabase({ partitioned: true })
})
afterAll(async () => {
  await whole.drop()
  await split.drop()
})

const rowsOf = async <T>(query: string, database = whole): Promise<T[]> =>
  (await sql.raw<T>(query).execute(database.owner)).rows

/** What is ours: not PostgreSQL's own, not the job queue's, not the list of migrations. */
const OURS = `n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'graphile_worker',
  'minnaken') and n.nspname not like 'pg\\_%'`
const TABLES = `select c.oid, n.nspname || '.' || c.relname as name, c.relkind, c.reloptions
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and not c.relispartition and ${OURS}`

const kindOf = (table: string): string => manifest[table] ?? `unlisted (${table})`
const sharded = Object.keys(manifest).filter((table) => kindOf(table) === 'sharded')

describe('the manifest', () => {
  test('lists every table and no other', async () => {
    const tables = await rowsOf<{ name: string }>(`${TABLES} order by 2`)
    expect(tables.map(({ name }) => name)).toEqual(Object.keys(manifest).toSorted())
    expect(sharded.length).toBeGreaterThan(0)
  })

  test('is in the order of the names, so that a table is found', () => {
    expect(Object.keys(manifest)).toEqual(Object.keys(manifest).toSorted())
  })
})

describe('every table', () => {
  test('has a primary key', async () => {
    const query = `select name from (${TABLES}) t where not exists
      (select from pg_constraint where conrelid = t.oid and contype = 'p')`
    expect(await rowsOf(query)).toEqual([])
  })

  test('is in a schema of its own, none in public', async () => {
    expect(await rowsOf(`select name from (${TABLES}) t where name like 'public.%'`)).toEqual([])
  })

  test('gets its ids from the application: no serial, no identity', async () => {
    const identities = `select name, attname from (${TABLES}) t
      join pg_attribute on attrelid = t.oid where attidentity <> ''`
    expect(await rowsOf(identities)).toEqual([])
    const sequences = `select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'S' and ${OURS}`
    expect(await rowsOf(sequences)).toEqual([])
  })

  test('has no trigger and no rule of ours', async () => {
    const triggers = `select name, tgname from (${TABLES}) t
      join pg_trigger on tgrelid = t.oid where not tgisinternal`
    expect(await rowsOf(triggers)).toEqual([])
    const rules = `select name, rulename from (${TABLES}) t join pg_rewrite on ev_class = t.oid`
    expect(await rowsOf(rules)).toEqual([])
  })
})

describe('a sharded table', () => {
  test('starts with bucket int not null', async () => {
    const columns = await rowsOf<{ name: string; column: string }>(
      `select name, attname || ' ' || format_type(atttypid, null) ||
         case when attnotnull then ' not null' else '' end as column
       from (${TABLES}) t join pg_attribute on attrelid = t.oid and attnum = 1 order by name`,
    )
    expect(columns.filter(({ name }) => kindOf(name) === 'sharded')).toEqual(
      sharded.map((name) => ({ name, column: 'bucket integer not null' })),
    )
  })

  test('has bucket in its primary key and in everything that is unique', async () => {
    const keys = await rowsOf<{ name: string; index: string; columns: string[] }>(
      `select name, indexrelid::regclass::text as index, array_agg(attname::text) as columns
       from (${TABLES}) t join pg_index on indrelid = t.oid
       join pg_attribute on attrelid = t.oid and attnum = any (indkey)
       where indisunique group by 1, 2`,
    )
    const withoutBucket = keys.filter(
      ({ name, columns }) => kindOf(name) === 'sharded' && !columns.includes('bucket'),
    )
    expect(withoutBucket).toEqual([])
    expect(new Set(keys.map(({ name }) => name))).toEqual(new Set(Object.keys(manifest)))
  })

  test('points to a sharded table by the same bucket, else only to a reference table', async () => {
    const keys = await foreignKeys()
    const wrong = keys.filter(
      (key) =>
        kindOf(key.name) === 'sharded' &&
        !(kindOf(key.target) === 'reference') &&
        !(kindOf(key.target) === 'sharded' && key.from[0] === 'bucket' && key.to[0] === 'bucket'),
    )
    expect(wrong).toEqual([])
    expect(keys.filter(({ target }) => kindOf(target) === 'sharded').length).toBeGreaterThan(0)
  })

  test('is not pointed to by a table of another kind', async () => {
    const wrong = (await foreignKeys()).filter(
      ({ name, target }) => kindOf(target) === 'sharded' && kindOf(name) !== 'sharded',
    )
    expect(wrong).toEqual([])
  })
})

type ForeignKey = Readonly<{ name: string; target: string; from: string[]; to: string[] }>

/** Every foreign key, `bucket` first if it has one. */
const foreignKeys = (): Promise<ForeignKey[]> =>
  rowsOf(`select t.name, target.name as target, array_agg(f.attname::text order by f.attname <> 'bucket', f.attname)
      as from, array_agg(k.attname::text order by f.attname <> 'bucket', f.attname) as to
    from (${TABLES}) t
    join pg_constraint c on c.conrelid = t.oid and contype = 'f'
    join (${TABLES}) target on target.oid = c.confrelid
    join lateral unnest(conkey, confkey) as pair (f, k) on true
    join pg_attribute f on f.attrelid = c.conrelid and f.attnum = pair.f
    join pg_attribute k on k.attrelid = c.confrelid and k.attnum = pair.k
    group by c.oid, t.name, target.name order by 1, 2`)

describe('split by hash of bucket', () => {
  test('exactly the sharded tables are split', async () => {
    const tables = await rowsOf<{ name: string }>(
      `select name from (${TABLES}) t where relkind = 'p' order by 1`,
      split,
    )
    expect(tables.map(({ name }) => name)).toEqual(sharded)
    expect(await rowsOf(`select name from (${TABLES}) t where relkind = 'p'`)).toEqual([])
  })

  test('columns, keys, rules and indexes are the same', async () => {
    const shape = `
      select name, 'column' as what, attname || ' ' || format_type(atttypid, atttypmod) as text
      from (${TABLES}) t join pg_attribute on attrelid = t.oid and attnum > 0
      union all
      select t.name, 'rule', conname || ' ' || pg_get_constraintdef(c.oid)
      from (${TABLES}) t join pg_constraint c on conrelid = t.oid and conparentid = 0
      union all
      select name, 'index', replace(pg_get_indexdef(indexrelid), ' ON ONLY ', ' ON ')
      from (${TABLES}) t join pg_index on indrelid = t.oid
      order by 1, 2, 3`
    expect(await rowsOf(shape, split)).toEqual(await rowsOf(shape))
  })

  test('storage settings are on every part', async () => {
    const settings = `select name, reloptions from (${TABLES}) t where reloptions is not null`
    const onParts = `select distinct name, part.reloptions from (${TABLES}) t
      join pg_inherits on inhparent = t.oid join pg_class part on part.oid = inhrelid
      where part.reloptions is not null`
    const given = (await rowsOf<{ name: string }>(settings)).filter(
      ({ name }) => kindOf(name) === 'sharded',
    )
    expect(await rowsOf(onParts, split)).toEqual(given)
    expect(given.length).toBeGreaterThan(0)
  })
})
