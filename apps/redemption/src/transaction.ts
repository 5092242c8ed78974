import { type Pool, type PoolClient, isConnectionLost, withClient } from '@minnaken/db'
import type { BatchTx } from '@minnaken/ledger'

/** Nobody knows whether the transaction took effect; the same request, sent again, finds out. */
export class OutcomeUnknown extends Error {}

/** `statement_timeout` does not cover a commit that waits for a standby, so it has a deadline here. */
const COMMIT_DEADLINE_MS = 3_000

/**
 * Runs one transaction on one connection.
 *
 * Throws OutcomeUnknown when the connection is lost, when the commit takes longer than 3 s, and
 * when PostgreSQL reports a commit that no standby confirmed (notice 01000: node-postgres calls
 * that a success). Any other error means that nothing was written.
 */
export async function inTransaction<T>(pool: Pool, work: (tx: BatchTx) => Promise<T>): Promise<T> {
  try {
    return await withClient(pool, async (client) => {
      await client.query('begin')
      const result = await workOrRollback(client, work)
      await commit(client)
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
  const deadline = Promise.withResolvers<never>()
  const timer = setTimeout(
    () => deadline.reject(new OutcomeUnknown('the commit was not answered in time')),
    COMMIT_DEADLINE_MS,
  )
  try {
    const answer = await Promise.race([client.query('commit'), deadline.promise])
    if (isUnconfirmed) throw new OutcomeUnknown('no standby confirmed the commit')
    if (answer.command !== 'COMMIT') throw new Error(`the transaction ended in ${answer.command}`)
  } finally {
    clearTimeout(timer)
    client.off('notice', onNotice)
  }
}
