import { type Db, type Tx } from '@minnaken/db'
import { type JstDate, addDays } from '@minnaken/domain'

/**
 * Makes the business days of a stretch, both ends included, in every bucket. Days that exist stay as they are.
 *
 * A campaign's opening makes them up to 62 days past its expiry, so that no redemption ever has to.
 */
export async function makeDays(
  tx: Tx,
  { first, last }: Readonly<{ first: JstDate; last: JstDate }>,
): Promise<void> {
  const buckets = await tx.selectFrom('ledger.bucket').select('bucket').execute()
  const dates: JstDate[] = []
  for (let date = first; date <= last; date = addDays(date, 1)) dates.push(date)
  for (const { bucket } of buckets) {
    await tx
      .insertInto('ledger.bucket_day')
      .values(dates.map((date) => ({ bucket, business_date: date })))
      .onConflict((conflict) => conflict.columns(['bucket', 'business_date']).doNothing())
      .execute()
  }
}

/**
 * Closes the days of a period in one bucket, in date order, and so waits for what is in flight.
 *
 * A transaction of its own: the lines of the period are to be read by a later statement, or a
 * redemption that committed while this one waited would be missed.
 */
export async function closeDays(
  db: Db,
  { bucket, first, last }: Readonly<{ bucket: number; first: JstDate; last: JstDate }>,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const days = await tx
      .selectFrom('ledger.bucket_day')
      .select('business_date')
      .where('bucket', '=', bucket)
      .where('business_date', '>=', first)
      .where('business_date', '<=', last)
      .where('state', '=', 'open')
      .orderBy('business_date')
      .execute()
    for (const { business_date } of days) {
      await tx
        .updateTable('ledger.bucket_day')
        .set({ state: 'closed' })
        .where('bucket', '=', bucket)
        .where('business_date', '=', business_date)
        .execute()
    }
  })
}
