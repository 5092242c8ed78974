import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import {
  type ServerSettings,
  type ServiceRole,
  connect,
  migrate,
  setRolePasswords,
  startEmbedded,
  urlFor,
} from '@minnaken/db'
import { makeBuckets } from '@minnaken/ledger'
import { ownerClient } from './database.ts'
import { explainSettings, productionSettings } from './settings.ts'

/** A database of the newest schema, for the services and for those who look at them. */
export type Platform = Readonly<{
  ownerUrl: string
  urlFor: (role: ServiceRole) => string
  /** PostgreSQL's first process, whose children do the work. */
  postgresPid: number
}>

/** A platform on a PostgreSQL of its own, and how to end it. */
export type StartedPlatform = Platform & Readonly<{ stop: () => Promise<void> }>

const EXTENSION = 'create extension if not exists pg_stat_statements'

/** Starts PostgreSQL on a folder of its own with production's settings and the newest schema. */
export async function startPlatform(
  options: Readonly<{
    folder: string
    buckets: number
    explain?: boolean
    settings?: ServerSettings
  }>,
): Promise<StartedPlatform> {
  const folder = join(options.folder, 'postgres')
  const server = await startEmbedded({
    folder,
    settings: {
      ...productionSettings,
      ...(options.explain === true ? explainSettings : {}),
      ...options.settings,
    },
  })
  try {
    await prepareDatabase(server.url, options.buckets)
    if (options.explain === true) await ownerClient(server.url, (client) => client.query(EXTENSION))
    const secret = randomBytes(24).toString('base64url')
    await setRolePasswords(server.url, secret)
    return {
      ownerUrl: server.url,
      urlFor: (role) => urlFor(server.url, role, secret),
      postgresPid: await pidIn(folder),
      stop: () => server.stop(),
    }
  } catch (error) {
    await server.stop()
    throw error
  }
}

/**
 * The platform as it is now, once more in a database of its own on the same PostgreSQL, so that both
 * can be measured in turn. Nobody may be connected to the first while it is copied.
 */
export async function twinOf(platform: Platform, database: string): Promise<Platform> {
  const original = new URL(platform.ownerUrl).pathname.slice(1)
  await ownerClient(inDatabase(platform.ownerUrl, 'postgres'), (client) =>
    client.query(`create database ${database} template ${original}`),
  )
  return {
    ...platform,
    ownerUrl: inDatabase(platform.ownerUrl, database),
    urlFor: (role) => inDatabase(platform.urlFor(role), database),
  }
}

function inDatabase(url: string, database: string): string {
  const other = new URL(url)
  other.pathname = `/${database}`
  return other.href
}

async function prepareDatabase(ownerUrl: string, buckets: number): Promise<void> {
  await migrate(ownerUrl)
  const owner = { url: ownerUrl, applicationName: 'minnaken-bench', connectionsMax: 1 }
  const { db, close } = connect(owner)
  try {
    await makeBuckets(db, buckets)
  } finally {
    await close()
  }
}

/** The number of PostgreSQL's first process, which it writes down itself. */
const pidIn = async (folder: string): Promise<number> =>
  Number((await readFile(join(folder, 'data', 'postmaster.pid'), 'utf8')).split('\n')[0])
