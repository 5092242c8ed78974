import { join } from 'node:path'
import {
  type Db,
  type ServiceRole,
  connect,
  migrate,
  recreateDatabase,
  setRolePasswords,
  startEmbedded,
  urlFor,
} from '@minnaken/db'
import { makeBuckets } from '@minnaken/ledger'
import { dataFolder, platformSecret } from './data-folder.ts'

export type Database = Readonly<{
  ownerUrl: string
  urlFor: (role: ServiceRole) => string
  /** Whether this command started PostgreSQL, and so should stop it. */
  isOurs: boolean
  stopServer: () => Promise<void>
}>

/** How many buckets a new database gets: one queue of payments, unless the operator wants more. */
const bucketsWanted = (): number => Number(process.env['MINNAKEN_BUCKETS'] ?? '1')

/** PostgreSQL: the one of DATABASE_URL, else the embedded one of the data folder. */
async function openServer(): Promise<Omit<Database, 'urlFor'>> {
  const given = process.env['DATABASE_URL']
  if (given !== undefined && given !== '')
    return { ownerUrl: given, isOurs: false, stopServer: async () => {} }
  const server = await startEmbedded({ folder: join(dataFolder, 'postgres') })
  return { ownerUrl: server.url, isOurs: !server.attached, stopServer: server.stop }
}

/** Opens the platform's database with the newest schema and the service roles' passwords set. */
export async function openDatabase(): Promise<Database> {
  const server = await openServer()
  return { ...server, urlFor: await prepare(server.ownerUrl) }
}

/** An empty database beside the platform's own, for a demo, in place of an earlier one. */
export async function makeFreshDatabase(name: string, buckets: number): Promise<Database> {
  const server = await openServer()
  const ownerUrl = await recreateDatabase(server.ownerUrl, name)
  return { ...server, ownerUrl, urlFor: await prepare(ownerUrl, buckets) }
}

async function prepare(
  ownerUrl: string,
  buckets: number = bucketsWanted(),
): Promise<(role: ServiceRole) => string> {
  await migrate(ownerUrl)
  const secret = await platformSecret()
  await setRolePasswords(ownerUrl, secret)
  await withOwner(ownerUrl, (db) => makeBuckets(db, buckets))
  return (role) => urlFor(ownerUrl, role, secret)
}

/** Lends a connection as the owner, who may do everything: for setting up, never for a service. */
export async function withOwner<T>(ownerUrl: string, work: (db: Db) => Promise<T>): Promise<T> {
  const { db, close } = connect({
    url: ownerUrl,
    applicationName: 'minnaken-owner',
    connectionsMax: 1,
    connectionWaitMs: 30_000,
  })
  try {
    return await work(db)
  } finally {
    await close()
  }
}
