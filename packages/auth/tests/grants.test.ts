import { afterAll, beforeAll, expect, test } from 'vitest'
import { isPermissionDenied, type ServiceRole } from '@minnaken/db'
import { sql } from 'kysely'
import { openWorld, putSession, register, type World } from './_world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
  for (const audience of ['resident', 'shop', 'staff'] as const) await register(world, audience)
})
afterAll(() => world.drop())

const at = `'2027-02-01T00:00Z'`
const someId = `'01941f29-7c00-7000-8000-000000000001'`
const secrets = ['credential', 'challenge', 'session', 'invite']

/** What each role may not do here, whatever its code says. */
const forbidden: Readonly<Record<ServiceRole, readonly string[]>> = {
  purchase: [
    'select * from auth.invite',
    `insert into auth.account (account_id, role, created_at) values (${someId}, 'shop_owner', ${at})`,
    `insert into auth.account (account_id, role, created_at) values (${someId}, 'clerk', ${at})`,
    `insert into auth.challenge (challenge_id, challenge, purpose, audience, created_at, expires_at)
     values (${someId}, decode(repeat('00', 32), 'hex'), 'sign_in', 'staff', ${at}, '2027-02-01T00:01Z')`,
    `insert into auth.session (token_hash, account_id, audience, created_at, expires_at)
     select decode(repeat('00', 32), 'hex'), account_id, audience, ${at}, '2028-01-01T00:00Z'
     from auth.account where role = 'clerk'`,
  ],
  settlement: [
    `insert into auth.invite (token_hash, role, made_by, created_at, expires_at)
     values (decode(repeat('00', 32), 'hex'), 'approver', 'x', ${at}, '2028-01-01T00:00Z')`,
    `update auth.invite set role = 'approver'`,
    `update auth.invite set expires_at = '2099-01-01T00:00Z'`,
    'delete from auth.invite',
    `insert into auth.account (account_id, role, created_at) values (${someId}, 'resident', ${at})`,
    `insert into auth.session (token_hash, account_id, audience, created_at, expires_at)
     select decode(repeat('00', 32), 'hex'), account_id, audience, ${at}, '2028-01-01T00:00Z'
     from auth.account where role = 'resident'`,
  ],
  redemption: [
    ...['credential', 'challenge', 'invite'].map((table) => `select * from auth.${table}`),
    'select * from auth.account',
    `insert into auth.account (account_id, role, created_at) values (${someId}, 'resident', ${at})`,
    `insert into auth.session (token_hash, account_id, audience, created_at, expires_at)
     select decode(repeat('00', 32), 'hex'), account_id, audience, ${at}, '2028-01-01T00:00Z'
     from auth.account limit 1`,
    `update auth.session set revoked_at = ${at}`,
    `update auth.account set stopped_at = ${at}`,
  ],
  auditor: [
    ...secrets.map((table) => `select * from auth.${table}`),
    'select invite_hash from auth.account',
    `update auth.account set stopped_at = ${at}`,
  ],
}

/** What no service may do, so that nothing that was true can be made to look otherwise. */
const forbiddenToAll = [
  `update auth.account set role = 'approver'`,
  `update auth.account set created_at = ${at}`,
  `update auth.credential set public_key = decode('00', 'hex')`,
  'update auth.credential set account_id = account_id',
  `update auth.session set expires_at = '2099-01-01T00:00Z'`,
  'update auth.session set account_id = account_id',
  'delete from auth.account',
  'delete from auth.credential',
  ...['account', ...secrets].map((table) => `truncate auth.${table} cascade`),
  'alter table auth.account disable row level security',
  'create table auth.extra (id int)',
]

const roles = ['purchase', 'redemption', 'settlement', 'auditor'] as const

test.each(
  roles.flatMap((role) => [...forbidden[role], ...forbiddenToAll].map((s) => [role, s] as const)),
)('%s may not: %s', async (role, statement) => {
  const { db } = world.connectAs(role, { connectionsMax: 1 })
  const attempt = db.connection().execute(async (one) => {
    // A read-only session must not be what refuses: only grants and policies count here.
    await sql`set default_transaction_read_only = off`.execute(one)
    await sql.raw(statement).execute(one)
  })
  await expect(attempt).rejects.toSatisfy(isRefusedByPostgres)
})

const isRefusedByPostgres = (error: unknown): boolean =>
  isPermissionDenied(error) || (error instanceof Error && /must be owner/.test(error.message))

test.each([
  ['purchase', ['shop', 'staff']],
  ['settlement', ['resident']],
] as const)('%s touches no row of %j', async (role, audiences) => {
  const { db } = world.connectAs(role)
  const mine = await db
    .updateTable('auth.session')
    .set({ revoked_at: new Date(world.clock.at) })
    .returning('audience')
    .execute()
  const stopped = await db
    .updateTable('auth.account')
    .set({ stopped_at: new Date(world.clock.at) })
    .returning('audience')
    .execute()
  const used = await db
    .updateTable('auth.credential')
    .set({ counter: 9 })
    .returning('audience')
    .execute()
  const touched = [mine, stopped, used].map((rows) => rows.map(({ audience }) => audience))
  for (const rows of touched) {
    expect(rows.length).toBeGreaterThan(0)
    for (const audience of audiences) expect(rows).not.toContain(audience)
  }
})

test.each([
  ['purchase', 'resident'],
  ['settlement', 'shop'],
] as const)('%s removes no session that somebody may ask about', async (role, audience) => {
  const { accountId } = await register(world, audience)
  for (const days of [-1, 1, 89, 91])
    await putSession(world, { accountId, audience, expiresAt: Date.now() - days * 86_400_000 })
  const removed = await world
    .connectAs(role)
    .db.deleteFrom('auth.session')
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  expect(Number(removed.numDeletedRows)).toBe(1)
})

test('a challenge lives ten minutes at most', async () => {
  const challenge = {
    challenge_id: '01941f29-7c00-7000-8000-000000000002',
    challenge: Buffer.alloc(32),
    purpose: 'sign_in',
    audience: 'resident',
    created_at: new Date(0),
  }
  const insert = (ms: number) =>
    world.owner
      .insertInto('auth.challenge')
      .values({ ...challenge, expires_at: new Date(ms) })
      .execute()
  await expect(insert(600_001)).rejects.toThrow('challenge_lives_ten_minutes')
  await expect(insert(600_000)).resolves.toBeDefined()
})
