import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Db } from '../src/connect.ts'
import { isPermissionDenied } from '../src/errors.ts'
import { roleName, serviceRoles, type ServiceRole } from '../src/roles.ts'
import { testDatabase, type TestDatabase } from '../src/testing.ts'

let database: TestDatabase
const as = new Map<ServiceRole, Db>()
beforeAll(async () => {
  database = await testDatabase()
  for (const role of serviceRoles) as.set(role, database.connectAs(role, { connectionsMax: 1 }).db)
})
afterAll(() => database.drop())

/** Rows that are never changed once they are written. */
const ledgerRows = ['posting', 'leg', 'redemption', 'void', 'replay'].map(
  (name) => `ledger.${name}`,
)

const isRefused = async (role: ServiceRole, statement: string): Promise<boolean> => {
  const db = as.get(role)
  if (db === undefined) throw new Error(`not connected as ${role}`)
  try {
    // The auditor may only read by default; what counts here is what is granted.
    await db.transaction().execute(async (tx) => {
      await sql.raw('set transaction read write').execute(tx)
      await sql.raw(statement).execute(tx)
      throw new Error('undo')
    })
  } catch (error) {
    return isPermissionDenied(error)
  }
  return false
}

describe.each(serviceRoles)('the %s role', (role) => {
  test.each(ledgerRows)('cannot change or remove a row of %s', async (table) => {
    expect(await isRefused(role, `update ${table} set bucket = bucket`)).toBe(true)
    expect(await isRefused(role, `update ${table} set xid = xid`)).toBe(true)
    expect(await isRefused(role, `delete from ${table}`)).toBe(true)
    expect(await isRefused(role, `truncate ${table}`)).toBe(true)
  })

  test('can remove nothing from the ledger at all', async () => {
    const { rows } = await sql<{ name: string }>`
      select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'ledger' and c.relkind = 'r'
        and (has_table_privilege(${roleName(role)}, c.oid, 'delete')
          or has_table_privilege(${roleName(role)}, c.oid, 'truncate'))`.execute(database.owner)
    expect(rows).toEqual([])
  })

  test('makes no objects', async () => {
    expect(await isRefused(role, 'create schema mine')).toBe(true)
    expect(await isRefused(role, 'create table public.mine (x int)')).toBe(true)
    expect(await isRefused(role, 'create table ledger.mine (x int)')).toBe(true)
    expect(await isRefused(role, 'alter table ledger.lot add column x int')).toBe(true)
  })

  test('is no superuser and makes no roles', async () => {
    const { rows } = await sql`
      select rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication
      from pg_roles where rolname = ${roleName(role)}`.execute(database.owner)
    expect(new Set(Object.values(rows[0] ?? {}))).toEqual(new Set([false]))
    expect(await isRefused(role, `alter role ${roleName('purchase')} createrole`)).toBe(true)
  })
})

/** The columns of the ledger's tables that a role may write anew. */
const updatable = async (role: ServiceRole): Promise<string[]> => {
  const { rows } = await sql<{ name: string }>`
    select c.relname || '.' || attname as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute on attrelid = c.oid and attnum > 0 and not attisdropped
    where n.nspname = 'ledger' and c.relkind = 'r'
      and has_column_privilege(${roleName(role)}, c.oid, attnum, 'update')
    order by 1`.execute(database.owner)
  return rows.map(({ name }) => name)
}

describe('columns of the ledger that may change', () => {
  test('redemption: what is left of a lot, and the spare column of a day', async () => {
    expect(await updatable('redemption')).toEqual(['bucket_day.lock_only', 'lot.remaining_yen'])
    expect(await isRefused('redemption', `update ledger.bucket_day set state = 'closed'`)).toBe(
      true,
    )
    expect(
      await isRefused('redemption', `insert into ledger.bucket_day values (1, '2030-01-01')`),
    ).toBe(true)
  })

  test('settlement: the state of a day', async () => {
    expect(await updatable('settlement')).toEqual(['bucket_day.state'])
  })

  test('purchase: whether a wallet is stopped', async () => {
    expect(await updatable('purchase')).toEqual(['wallet.stopped_at'])
  })

  test('auditor: nothing, and reads only', async () => {
    expect(await updatable('auditor')).toEqual([])
    const writing = sql`insert into ledger.bucket values (1)`.execute(
      database.connectAs('auditor').db,
    )
    await expect(writing).rejects.toThrow(/read-only transaction|permission denied/)
  })
})
