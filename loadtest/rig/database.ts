import { once } from 'node:events'
import { type Pool, type ServiceRole, connect, roleName, withSingleClient } from '@minnaken/db'
import { from } from 'pg-copy-streams'

/** Lends a pool as the owner, who may do everything: for seeding and for looking afterwards. */
export async function ownerPool<T>(
  ownerUrl: string,
  work: (pool: Pool) => Promise<T>,
  connectionsMax = 2,
): Promise<T> {
  const { pool, close } = connect({
    url: ownerUrl,
    applicationName: 'minnaken-bench',
    connectionsMax,
    connectionWaitMs: 30_000,
  })
  try {
    return await work(pool)
  } finally {
    await close()
  }
}

type SingleClient = Parameters<Parameters<typeof withSingleClient>[1]>[0]

/** One connection of the owner's. */
export type OwnerClient = Pick<SingleClient, 'query'>

/** Lends one connection as the owner: COPY and what belongs together. */
export const ownerClient = <T>(
  ownerUrl: string,
  work: (client: OwnerClient) => Promise<T>,
): Promise<T> => withSingleClient({ url: ownerUrl, applicationName: 'minnaken-bench' }, work)

/** The owner's address with a role's settings of the planner: what it asks is planned as for the role. */
export const ownerUrlPlannedAs = (ownerUrl: string, role: ServiceRole): Promise<string> =>
  ownerClient(ownerUrl, async (client) => {
    const { rows } = await client.query<{ setting: string }>(
      `select setting from pg_catalog.pg_roles, unnest(rolconfig) as setting
       where rolname = $1 and setting ~ '^(plan_cache_mode|enable_[a-z]+)='`,
      [roleName(role)],
    )
    const url = new URL(ownerUrl)
    url.searchParams.set('options', rows.map(({ setting }) => `-c ${setting}`).join(' '))
    return url.href
  })

/**
 * The statistics are true and nothing is left to write, so that a run pays for the run alone.
 *
 * An empty table is left alone, as PostgreSQL leaves it: known to be empty it would be planned for as
 * such, and whatever index came first would be read whole for every payment until the table is known
 * to have rows: 40 ms for a batch of 32 after 800 payments.
 */
export const settleDown = (ownerUrl: string): Promise<void> =>
  ownerClient(ownerUrl, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select format('%I.%I', nspname, relname) as name
       from pg_class join pg_namespace n on n.oid = relnamespace
       where relkind = 'r' and pg_relation_size(pg_class.oid) > 0 and not relisshared`,
    )
    await client.query(`vacuum (analyze) ${rows.map(({ name }) => name).join(', ')}`)
    await client.query('checkpoint')
  })

type CopyValue = string | number | boolean | Date | Buffer | null

const CHUNK_CHARACTERS = 1 << 18

export type CopyRow = Readonly<Record<string, CopyValue>>

/** Loads rows into a table by COPY. The first row says which columns there are. */
export async function copyRows(
  client: OwnerClient,
  table: string,
  rows: readonly CopyRow[],
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {})
  if (columns.length === 0) return
  const stream = client.query(from(`copy ${table} (${columns.join(', ')}) from stdin`))
  const finished = once(stream, 'finish')
  finished.catch(() => {})
  let chunk = ''
  for (const row of rows) {
    chunk += `${columns.map((column) => copyText(row[column] ?? null)).join('\t')}\n`
    if (chunk.length < CHUNK_CHARACTERS) continue
    if (!stream.write(chunk)) await Promise.race([once(stream, 'drain'), finished])
    chunk = ''
  }
  stream.end(chunk)
  await finished
}

/** A value in the text form of COPY. */
function copyText(value: CopyValue): string {
  if (value === null) return '\\N'
  if (value instanceof Date) return value.toISOString()
  if (Buffer.isBuffer(value)) return `\\\\x${value.toString('hex')}`
  if (typeof value !== 'string') return String(value)
  return value.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n')
}
