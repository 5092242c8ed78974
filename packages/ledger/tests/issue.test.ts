import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findWallet, makeBuckets, openWallet, stopWallet } from '../src/index.ts'
import { type Book, NOON, kindsOfTables, openBook } from './_book.ts'

describe.each(kindsOfTables)('wallets and what is issued into them, $name', ({ partitioned }) => {
  let book: Book
  beforeAll(async () => {
    book = await openBook({ partitioned })
  })
  afterAll(() => book.drop())

  const open = (accountId: string, db = book.purchase.db) =>
    db
      .transaction()
      .execute((tx) => openWallet(tx, { accountId, walletId: book.newId(), at: NOON }))

  test('a person has one wallet, however often it is opened', async () => {
    const accountId = await book.account()
    const first = await open(accountId)
    expect(await open(accountId)).toEqual(first)
    expect(await book.purchase.db.transaction().execute((tx) => findWallet(tx, accountId))).toEqual(
      first,
    )
  })

  test('a person who has none is not found', async () => {
    const accountId = await book.account()
    const found = await book.purchase.db.transaction().execute((tx) => findWallet(tx, accountId))
    expect(found).toBeNull()
  })

  test('of 16 openings at once one wallet comes, and everyone is told where it is', async () => {
    const { db } = book.database.connectAs('purchase', { connectionsMax: 16 })
    const accountId = await book.account()
    const places = await Promise.all(Array.from({ length: 16 }, () => open(accountId, db)))
    expect(new Set(places.map(({ walletId }) => walletId)).size).toBe(1)
    const rows = await book.owner
      .selectFrom('ledger.wallet')
      .select(['bucket', 'wallet_id as walletId'])
      .where('account_id', '=', accountId)
      .execute()
    expect(rows).toEqual([places[0]])
  })

  test('wallets are spread over all buckets, and stay where they are when buckets are added', async () => {
    const accounts = await Promise.all(Array.from({ length: 40 }, () => book.account()))
    const before = []
    for (const accountId of accounts) before.push(await open(accountId))
    expect(new Set(before.map(({ bucket }) => bucket))).toEqual(new Set([0, 1]))
    await makeBuckets(book.owner, 5)
    await makeBuckets(book.owner, 3)
    const after = []
    for (const accountId of accounts) after.push(await open(accountId))
    expect(after).toEqual(before)
    const buckets = await book.owner.selectFrom('ledger.bucket').select('bucket').execute()
    expect(buckets).toHaveLength(5)
  })

  test('a wallet that is stopped keeps the moment of its first stop', async () => {
    const accountId = await book.account()
    const place = await open(accountId)
    const stop = (at: number) =>
      book.purchase.db.transaction().execute((tx) => stopWallet(tx, { ...place, at }))
    await stop(NOON)
    await stop(NOON + 1_000)
    const row = await book.owner
      .selectFrom('ledger.wallet')
      .select('stopped_at')
      .where('wallet_id', '=', place.walletId)
      .executeTakeFirstOrThrow()
    expect(row.stopped_at).toEqual(new Date(NOON))
  })

  const lotsOf = (orderId: string) =>
    book.owner
      .selectFrom('ledger.lot')
      .select(['kind', 'issued_yen', 'remaining_yen'])
      .where('order_id', '=', orderId)
      .orderBy('kind')
      .execute()
  const lots = [
    { kind: 'COMMON', issued_yen: 6_000, remaining_yen: 6_000 },
    { kind: 'LIMITED', issued_yen: 6_500, remaining_yen: 6_500 },
  ]

  test('a paid order issues its lots once', async () => {
    const wallet = await book.openPurse()
    const orderId = await book.placeOrder(wallet)
    expect(await book.issue(wallet, orderId)).toBe('posted')
    expect(await book.issue(wallet, orderId)).toBe('already_posted')
    expect(await lotsOf(orderId)).toEqual(lots)
  })

  test('of 16 issuings at once one takes effect', async () => {
    const { db } = book.database.connectAs('purchase', { connectionsMax: 16 })
    const wallet = await book.openPurse()
    const orderId = await book.placeOrder(wallet)
    const outcomes = await Promise.all(
      Array.from({ length: 16 }, () => book.issue(wallet, orderId, book.unit(), db)),
    )
    expect(outcomes.filter((outcome) => outcome === 'posted')).toHaveLength(1)
    expect(await lotsOf(orderId)).toEqual(lots)
  })

  test('afterwards the books balance', async () => {
    expect(await book.verify()).toMatchObject({ balanced: true, identity: { issued: 25_000 } })
  })
})
