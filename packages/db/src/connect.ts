import {
  Kysely,
  PostgresDialect,
  type PostgresPool,
  type PostgresPoolClient,
  type Transaction,
} from 'kysely'
import type { Pool, PoolClient } from 'pg'
import { isAnswerLate, isRefusedByServer } from './errors.ts'
import { TimedPool, type PoolWait } from './pool.ts'
import { roleName, serviceRoles, statementMsMax } from './roles.ts'
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
  /** How long to wait for a free connection, or for PostgreSQL to accept a new one: 1 s. */
  connectionWaitMs?: number
  /** Told of every connection that breaks, also of one that nobody uses. */
  onConnectionError?: (error: Error) => void
  /** Shown the pool once; what it answers is told of every caller's wait for a connection. */
  measure?: (pool: Pool) => (wait: PoolWait) => void
}>

export type Connection = Readonly<{ db: Db; pool: Pool; close: () => Promise<void> }>

/** How much longer than PostgreSQL may take over a statement its answer may be on the way. */
const ANSWER_MARGIN_MS = 1_000

/**
 * Opens a pool of connections to PostgreSQL; none is made before the first statement.
 *
 * A connection that breaks, or that is given back in the middle of a transaction, is closed and
 * never used again. A server that goes away fails the statements of that moment and not the process.
 *
 * A connection that goes silent is closed as soon as PostgreSQL itself would have ended one
 * statement, and a second for the way; a trip of several has no more than that. An owner's has no such limit unless one is given here.
 */
export function connect(options: ConnectOptions): Connection {
  const { statementTimeoutMs, lockTimeoutMs, onConnectionError = () => {} } = options
  const statementMs = statementTimeoutMs ?? roleLimitMs(options.url)
  const pool = new TimedPool({
    connectionString: options.url,
    application_name: options.applicationName,
    max: options.connectionsMax,
    types: valueTypes(),
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    connectionTimeoutMillis: options.connectionWaitMs ?? 1_000,
    idleTimeoutMillis: 60_000,
    ...(statementMs === undefined ? {} : { query_timeout: statementMs + ANSWER_MARGIN_MS }),
    ...(statementTimeoutMs === undefined ? {} : { statement_timeout: statementTimeoutMs }),
    ...(lockTimeoutMs === undefined ? {} : { lock_timeout: lockTimeoutMs }),
  })
  if (options.measure !== undefined) pool.onWait = options.measure(pool)
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', onConnectionError))
  pool.on('release', (_error, client) => {
    const status = client.getTransactionStatus()
    if (status === 'T' || status === 'E') void client.end()
  })
  const dialect = new PostgresDialect({ pool: withoutSilentClients(pool, onConnectionError) })
  let closed: Promise<void> | undefined
  return { db: new Kysely<Tables>({ dialect }), pool, close: () => (closed ??= pool.end()) }
}

/** What PostgreSQL lets a statement of the address's role take, when it is a service's. */
function roleLimitMs(url: string): number | undefined {
  const { username } = new URL(url)
  const role = serviceRoles.find((each) => roleName(each) === username)
  return role === undefined ? undefined : statementMsMax[role]
}

/** The pool as Kysely sees it: a connection whose answer is late is closed at once. */
const withoutSilentClients = (
  pool: Pool,
  onConnectionError: (error: Error) => void,
): PostgresPool => ({
  options: pool.options,
  end: () => pool.end(),
  connect: async () => {
    const client = await pool.connect()
    // Nothing more is asked of it, not even a rollback, and its place in the pool is free again.
    const query = (text: string, values: unknown[]): unknown =>
      client.query(text, values).catch((error: Error) => {
        if (!isAnswerLate(error)) throw error
        onConnectionError(error)
        void client.end()
        throw error
      })
    // Kysely's second way to call it is with a cursor, of which there are none here.
    return {
      query: query as PostgresPoolClient['query'],
      release: (destroy) => client.release(destroy),
    }
  },
})

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
    client.release(failure !== undefined && !isRefusedByServer(failure))
  }
}
