import { type Client, DatabaseError } from 'pg'
import { isCatalogRace } from './errors.ts'
import {
  type MigrationFile,
  migrationsFolder,
  readMigrations,
  statementsOf,
} from './migration-files.ts'
import { retryOn } from './retry.ts'
import { withSingleClient } from './single-client.ts'

export type MigrateOptions = Readonly<{
  /** Splits the sharded tables into so many parts; the same number every time. */
  partitions?: number
  folder?: string
}>

/**
 * Brings a database to the newest schema and answers with the names of the files it ran.
 *
 * Files run in the order of their numbers, each in a transaction of its own, once for ever.
 * Several may migrate at once: the others wait and find the work done.
 *
 * Throws, and changes nothing more, when a file that ran was changed or is gone, when a new file
 * has a lower number than one that ran, or when the number of partitions differs.
 */
export async function migrate(ownerUrl: string, options: MigrateOptions = {}): Promise<string[]> {
  const { partitions = 0, folder = migrationsFolder } = options
  const files = await readMigrations(folder)
  return withSingleClient(
    { url: ownerUrl, applicationName: 'minnaken-migrate' },
    async (client) => {
      await retryOn(isCatalogRace, () => client.query(bookkeeping))
      const ran: string[] = []
      for (const file of files) {
        const step = { files, file, partitions }
        const hasRun = await retryOn(isCatalogRace, () => runOnce(client, step)).catch(
          (error: unknown) => Promise.reject(namingTheFile(error, file)),
        )
        if (hasRun) ran.push(file.name)
      }
      return ran
    },
  )
}

/**
 * How a database's schema stands to this program's migrations: there is none, some are still to
 * run, all ran, or it has what this program does not know. Changes nothing.
 */
export async function schemaState(
  ownerUrl: string,
  folder = migrationsFolder,
): Promise<'missing' | 'older' | 'current' | 'unknown'> {
  const files = await readMigrations(folder)
  return withSingleClient(
    { url: ownerUrl, applicationName: 'minnaken-migrate' },
    async (client) => {
      const found = await client.query<{ is: boolean }>(
        `select to_regclass('minnaken.migration') is not null as is`,
      )
      if (found.rows[0]?.is !== true) return 'missing'
      const { rows } = await client.query<Pick<Ran, 'name' | 'sha256'>>(
        'select name, sha256 from minnaken.migration',
      )
      if (rows.length === 0) return 'missing'
      const isKnown = rows.every(({ name, sha256 }) =>
        files.some((file) => file.name === name && file.sha256 === sha256),
      )
      if (!isKnown) return 'unknown'
      return rows.length < files.length ? 'older' : 'current'
    },
  )
}

const bookkeeping = `
create schema if not exists minnaken;
create table if not exists minnaken.migration (
  name       text        primary key,
  sha256     text        not null,
  partitions int         not null,
  ran_at     timestamptz not null default now()
);`

type Ran = Readonly<{ name: string; sha256: string; partitions: number }>

/** Runs one file in a transaction unless it has run. The lock lets one migrator in at a time. */
async function runOnce(
  client: Client,
  step: Readonly<{ files: readonly MigrationFile[]; file: MigrationFile; partitions: number }>,
): Promise<boolean> {
  const { files, file, partitions } = step
  await client.query('begin')
  try {
    await client.query('lock table minnaken.migration in share row exclusive mode')
    const { rows } = await client.query<Ran>(
      'select name, sha256, partitions from minnaken.migration order by name',
    )
    assertContinues(rows, { files, partitions })
    const isNew = !rows.some(({ name }) => name === file.name)
    if (isNew) {
      await client.query(statementsOf(file.sql, partitions))
      await client.query(
        'insert into minnaken.migration (name, sha256, partitions) values ($1, $2, $3)',
        [file.name, file.sha256, partitions],
      )
    }
    await client.query('commit')
    return isNew
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

/** Throws unless the files continue what ran in this database. */
function assertContinues(
  rows: readonly Ran[],
  { files, partitions }: Readonly<{ files: readonly MigrationFile[]; partitions: number }>,
): void {
  for (const [index, ran] of rows.entries()) {
    const file = files.find(({ name }) => name === ran.name)
    if (file === undefined) throw new Error(`migrations/${ran.name} ran here and is gone`)
    if (file.sha256 !== ran.sha256)
      throw new Error(`migrations/${ran.name} was changed after it ran: write a new file instead`)
    if (files[index]?.name !== ran.name)
      throw new Error(
        `migrations/${files[index]?.name} comes before ${ran.name}, which ran already`,
      )
    if (ran.partitions !== partitions)
      throw new Error(`this database has ${ran.partitions} partitions, not ${partitions}`)
  }
}

function namingTheFile(error: unknown, file: MigrationFile): unknown {
  if (!(error instanceof DatabaseError)) return error
  const line = file.sql.slice(0, Number(error.position ?? 0)).split('\n').length
  return new Error(`migrations/${file.name}, about line ${line}: ${error.message}`, {
    cause: error,
  })
}
