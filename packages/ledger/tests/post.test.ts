import { yen } from '@minnaken/domain'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chart } from '../src/chart.ts'
import { type Posting, type PostingEvent, paymentUnmatchedLegs, post } from '../src/index.ts'
import { type Book, NOON, TODAY, kindsOfTables, openBook } from './_book.ts'

/** Redemptions and voids are headings of their own. */
const isPostingEvent = (event: string): event is PostingEvent =>
  event !== 'redemption' && event !== 'void'

describe.each(kindsOfTables)('a posting, $name', ({ partitioned }) => {
  let book: Book
  beforeAll(async () => {
    book = await openBook({ partitioned })
  })
  afterAll(() => book.drop())

  const posting = (about: string, changes: Partial<Posting> = {}): Posting => ({
    bucket: 0,
    postingId: book.newId(),
    event: 'payment_unmatched',
    about,
    at: NOON,
    businessDate: TODAY,
    legs: paymentUnmatchedLegs(yen(10_000)),
    ...changes,
  })
  const write = (it: Posting) => book.purchase.db.transaction().execute((tx) => post(tx, it))
  const rowsAbout = (about: string) =>
    book.owner
      .selectFrom('ledger.posting')
      .innerJoin('ledger.leg', (join) =>
        join
          .onRef('ledger.leg.bucket', '=', 'ledger.posting.bucket')
          .onRef('ledger.leg.posting_id', '=', 'ledger.posting.posting_id'),
      )
      .select(['ledger.leg.leg_no', 'debit_account', 'credit_account', 'yen'])
      .where('about', '=', about)
      .execute()
  const leg = {
    leg_no: 1,
    debit_account: 'PSP_RECEIVABLE',
    credit_account: 'REFUND_PAYABLE',
    yen: 10_000,
  }

  test('of the same event about the same thing moves the money once', async () => {
    expect(await write(posting('order 1'))).toBe('posted')
    expect(await write(posting('order 1'))).toBe('already_posted')
    expect(await rowsAbout('order 1')).toEqual([leg])
  })

  test('of another event, about another thing or in another bucket is another one', async () => {
    expect(await write(posting('order 2'))).toBe('posted')
    expect(await write(posting('order 2', { event: 'payment_refunded' }))).toBe('posted')
    expect(await write(posting('order 3'))).toBe('posted')
    expect(await write(posting('order 2', { bucket: 1 }))).toBe('posted')
  })

  test('of 16 at once over 16 connections moves the money once', async () => {
    const { db } = book.database.connectAs('purchase', { connectionsMax: 16 })
    const outcomes = await Promise.all(
      Array.from({ length: 16 }, () =>
        db.transaction().execute((tx) => post(tx, posting('order 4'))),
      ),
    )
    expect(outcomes.filter((outcome) => outcome === 'posted')).toHaveLength(1)
    expect(await rowsAbout('order 4')).toEqual([leg])
  })

  test('of 16 at once under one posting id moves the money once too', async () => {
    const { db } = book.database.connectAs('purchase', { connectionsMax: 16 })
    const it = posting('order 4b')
    const outcomes = await Promise.all(
      Array.from({ length: 16 }, () => db.transaction().execute((tx) => post(tx, it))),
    )
    expect(outcomes.filter((outcome) => outcome === 'posted')).toHaveLength(1)
    expect(await rowsAbout('order 4b')).toEqual([leg])
  })

  test('under a posting id that something else has is a fault, and not taken for posted', async () => {
    const it = posting('order 4c')
    await write(it)
    await expect(write({ ...it, about: 'order 4d' })).rejects.toThrow('is not about')
    await expect(write({ ...it, event: 'payment_refunded' })).rejects.toThrow('is not about')
    expect(await rowsAbout('order 4d')).toEqual([])
  })

  test('waits for one that is not yet committed, and posts when that one is undone', async () => {
    const rolledBack = Promise.withResolvers<void>()
    const wrote = Promise.withResolvers<void>()
    const first = book.purchase.db.transaction().execute(async (tx) => {
      await post(tx, posting('order 5'))
      wrote.resolve()
      await rolledBack.promise
      throw new Error('undone')
    })
    await wrote.promise
    const second = write(posting('order 5'))
    await book.untilWaiting(1)
    rolledBack.resolve()
    await expect(first).rejects.toThrow('undone')
    expect(await second).toBe('posted')
    expect(await rowsAbout('order 5')).toEqual([leg])
  })

  test('may be of any event in the chart of accounts', async () => {
    const events = Object.keys(chart).filter(isPostingEvent)
    const outcomes = []
    for (const event of events) outcomes.push(await write(posting('order 5b', { event })))
    expect(outcomes).toEqual(events.map(() => 'posted'))
    expect(events).toHaveLength(Object.keys(chart).length - 2)
  })

  test('without a leg is a fault and leaves nothing', async () => {
    await expect(write(posting('order 6', { legs: [] }))).rejects.toThrow('moves something')
    expect(await rowsAbout('order 6')).toEqual([])
  })

  test.each([
    ['nothing', { debit: 'BANK', credit: 'BANK_FEE', yen: yen(0) }],
    ['less than nothing', { debit: 'BANK', credit: 'BANK_FEE', yen: yen(-1) }],
    ['from an account to itself', { debit: 'BANK', credit: 'BANK', yen: yen(1) }],
  ])('of a leg that moves %s is refused by PostgreSQL, and nothing stays', async (why, wrong) => {
    const about = `order 7 ${why}`
    await expect(write(posting(about, { legs: [wrong] }))).rejects.toThrow('check constraint')
    expect(await write(posting(about))).toBe('posted')
  })

  test('carries the number of the transaction that wrote it, in every row', async () => {
    await write(posting('order 8'))
    const rows = await book.owner
      .selectFrom('ledger.posting')
      .innerJoin('ledger.leg', 'ledger.leg.posting_id', 'ledger.posting.posting_id')
      .select(['ledger.posting.xid as heading', 'ledger.leg.xid as leg'])
      .where('about', '=', 'order 8')
      .execute()
    expect(rows).toHaveLength(1)
    expect(rows[0]?.heading).toBe(rows[0]?.leg)
  })
})
