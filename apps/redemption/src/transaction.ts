import {
  type Pool,
  type PoolClient,
  isConnectionLost,
  isRefusedByServer,
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
 * Runs one transaction on one connection.
 *
 * Throws OutcomeUnknown when the connection is lost, when the work takes longer than 5 s or the
 * commit longer than 3 s, and when PostgreSQL reports a commit that no standby confirmed (notice
 * 01000: node-postgres calls that a success). Any other error means that nothing was written.
 */
export async function inTransaction<T>(pool: Pool, work: (tx: BatchTx) => Promise<T>): Promise<T> {
  try {
    return await withClient(pool, async (client) => {
      const result = await within(
        WORK_DEADLINE_MS,
        'the database did not answer in time',
        workOrRollback(client, work),
      )
      await within(COMMIT_DEADLINE_MS, 'the commit was not answered in time', commit(client))
      return result
    })
  } catch (error) {
    throw isConnectionLost(error) ? new OutcomeUnknown('connection lost', { cause: error }) : error
  }
}

async function workOrRollback<T>(
  client: PoolClient,
  work: (tx: BatchTx) => Promise<T>,
): Promise<T> {
  await client.query('begin')
  try {
    return await work(client)
  } catch (error) {
    if (!isConnectionLost(error)) await client.query('rollback')
    throw error
  }
}

async function commit(client: PoolClient): Promise<void> {
  let isUnconfirmed = false
  const onNotice = ({ code }: { code?: string | undefined }) => {
    if (code === '01000') isUnconfirmed = true
  }
  client.on('notice', onNotice)
  try {
    const answer = await client.query('commit').catch((error: unknown) => {
      throw isRefusedByServer(error) ? error : new OutcomeUnknown('commit', { cause: error })
    })
    if (isUnconfirmed) throw new OutcomeUnknown('no standby confirmed the commit')
    if (answer.command !== 'COMMIT') throw new Error(`the transaction ended in ${answer.command}`)
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
