import {
  type Pool,
  type PoolClient,
  type Statement,
  begin,
  commit,
  isConnectionLost,
  isRefusedByServer,
  trip,
  withClient,
} from '@minnaken/db'
import type { BatchTx } from '@minnaken/ledger'

/** Nobody knows whether the transaction took effect; the same request, sent again, finds out. */
export class OutcomeUnknown extends Error {}

/** A database that has gone silent must not hold up its bucket: `statement_timeout` is its own clock. */
const WORK_DEADLINE_MS = 5_000
/** `statement_timeout` does not cover a commit that waits for a standby, so it has a deadline here. */
const COMMIT_DEADLINE_MS = 3_000

/**
 * Runs one transaction on one connection, in as few trips as `work` makes.
 *
 * `begin` travels with its first statements. The last writes, when `work` hands them to `withCommit`
 * instead of sending them, travel with the commit, which is left out when one of them fails.
 *
 * Throws OutcomeUnknown when the connection is lost, when the work takes longer than 5 s or the
 * commit longer than 3 s, and when PostgreSQL reports a commit that no standby confirmed (notice
 * 01000: node-postgres calls that a success). Any other error means that nothing was written.
 */
export async function inTransaction<T>(
  pool: Pool,
  work: (tx: BatchTx, withCommit: (...writes: Statement[]) => void) => Promise<T>,
): Promise<T> {
  try {
    return await withClient(pool, async (client) => {
      const last: Statement[] = []
      const working = work(beginningWith(client), (...writes) => void last.push(...writes))
      const result = await within(
        WORK_DEADLINE_MS,
        'the database did not answer in time',
        orRollback(client, working),
      )
      await within(
        COMMIT_DEADLINE_MS,
        'the commit was not answered in time',
        orRollback(client, commitWith(client, last)),
      )
      return result
    })
  } catch (error) {
    throw isConnectionLost(error) ? new OutcomeUnknown('connection lost', { cause: error }) : error
  }
}

/** The connection, whose first trip begins the transaction. */
function beginningWith(client: PoolClient): BatchTx {
  let hasBegun = false
  return {
    trip: async (statements) => {
      if (hasBegun) return trip(client, statements)
      hasBegun = true
      const [, ...rows] = await trip(client, [begin, ...statements])
      return rows
    },
    query: async (statement) => {
      if (!hasBegun) {
        hasBegun = true
        await trip(client, [begin])
      }
      return client.query(statement)
    },
  }
}

async function orRollback<T>(client: PoolClient, step: Promise<T>): Promise<T> {
  try {
    return await step
  } catch (error) {
    if (!isConnectionLost(error) && !(error instanceof OutcomeUnknown))
      await client.query('rollback')
    throw error
  }
}

async function commitWith(client: PoolClient, last: readonly Statement[]): Promise<void> {
  let isUnconfirmed = false
  const onNotice = ({ code }: { code?: string | undefined }) => {
    if (code === '01000') isUnconfirmed = true
  }
  client.on('notice', onNotice)
  try {
    await trip(client, [...last, commit]).catch((error: unknown) => {
      throw isRefusedByServer(error) ? error : new OutcomeUnknown('commit', { cause: error })
    })
    if (isUnconfirmed) throw new OutcomeUnknown('no standby confirmed the commit')
  } finally {
    client.off('notice', onNotice)
  }
}

/** What a step comes to, or OutcomeUnknown when it takes too long; its connection is then closed. */
async function within<T>(ms: number, lateness: string, step: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new OutcomeUnknown(lateness)), ms)
  try {
    return await Promise.race([step, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
