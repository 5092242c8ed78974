import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import { DatabaseError, Pool, type PoolClient } from 'pg'
import { isConnectionLost } from './errors.ts'
import type { Tables } from './tables.ts'
import { valueTypes } from './value-types.ts'

/** The database, for typed queries. Held by `main.ts`, `deps` and verbs. */
export type Db = Kysely<Tables>

/** A transaction: the only thing that rules below a verb may write with. */
export type Tx = Transaction<Tables>

export type { Tables } from './tables.ts'
export type { Pool, PoolClient } from 'pg'

export type ConnectOptions = Readonly<{
  url: string
  /** Named in PostgreSQL's own lists and log, so that an operator sees whose connection it is. */
  applicationName: string
  connectionsMax: number
  /** Instead of what the role has; a role's own limits hold when it is left out. */
  statementTimeoutMs?: number
  lockTimeoutMs?: number
  /** Told of every connection that breaks, also of one that nobody uses. */
  onConnectionError?: (error: Error) => void
}>

export type Connection = Readonly<{ db: Db; pool: Pool; close: () => Promise<void> }>

/**
 * Opens a pool of connections to PostgreSQL; none is made before the first statement.
 *
 * A connection that breaks, or that is given back in the middle of a transaction, is closed and
 * never used again. A server that goes away fails the statements of that moment and not the process.
 */
export function connect(options: ConnectOptions): Connection {
  const { statementTimeoutMs, lockTimeoutMs, onConnectionError = () => {} } = options
  const pool = new Pool({
    connectionString: options.url,
    application_name: options.applicationName,
    max: options.connectionsMax,
    types: valueTypes(),
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    ...(statementTimeoutMs === undefined ? {} : { statement_timeout: statementTimeoutMs }),
    ...(lockTimeoutMs === undefined ? {} : { lock_timeout: lockTimeoutMs }),
  })
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', onConnectionError))
  pool.on('release', (_error, client) => {
    const status = client.getTransactionStatus()
    if (status === 'T' || status === 'E') void client.end()
  })
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  let closed: Promise<void> | undefined
  return { db, pool, close: () => (closed ??= pool.end()) }
}

/**
 * Lends one connection for the time of `work`.
 *
 * When `work` throws anything but a refusal that PostgreSQL itself sent, nobody knows what state
 * the connection is in, and it is closed.
 */
export async function withClient<T>(
  pool: Pool,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  let failure: unknown
  try {
    return await work(client)
  } catch (error) {
    failure = error
    throw error
  } finally {
    const isRefusal = failure instanceof DatabaseError && !isConnectionLost(failure)
    client.release(failure !== undefined && !isRefusal)
  }
}
