import { type Traveller, traveller, withClient } from '@minnaken/db'
import { addDays } from '@minnaken/domain'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { closeDays, holdOpenDay, makeDays } from '../src/index.ts'
import { type Book, TODAY, kindsOfTables, openBook } from './_book.ts'

describe.each(kindsOfTables)('business days, $name', ({ partitioned }) => {
  let book: Book
  let settlement: Book['purchase']
  beforeAll(async () => {
    book = await openBook({ partitioned })
    settlement = book.database.connectAs('settlement')
  })
  afterAll(() => book.drop())
  beforeEach(() => book.owner.updateTable('ledger.bucket_day').set({ state: 'open' }).execute())

  const closed = async (bucket = 0) => {
    const rows = await book.owner
      .selectFrom('ledger.bucket_day')
      .select('business_date')
      .where('state', '=', 'closed')
      .where('bucket', '=', bucket)
      .orderBy('business_date')
      .execute()
    return rows.map((row) => row.business_date)
  }
  const close = (first: string, last: string, bucket = 0) =>
    closeDays(settlement.db, { bucket, first, last })
  const heldDay = async (tx: Pick<Traveller, 'trip'>, date: string, bucket = 0) => {
    const [[day]] = await tx.trip([holdOpenDay(bucket, date)])
    return day ?? null
  }
  const hold = (date: string, bucket = 0) => book.inBatch((tx) => heldDay(tx, date, bucket))

  /** Holds a day open like a payment in flight, until `release` is called. */
  const inFlight = async (date: string) => {
    const release = Promise.withResolvers<void>()
    const held = Promise.withResolvers<string | null>()
    const done = book.inBatch(async (tx) => {
      held.resolve(await heldDay(tx, date))
      await release.promise
    })
    return { held: await held.promise, release: release.resolve, done }
  }
  test('are made in every bucket, both ends included, once', async () => {
    const make = (first: string, last: string) =>
      book.purchase.db.transaction().execute((tx) => makeDays(tx, { first, last }))
    await make('2027-05-30', '2027-06-02')
    await close('2027-06-01', '2027-06-01')
    await make('2027-05-31', '2027-06-03')
    const rows = await book.owner
      .selectFrom('ledger.bucket_day')
      .select(['bucket', 'business_date', 'state'])
      .where('business_date', '>', '2027-05-01')
      .orderBy('bucket')
      .orderBy('business_date')
      .execute()
    const days = ['2027-05-30', '2027-05-31', '2027-06-01', '2027-06-02', '2027-06-03']
    expect(rows).toEqual(
      [0, 1].flatMap((bucket) =>
        days.map((business_date) => ({
          bucket,
          business_date,
          state: bucket === 0 && business_date === '2027-06-01' ? 'closed' : 'open',
        })),
      ),
    )
  })

  test('close exactly where they are told to, in one bucket, and closing again changes nothing', async () => {
    await close('2027-03-01', '2027-03-15')
    const days = Array.from({ length: 15 }, (_, day) => addDays('2027-03-01', day))
    expect(await closed()).toEqual(days)
    expect(await closed(1)).toEqual([])
    await close('2027-03-01', '2027-03-15')
    expect(await closed()).toEqual(days)
  })

  test('a payment takes its own day while it is open, else the next open one, else none', async () => {
    expect(await hold(TODAY)).toBe(TODAY)
    await close('2027-03-01', '2027-03-15')
    expect(await hold(TODAY)).toBe('2027-03-16')
    expect(await hold(TODAY, 1)).toBe(TODAY)
    expect(await hold('2027-12-01')).toBeNull()
  })

  test('closing waits for a payment in flight, and is not done before it', async () => {
    const payment = await inFlight(TODAY)
    let isClosed = false
    const closing = close('2027-03-01', '2027-03-15').then(() => (isClosed = true))
    await book.untilWaiting(1)
    expect([payment.held, isClosed]).toEqual([TODAY, false])
    payment.release()
    await payment.done
    await closing
    expect(await closed()).toHaveLength(15)
  })

  test('payments in flight do not wait for each other', async () => {
    const payments = await Promise.all([inFlight(TODAY), inFlight(TODAY), inFlight(TODAY)])
    expect(payments.map(({ held }) => held)).toEqual([TODAY, TODAY, TODAY])
    for (const payment of payments) payment.release()
    await Promise.all(payments.map(({ done }) => done))
  })

  test('a payment that waits for a closing takes the first day after the whole period', async () => {
    const { pool } = book.redemption
    const closing = withClient(settlement.pool, async (client) => {
      await client.query('begin')
      for (const date of ['2027-03-09', TODAY, '2027-03-11'])
        await client.query(
          `update ledger.bucket_day set state = 'closed' where bucket = 0 and business_date = $1`,
          [date],
        )
      const late = withClient(pool, (other) => heldDay(traveller(other), TODAY))
      await book.untilWaiting(1)
      await client.query('commit')
      return late
    })
    expect(await closing).toBe('2027-03-12')
  })

  test('two closings at once end in one result', async () => {
    await Promise.all([close('2027-03-01', '2027-03-15'), close('2027-03-01', '2027-03-15')])
    expect(await closed()).toHaveLength(15)
  })
})
