import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type Db,
  type ServiceRole,
  connect,
  isConnectionLost,
  isLoginRefused,
  isPasswordRight,
  migrate,
  recreateDatabase,
  rolesOfOthers,
  schemaState,
  setRolePasswords,
  startEmbedded,
  stopEmbedded,
  urlFor,
} from '@minnaken/db'
import { makeBuckets } from '@minnaken/ledger'
import { PlatformError } from '../command.ts'
import { dataFolder, platformSecret, readSecret } from './data-folder.ts'
import { unlessInterrupted } from './interruption.ts'
import { asUser } from './users.ts'

export type Database = Readonly<{
  ownerUrl: string
  urlFor: (role: ServiceRole) => string
}>

/** How many buckets a new database gets: one queue of payments, unless the operator wants more. */
const bucketsWanted = (): number => Number(process.env['MINNAKEN_BUCKETS'] ?? '1')

const embeddedFolder = join(dataFolder, 'postgres')

/**
 * Lends PostgreSQL for the time of the work: the one of DATABASE_URL, else the embedded one of the
 * data folder, which the last command that uses it stops.
 */
async function withServer<T>(
  user: Readonly<{ what: string; alone: boolean }>,
  work: (ownerUrl: string) => Promise<T>,
): Promise<T> {
  const given = process.env['DATABASE_URL'] ?? ''
  const last = () => (given === '' ? stopEmbedded(embeddedFolder) : Promise.resolve())
  return asUser({ ...user, last }, async () => {
    if (given === '') return work((await startEmbedded({ folder: embeddedFolder })).url)
    await assertReachable(given)
    return work(given)
  })
}

async function assertReachable(ownerUrl: string): Promise<void> {
  try {
    await schemaState(ownerUrl)
  } catch (error) {
    if (!isConnectionLost(error) && !isLoginRefused(error)) throw error
    throw new PlatformError(
      `DATABASE_URL: PostgreSQL に接続できません / cannot be reached (${(error as Error).message})`,
      { cause: error },
    )
  }
}

/**
 * Lends the platform's database with the newest schema and the service roles' passwords set: for
 * whoever runs services on it. One at a time.
 */
export const withPreparedDatabase = <T>(
  what: string,
  work: (database: Database) => Promise<T>,
): Promise<T> =>
  withServer({ what, alone: true }, async (ownerUrl) => work(await prepare(ownerUrl)))

/** The same with an empty database beside the platform's own, in place of an earlier one of that name. */
export const withFreshDatabase = <T>(
  { what, name, buckets }: Readonly<{ what: string; name: string; buckets: number }>,
  work: (database: Database) => Promise<T>,
): Promise<T> =>
  withServer({ what, alone: true }, async (platformUrl) => {
    await assertPasswordsAreOurs(platformUrl)
    const ownerUrl = await recreateDatabase(platformUrl, name)
    return work(await prepare(ownerUrl, buckets))
  })

/** Brings a database to the newest schema. Throws, and changes nothing, when others use its roles. */
export async function prepare(
  ownerUrl: string,
  buckets: number = bucketsWanted(),
): Promise<Database> {
  await assertPasswordsAreOurs(ownerUrl)
  const secret = await platformSecret()
  await migrate(ownerUrl)
  await setRolePasswords(ownerUrl, secret)
  await withOwner(ownerUrl, (db) => makeBuckets(db, buckets))
  return { ownerUrl, urlFor: (role) => urlFor(ownerUrl, role, secret) }
}

async function assertPasswordsAreOurs(ownerUrl: string): Promise<void> {
  if (process.env['MINNAKEN_SET_PASSWORDS'] === '1') return
  const taken = await rolesOfOthers(ownerUrl, await platformSecret())
  if (taken.length === 0) return
  throw new PlatformError(
    [
      `この PostgreSQL の役割 (${taken.join(', ')}) には、別の みんな券 のパスワードが付いています。`,
      `書き換えると、それを使って動いているものが止まります。${join(dataFolder, 'secret')} をその みんな券 と同じものにするか、`,
      '止まってよければ MINNAKEN_SET_PASSWORDS=1 を付けてください。',
      'These roles have the passwords of another installation; setting ours would take it down.',
      'Use its .data/secret, or set MINNAKEN_SET_PASSWORDS=1 to replace them.',
    ].join('\n'),
  )
}

/**
 * Lends the platform's database to a command that only connects: as a service role, or as the
 * owner. Changes neither schema nor passwords. Throws when the database is not ready for it.
 */
export async function withDatabase<T>(
  { what, role }: Readonly<{ what: string; role: ServiceRole | 'owner' }>,
  work: (url: string) => Promise<T>,
): Promise<T> {
  if ((process.env['DATABASE_URL'] ?? '') === '' && !(await isThere(join(embeddedFolder, 'data'))))
    throw notReady.missing()
  return withServer({ what, alone: false }, async (ownerUrl) => {
    const state = await schemaState(ownerUrl)
    if (state !== 'current') throw notReady[state]()
    const secret = (await readSecret()) ?? ''
    if (role === 'owner') return unlessInterrupted(work(ownerUrl))
    if (!(await isPasswordRight(ownerUrl, role, secret)))
      throw new PlatformError(
        `役割 ${role} のパスワードが違います。${join(dataFolder, 'secret')} を、この データベース を使っている みんな券 と同じものにしてください / the password of this role is another one: use the secret of the installation that runs on this database`,
      )
    return unlessInterrupted(work(urlFor(ownerUrl, role, secret)))
  })
}

const notReady = {
  missing: () =>
    new PlatformError(
      'データベースがまだありません。先に npm start を動かしてください / there is no database yet: run npm start first',
    ),
  older: () =>
    new PlatformError(
      'データベースの形がこの版より古いままです。npm start で新しくしてください / the schema is older than this version: npm start brings it up to date',
    ),
  unknown: () =>
    new PlatformError(
      'データベースの形がこの版と合いません。データベースを作った版を使ってください / the schema was made by another version: use that one',
    ),
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

/** Lends a connection as the owner, who may do everything: for setting up, never for a service. */
export async function withOwner<T>(ownerUrl: string, work: (db: Db) => Promise<T>): Promise<T> {
  const { db, close } = connect({
    url: ownerUrl,
    applicationName: 'minnaken-owner',
    connectionsMax: 1,
  })
  try {
    return await work(db)
  } finally {
    await close()
  }
}
