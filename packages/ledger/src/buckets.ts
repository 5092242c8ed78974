import { type Db, inTransaction } from '@minnaken/db'

/**
 * Makes the buckets 0 … count − 1 that are not there yet. Buckets are never taken away.
 *
 * A bucket that comes later gets the business days of the others as they stand, so that wallets
 * which open in it can pay at once.
 */
export async function makeBuckets(db: Db, count: number): Promise<void> {
  await inTransaction(db, async (tx) => {
    await tx
      .insertInto('ledger.bucket')
      .values(Array.from({ length: count }, (_, bucket) => ({ bucket })))
      .onConflict((conflict) => conflict.column('bucket').doNothing())
      .execute()
    await tx
      .insertInto('ledger.bucket_day')
      .columns(['bucket', 'business_date', 'state'])
      .expression((from) =>
        from
          .selectFrom(['ledger.bucket as made', 'ledger.bucket_day as day'])
          .select(['made.bucket', 'day.business_date'])
          .select((e) => e.fn.min('day.state').as('state'))
          .groupBy(['made.bucket', 'day.business_date']),
      )
      .onConflict((conflict) => conflict.columns(['bucket', 'business_date']).doNothing())
      .execute()
    return { kind: 'made' }
  })
}
