import type { Db, Tx } from './connect.ts'

/**
 * Runs a verb in one transaction. What it refuses leaves nothing behind: a refusal rolls back
 * whatever was written on the way to it.
 */
export async function inTransaction<Outcome extends Readonly<{ kind: string }>>(
  db: Db,
  work: (tx: Tx) => Promise<Outcome>,
): Promise<Outcome> {
  let refusal: Outcome | undefined
  try {
    return await db.transaction().execute(async (tx) => {
      const outcome = await work(tx)
      if (outcome.kind !== 'refused') return outcome
      refusal = outcome
      throw rolledBack
    })
  } catch (error) {
    if (error === rolledBack && refusal !== undefined) return refusal
    throw error
  }
}

const rolledBack = new Error('refused')
