import { createHash, randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Client } from 'pg'
import { type Connection, connect, type ConnectOptions, type Db } from './connect.ts'
import { startEmbedded } from './embedded.ts'
import { isAlive } from './embedded/server.ts'
import { isCatalogRace } from './errors.ts'
import { migrate } from './migrate.ts'
import { digestOf, readMigrations } from './migration-files.ts'
import { retryOn } from './retry.ts'
import { roleName, type ServiceRole, serviceRoles, setRolePasswords, urlFor } from './roles.ts'
import { withSingleClient } from './single-client.ts'

/** Where the tests' own PostgreSQL keeps its data. */
export const testFolder = fileURLToPath(new URL('../../../.data/test', import.meta.url))

export type TestDatabase = Readonly<{
  /** The address of this database for the owner, who may do everything. */
  ownerUrl: string
  owner: Db
  urlFor: (role: ServiceRole) => string
  /** A pool as that service, closed by `drop`. */
  connectAs: (role: ServiceRole, options?: Partial<ConnectOptions>) => Connection
  /** Closes what was opened here and removes the database, also when a test left a connection busy. */
  drop: () => Promise<void>
}>

const PARTITIONS = 4
const CONNECTIONS = 1_000
const LOCK = 5_210_771
const prefix = `minnaken_test_${createHash('sha256').update(hostname()).digest('hex').slice(0, 6)}`

/**
 * A database of its own for one test file, with the newest schema and no rows.
 *
 * It is a copy of a template that is made once per state of the migrations. `partitioned` gives the
 * same schema with the sharded tables split by hash of bucket; `empty` gives none. PostgreSQL is the one of
 * DATABASE_URL (its user must be able to create databases and roles), else an embedded one.
 */
export async function testDatabase(
  options: Readonly<{ partitioned?: boolean; empty?: boolean }> = {},
): Promise<TestDatabase> {
  const server = await testServerUrl()
  const secret = `test ${new URL(server).password}`
  const name = `${prefix}_${process.pid}_${randomBytes(4).toString('hex')}`
  const partitions = options.partitioned === true ? PARTITIONS : 0
  await withOwner(server, async (client) => {
    await dropLeftovers(client)
    if (options.empty === true) await client.query(`create database ${name} template template0`)
    else await copyTemplate(client, { server, name, partitions })
  })
  const ownerUrl = databaseUrl(server, name)
  if (options.empty !== true) {
    await setRolePasswords(ownerUrl, secret)
    await withOwner(ownerUrl, liftConnectionLimits)
  }
  const opened: Connection[] = []
  const open = (url: string, given: Partial<ConnectOptions>): Connection => {
    // Many test files at once make a machine slow, which is not what they are about.
    const defaults = {
      applicationName: 'minnaken-test',
      connectionsMax: 10,
      connectionWaitMs: 10_000,
    }
    const connection = connect({ ...defaults, url, ...given })
    opened.push(connection)
    return connection
  }
  return {
    ownerUrl,
    owner: open(ownerUrl, {}).db,
    urlFor: (role) => urlFor(ownerUrl, role, secret),
    connectAs: (role, given = {}) => open(urlFor(ownerUrl, role, secret), given),
    drop: async () => {
      const closed = Promise.all(opened.map(({ close }) => close()))
      await Promise.race([closed, wait(2_000)])
      await withOwner(server, (client) => dropDatabase(client, name))
    },
  }
}

/** The owner's address of the server for tests; starts the embedded one when there is no other. */
export async function testServerUrl(): Promise<string> {
  const given = process.env['DATABASE_URL']
  return given === undefined || given === ''
    ? (await startEmbedded({ folder: testFolder })).url
    : given
}

type Copy = Readonly<{ server: string; name: string; partitions: number }>

/** Copies the template, which a lock keeps in place meanwhile; makes it first when there is none. */
async function copyTemplate(client: Client, copy: Copy): Promise<void> {
  const files = await readMigrations()
  const nameOf = (partitions: number): string =>
    `minnaken_template_${digestOf(files, partitions).slice(0, 16)}`
  const template = nameOf(copy.partitions)
  for (;;) {
    await client.query('select pg_advisory_lock_shared($1)', [LOCK])
    try {
      if (await isTemplate(client, template)) {
        await client.query(`create database ${copy.name} template ${template} strategy = wal_log`)
        return
      }
    } finally {
      await client.query('select pg_advisory_unlock_shared($1)', [LOCK])
    }
    await client.query('select pg_advisory_lock($1)', [LOCK])
    try {
      if (!(await isTemplate(client, template))) {
        await dropOtherTemplates(client, [nameOf(0), nameOf(PARTITIONS)])
        await makeTemplate(client, { ...copy, template })
      }
    } finally {
      await client.query('select pg_advisory_unlock($1)', [LOCK])
    }
  }
}

async function isTemplate(client: Client, name: string): Promise<boolean> {
  const query = 'select from pg_database where datname = $1 and datistemplate'
  return (await client.query(query, [name])).rowCount === 1
}

async function makeTemplate(
  client: Client,
  { server, template, partitions }: Copy & Readonly<{ template: string }>,
): Promise<void> {
  const version = await client.query<{ version: number }>(
    `select current_setting('server_version_num')::int as version`,
  )
  if ((version.rows[0]?.version ?? 0) < 160_000) throw new Error('PostgreSQL >= 16 is needed')
  await dropDatabase(client, template)
  await client.query(`create database ${template} template template0`)
  const url = databaseUrl(server, template)
  await migrate(url, { partitions })
  await client.query(`alter database ${template} with is_template true allow_connections false`)
}

/** Removes the databases of runs on this machine that were killed. */
async function dropLeftovers(client: Client): Promise<void> {
  for (const name of await databasesLike(client, `${prefix}_%`)) {
    if (isAlive(Number(name.split('_')[3]))) continue
    await dropDatabase(client, name).catch((error: unknown) => {
      if (!isCatalogRace(error)) throw error
    })
  }
}

/** Removes the templates of migrations that are no more. */
async function dropOtherTemplates(client: Client, kept: readonly string[]): Promise<void> {
  for (const name of await databasesLike(client, 'minnaken_template_%')) {
    if (kept.includes(name)) continue
    await client.query(`alter database ${name} with is_template false`)
    await dropDatabase(client, name)
  }
}

async function databasesLike(client: Client, pattern: string): Promise<string[]> {
  const query = 'select datname as name from pg_database where datname like $1'
  const { rows } = await client.query<{ name: string }>(query, [pattern])
  return rows.map(({ name }) => name)
}

/** Test files of several runs share the server; a service's limit is for one platform. */
async function liftConnectionLimits(client: Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select rolname as name from pg_roles where rolname = any ($1) and rolconnlimit <> $2`,
    [serviceRoles.map(roleName), CONNECTIONS],
  )
  for (const { name } of rows)
    await retryOn(isCatalogRace, () =>
      client.query(`alter role ${name} connection limit ${CONNECTIONS}`),
    )
}

async function dropDatabase(client: Client, name: string): Promise<void> {
  await client.query(`drop database if exists ${name} with (force)`)
}

const withOwner = <T>(url: string, work: (client: Client) => Promise<T>): Promise<T> =>
  withSingleClient({ url, applicationName: 'minnaken-test' }, work)

function databaseUrl(server: string, name: string): string {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}
