import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Db } from '../src/connect.ts'
import { isPermissionDenied } from '../src/errors.ts'
import { manifest } from '../src/manifest.ts'
import { roleName, serviceRoles, type ServiceRole } from '../src/roles.ts'
import { testDatabase, type TestDatabase } from '../src/testing.ts'
import { type Columns, every, granted } from './_granted.ts'

type Column = Readonly<{ table: string; column: string; type: string; generated: boolean }>

let database: TestDatabase
let columns: readonly Column[]
const as = new Map<ServiceRole, Db>()
beforeAll(async () => {
  database = await testDatabase()
  const { rows } = await sql<Column>`
    select n.nspname || '.' || c.relname as table, attname as column,
      format_type(atttypid, atttypmod) as type, attgenerated <> '' as generated
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute on attrelid = c.oid and attnum > 0 and not attisdropped
    where c.relkind = 'r' and n.nspname || '.' || c.relname in (${sql.join([
      ...Object.keys(manifest),
      'minnaken.migration',
    ])})
    order by 1, attnum`.execute(database.owner)
  columns = rows
  for (const role of serviceRoles) {
    const { db } = database.connectAs(role, { connectionsMax: 1 })
    // The auditor may only read by default; what counts here is what is granted.
    await sql`set default_transaction_read_only = off`.execute(db)
    as.set(role, db)
  }
})
afterAll(() => database.drop())

const quoted = (table: string): string =>
  table
    .split('.')
    .map((name) => `"${name}"`)
    .join('.')

/** Whether PostgreSQL refuses the role this statement. It is undone in any case. */
async function isRefused(role: ServiceRole, statement: string): Promise<boolean> {
  const undone = new Error('undone')
  try {
    await as
      .get(role)
      ?.transaction()
      .execute(async (tx) => {
        await sql.raw(statement).execute(tx)
        throw undone
      })
  } catch (error) {
    if (error === undone) return false
    if (isPermissionDenied(error)) return true
    throw new Error(`${role}: ${statement}`, { cause: error })
  }
  throw new Error(`not connected as ${role}`)
}

const tables = (): string[] => [...new Set(columns.map(({ table }) => table))]

/** Every statement that there is on a table, by what it would be called in the list of grants. */
const statements = (): (readonly [name: string, statement: string])[] => [
  ...columns.flatMap(({ table, column, type, generated }) => {
    const [it, name] = [quoted(table), `"${column}"`]
    const reading = [`select ${table} ${column}`, `select ${name} from ${it} where false`] as const
    // Nobody can write a generated column, whatever is granted.
    if (generated) return [reading]
    const nothing = `select cast(null as ${type}) where false`
    return [
      reading,
      [`insert ${table} ${column}`, `insert into ${it} (${name}) ${nothing}`] as const,
      [`update ${table} ${column}`, `update ${it} set ${name} = default where false`] as const,
    ]
  }),
  ...tables().flatMap((table) => [
    [`remove ${table}`, `delete from ${quoted(table)} where false`] as const,
    [`truncate ${table}`, `truncate ${quoted(table)}`] as const,
  ]),
]

const isIn = (granting: Columns | undefined, column: string | undefined): boolean =>
  granting === every || (granting?.split(' ') ?? []).includes(column ?? '')

function isGranted(role: ServiceRole, statement: string): boolean {
  const [verb, table = '', column] = statement.split(' ')
  const its = granted[role][table]
  if (verb === 'remove') return its?.remove === true
  if (verb !== 'select' && verb !== 'insert' && verb !== 'update') return false
  return isIn(its?.[verb], column)
}

/** Rows that are never changed once they are written. */
const ledgerRows = [
  'ledger.posting',
  'ledger.leg',
  'ledger.redemption',
  'ledger.void',
  'ledger.replay',
  'settlement.settlement_line',
]

describe.each(serviceRoles)('the %s role', (role) => {
  test('may do what is listed for it, and PostgreSQL refuses every other statement', async () => {
    const looser: string[] = []
    const tighter: string[] = []
    for (const [name, statement] of statements()) {
      const refused = await isRefused(role, statement)
      if (refused && isGranted(role, name)) tighter.push(name)
      if (!refused && !isGranted(role, name)) looser.push(name)
    }
    expect({ looser, tighter }).toEqual({ looser: [], tighter: [] })
    expect(columns.length).toBeGreaterThan(200)
  })

  test('is listed with tables and columns that exist', () => {
    const listed = Object.entries(granted[role]).flatMap(([table, its]) =>
      [its.select, its.insert, its.update].flatMap((some) =>
        typeof some === 'string' ? some.split(' ').map((column) => `${table} ${column}`) : [table],
      ),
    )
    const present = new Set(columns.flatMap(({ table, column }) => [table, `${table} ${column}`]))
    expect(listed.filter((name) => !present.has(name))).toEqual([])
  })

  test('changes, removes and empties no row of the ledger', () => {
    const granting = ledgerRows.map((table) => granted[role][table])
    expect(granting.filter((its) => its?.update !== undefined || its?.remove)).toEqual([])
    expect(tables()).toEqual(expect.arrayContaining(ledgerRows))
  })

  test('never writes which transaction a row is from', () => {
    const wrote = columns.filter(
      ({ table, column }) => column === 'xid' && isGranted(role, `insert ${table} ${column}`),
    )
    expect(wrote).toEqual([])
  })

  test.each([
    'create schema mine',
    'create table public.mine (x int)',
    'create table ledger.mine (x int)',
    'create function public.mine() returns int language sql as $$select 1$$',
    'create view ledger.mine as select 1 as x',
    'create index on ledger.leg (yen)',
    'alter table ledger.lot add column x int',
    'alter table ledger.lot drop constraint lot_is_never_overspent',
    'drop table ledger.replay',
    'create role mine',
    `alter role ${roleName('purchase')} createrole`,
    `copy ledger.leg to program 'true'`,
    'set session_replication_role = replica',
  ])('is refused: %s', async (statement) => {
    expect(await isRefused(role, statement)).toBe(true)
  })

  test('is no superuser, makes no roles and passes by no row rule', async () => {
    const { rows } = await sql`
      select rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication
      from pg_roles where rolname = ${roleName(role)}`.execute(database.owner)
    expect(new Set(Object.values(rows[0] ?? {}))).toEqual(new Set([false]))
    const memberships = await sql`select from pg_auth_members m join pg_roles r on r.oid = m.member
      where rolname = ${roleName(role)}`.execute(database.owner)
    expect(memberships.rows).toEqual([])
  })
})

/** Who may write anything at all in a schema. */
const writers = (schema: string) =>
  serviceRoles.filter((role) =>
    Object.entries(granted[role]).some(
      ([table, its]) => table.startsWith(`${schema}.`) && (its.insert ?? its.update ?? its.remove),
    ),
  )

describe('what no list may ever grant', () => {
  test('anything to everyone, or the right to hand a right on', async () => {
    const { rows } = await sql`
      select n.nspname || '.' || c.relname as name, (a).* from pg_class c
      join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) a
      where n.nspname || '.' || c.relname in (${sql.join(tables())})
        and ((a).grantee = 0 or ((a).is_grantable and (a).grantee <> c.relowner))`.execute(
      database.owner,
    )
    expect(rows).toEqual([])
  })

  test('redemption neither makes nor closes a day, and changes of a lot only what is left', () => {
    expect(granted.redemption['ledger.bucket_day']).toEqual({ select: every, update: 'lock_only' })
    expect(granted.redemption['ledger.lot']).toEqual({ select: every, update: 'remaining_yen' })
  })

  test('purchase cannot take a payment, settlement cannot issue or spend', () => {
    for (const table of ['ledger.redemption', 'ledger.void'])
      for (const role of ['purchase', 'settlement'] as const)
        expect(granted[role][table]).toEqual({ select: every })
    expect(granted.purchase['ledger.lot']?.update).toBeUndefined()
    expect(granted.settlement['ledger.lot']).toBeUndefined()
    expect(granted.settlement['ledger.bucket_day']).toEqual({ select: every, update: 'state' })
  })

  test('only settlement writes shops, runs and payouts; only purchase writes the sale', () => {
    expect(writers('shop')).toEqual(['settlement'])
    expect(writers('settlement')).toEqual(['settlement'])
    expect(writers('sale')).toEqual(['purchase'])
    expect(writers('campaign')).toEqual(['purchase'])
    expect(writers('redemption')).toEqual(['redemption'])
    expect(writers('minnaken')).toEqual([])
  })

  test.each([
    'sale.draw seed_secret',
    'sale.applicant name',
    'sale.application claim_code_hash',
    'auth.session token_hash',
    'auth.account invite_hash',
    'auth.invite token_hash',
    'auth.credential public_key',
    'auth.challenge challenge',
    'redemption.till token_hash',
    'redemption.join_code code_hash',
    'redemption.device_key public_key',
    'redemption.device name',
    'shop.payee_account account_number',
    'shop.payee_account holder_half',
    'settlement.run file',
  ])('the auditor does not read %s', (column) => {
    expect(isGranted('auditor', `select ${column}`)).toBe(false)
    expect(columns.map((each) => `${each.table} ${each.column}`)).toContain(column)
  })

  test('the auditor writes nothing, and reads only even where it could', async () => {
    const writing = Object.values(granted.auditor).filter(
      (its) => its.insert ?? its.update ?? its.remove,
    )
    expect(writing).toEqual([])
    const fresh = database.connectAs('auditor').db
    await expect(sql`create temporary table mine (x int)`.execute(fresh)).rejects.toThrow(
      'read-only transaction',
    )
  })
})

const limits = (idle: string, lock: string, statement: string) => [
  `idle_in_transaction_session_timeout=${idle}`,
  `lock_timeout=${lock}`,
  `statement_timeout=${statement}`,
]

test('each role has the time limits that its work may take, and redemption one plan for each statement', async () => {
  const { rows } = await sql<{ name: string; settings: string[] }>`
    select rolname as name, array(select unnest(rolconfig) order by 1) as settings
    from pg_roles where rolname like 'minnaken\\_%' order by 1`.execute(database.owner)
  expect(rows).toEqual([
    {
      name: roleName('auditor'),
      settings: ['default_transaction_read_only=on', 'statement_timeout=10min'],
    },
    { name: roleName('purchase'), settings: limits('5s', '2s', '5s') },
    {
      name: roleName('redemption'),
      settings: [
        ...['bitmapscan', 'hashjoin', 'material', 'mergejoin', 'seqscan'].map(
          (kind) => `enable_${kind}=off`,
        ),
        ...limits('5s', '500ms', '2s'),
        'plan_cache_mode=force_generic_plan',
      ].toSorted(),
    },
    { name: roleName('settlement'), settings: limits('30s', '5s', '10min') },
  ])
})
