import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect } from '../src/connect.ts'
import { startEmbedded } from '../src/embedded.ts'
import { migrate } from '../src/migrate.ts'
import { recreateDatabase } from '../src/recreate.ts'
import {
  isPasswordRight,
  roleName,
  rolesOfOthers,
  type ServiceRole,
  serviceRoles,
  setRolePasswords,
  statementMsMax,
  urlFor,
} from '../src/roles.ts'
import { makePlace, type Place } from './server-folder.ts'

// Roles belong to a whole server, so this file changes their passwords on a server of its own.
let place: Place
let ownerUrl: string
beforeAll(async () => {
  place = await makePlace()
  ownerUrl = (await startEmbedded({ folder: place.folder('roles') })).url
  await migrate(ownerUrl)
  await setRolePasswords(ownerUrl, 'first secret')
})
afterAll(() => place.remove())

const ask = async (url: string, query: string): Promise<unknown[]> => {
  const { db, close } = connect({ url, applicationName: 'test', connectionsMax: 1 })
  try {
    return (await sql.raw(query).execute(db)).rows
  } finally {
    await close()
  }
}

test.each(serviceRoles)('%s connects with its own password and no other', async (role) => {
  const url = urlFor(ownerUrl, role, 'first secret')
  expect(await ask(url, 'select current_user as name')).toEqual([{ name: roleName(role) }])
  const others = [urlFor(ownerUrl, role, 'second secret'), withPasswordOf(role)]
  for (const other of others)
    await expect(ask(other, 'select 1')).rejects.toThrow(/password authentication failed/)
})

/** The address of a role with the password of another one. */
function withPasswordOf(role: (typeof serviceRoles)[number]): string {
  const url = new URL(urlFor(ownerUrl, role, 'first secret'))
  const other = role === 'auditor' ? 'purchase' : 'auditor'
  url.password = new URL(urlFor(ownerUrl, other, 'first secret')).password
  return url.href
}

const verifiers = (): Promise<unknown[]> =>
  ask(ownerUrl, 'select xmin::text, rolname from pg_authid order by oid')

test('passwords set again by several at once hold, and what is right is not written again', async () => {
  const before = await verifiers()
  await Promise.all(Array.from({ length: 8 }, () => setRolePasswords(ownerUrl, 'first secret')))
  expect(await verifiers()).toEqual(before)
  for (const role of serviceRoles)
    expect(await ask(urlFor(ownerUrl, role, 'first secret'), 'select 1 as x')).toEqual([{ x: 1 }])
})

test('a new secret replaces the passwords, also when several bring it at once', async () => {
  await Promise.all(Array.from({ length: 8 }, () => setRolePasswords(ownerUrl, 'new secret')))
  for (const role of serviceRoles) {
    expect(await ask(urlFor(ownerUrl, role, 'new secret'), 'select 1 as x')).toEqual([{ x: 1 }])
    const old = urlFor(ownerUrl, role, 'first secret')
    await expect(ask(old, 'select 1')).rejects.toThrow(/password authentication failed/)
  }
  await setRolePasswords(ownerUrl, 'first secret')
})

test('roles whose password is another one are told, and left as they are', async () => {
  expect(await rolesOfOthers(ownerUrl, 'first secret')).toEqual([])
  expect(await rolesOfOthers(ownerUrl, 'second secret')).toEqual(serviceRoles)
  expect(await isPasswordRight(ownerUrl, 'auditor', 'first secret')).toBe(true)
  expect(await isPasswordRight(ownerUrl, 'auditor', 'second secret')).toBe(false)
  await ask(ownerUrl, `alter role ${roleName('auditor')} password null`)
  expect(await rolesOfOthers(ownerUrl, 'second secret')).toEqual([
    'purchase',
    'redemption',
    'settlement',
  ])
  await setRolePasswords(ownerUrl, 'first secret')
})

test('an owner who may not read passwords can set them all the same', async () => {
  const grants = serviceRoles.map(
    (role) => `grant ${roleName(role)} to half_owner with admin option;`,
  )
  await ask(
    ownerUrl,
    `create role half_owner login createrole password 'half'; ${grants.join(' ')}`,
  )
  const half = new URL(ownerUrl)
  half.username = 'half_owner'
  half.password = 'half'
  expect(await rolesOfOthers(half.href, 'first secret')).toEqual([])
  expect(await rolesOfOthers(half.href, 'second secret')).toEqual(serviceRoles)
  await setRolePasswords(half.href, 'first secret')
  for (const role of serviceRoles)
    expect(await ask(urlFor(ownerUrl, role, 'first secret'), 'select 1 as x')).toEqual([{ x: 1 }])
})

/** What a role may take, as it is told when it connects. */
const limitsOf = async (role: ServiceRole): Promise<unknown> => {
  const [limits] = await ask(
    urlFor(ownerUrl, role, 'first secret'),
    `select current_setting('statement_timeout') as statement,
            current_setting('lock_timeout') as lock,
            (select rolconnlimit from pg_roles where rolname = current_user) as connections`,
  )
  return limits
}

const limits: Readonly<Record<ServiceRole, unknown>> = {
  purchase: { statement: '5s', lock: '2s', connections: 20 },
  redemption: { statement: '2s', lock: '500ms', connections: 80 },
  settlement: { statement: '10min', lock: '5s', connections: 12 },
  auditor: { statement: '10min', lock: '0', connections: 6 },
}

test.each(serviceRoles)('%s has limits of its own', async (role) => {
  expect(await limitsOf(role)).toEqual(limits[role])
  const [inMs] = await ask(
    urlFor(ownerUrl, role, 'first secret'),
    `select setting::int as ms from pg_settings where name = 'statement_timeout'`,
  )
  expect(inMs).toEqual({ ms: statementMsMax[role] })
})

test('all roles together leave the server connections for its owner', async () => {
  const [sum] = await ask(
    ownerUrl,
    `select sum(rolconnlimit)::int as all_roles from pg_roles where rolname like 'minnaken\\_%'`,
  )
  expect(sum).toEqual({ all_roles: 118 })
  expect(await ask(ownerUrl, 'show max_connections')).toEqual([{ max_connections: '200' }])
})

describe('roles that another database of the server has made', () => {
  const migrateAnother = async (name: string): Promise<void> => {
    await migrate(await recreateDatabase(ownerUrl, name))
  }

  test('are brought up to date, and keep the connections that an operator gave them', async () => {
    await ask(
      ownerUrl,
      `alter role ${roleName('purchase')} set statement_timeout = '10min';
       alter role ${roleName('redemption')} reset lock_timeout;
       alter role ${roleName('settlement')} connection limit -1;
       alter role ${roleName('auditor')} connection limit 60;`,
    )
    await migrateAnother('minnaken_second')
    expect(await limitsOf('purchase')).toEqual(limits.purchase)
    expect(await limitsOf('redemption')).toEqual(limits.redemption)
    expect(await limitsOf('settlement')).toEqual(limits.settlement)
    expect(await limitsOf('auditor')).toMatchObject({ connections: 60 })
  })

  test('are not written again when they are as they should be, also by several at once', async () => {
    const before = await settings()
    await Promise.all(
      ['third', 'fourth', 'fifth'].map((name) => migrateAnother(`minnaken_${name}`)),
    )
    expect(await settings()).toEqual(before)
  })

  test('are brought up to date by several at once', async () => {
    for (const role of serviceRoles) await ask(ownerUrl, `alter role ${roleName(role)} reset all`)
    await Promise.all(
      ['sixth', 'seventh', 'eighth'].map((name) => migrateAnother(`minnaken_${name}`)),
    )
    for (const role of ['purchase', 'redemption', 'settlement'] as const)
      expect(await limitsOf(role)).toEqual(limits[role])
  })
})

/** The very rows: one that was written anew has another xmin. */
const settings = async (): Promise<unknown> => [
  await verifiers(),
  await ask(ownerUrl, 'select xmin::text, setrole, setconfig from pg_db_role_setting order by 2'),
]
