import type { Db } from '@minnaken/db'

/** Makes the buckets 0 … count − 1 that are not there yet. Buckets are never taken away. */
export async function makeBuckets(db: Db, count: number): Promise<void> {
  await db
    .insertInto('ledger.bucket')
    .values(Array.from({ length: count }, (_, bucket) => ({ bucket })))
    .onConflict((conflict) => conflict.column('bucket').doNothing())
    .execute()
}
