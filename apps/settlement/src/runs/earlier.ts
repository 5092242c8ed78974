import type { Tx } from '@minnaken/db'
import type { RunRow } from './run.ts'

/** The first earlier run that nobody has approved, by its number. */
export async function earlierUnapproved(
  tx: Tx,
  run: Pick<RunRow, 'run_no'>,
): Promise<number | null> {
  const row = await tx
    .selectFrom('settlement.run')
    .select('run_no')
    .where('run_no', '<', run.run_no)
    .where('approved_at', 'is', null)
    .orderBy('run_no')
    .executeTakeFirst()
  return row?.run_no ?? null
}
