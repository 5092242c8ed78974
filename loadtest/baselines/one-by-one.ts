import {
  type PoolClient,
  type Statement,
  type Traveller,
  begin,
  commit,
  isRefusedByServer,
  trip,
  withClient,
} from '@minnaken/db'
import type { inTransaction } from '@minnaken/redemption/parts'

/** A transaction in which each statement, `begin` and `commit` too, waits for the one before. */
export const oneByOne: typeof inTransaction = (pool, work) =>
  withClient(pool, async (client) => {
    const tx = waiting(client)
    const last: Statement[] = []
    await tx.trip([begin])
    try {
      const result = await work(tx, (...writes) => void last.push(...writes))
      await tx.trip([...last, commit])
      return result
    } catch (error) {
      if (isRefusedByServer(error)) await client.query('rollback')
      throw error
    }
  })

const waiting = (client: PoolClient): Traveller => ({
  query: (statement) => client.query(statement),
  trip: async <const Statements extends readonly Statement[]>(statements: Statements) => {
    const rows: unknown[] = []
    for (const statement of statements) rows.push(...(await trip(client, [statement])))
    return rows as Awaited<ReturnType<typeof trip<Statements>>>
  },
})
