import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Verification, verifyLedger, verifyWithin } from '../src/index.ts'
import { kindsOfTables } from './_book.ts'
import { type Tampering, bookTamperings } from './_book-tampering.ts'
import { settlementTamperings } from './_settlement-tampering.ts'
import { type TrueBook, writeTrueBook } from './_true-book.ts'

const tamperings: readonly Tampering[] = [...bookTamperings, ...settlementTamperings]

const wrongIn = ({ checks }: Verification): string[] =>
  checks.filter(({ ok }) => !ok).map(({ name }) => name)

describe.each(kindsOfTables)('the proof of a true book, $name', ({ partitioned }) => {
  let book: TrueBook
  beforeAll(async () => {
    book = await writeTrueBook({ partitioned })
  })
  afterAll(() => book.drop())

  test('balances, every check compared something, and every yen has its place', async () => {
    const { balanced, identity, checks } = await book.verify()
    expect(checks.filter(({ ok }) => !ok)).toEqual([])
    expect(balanced).toBe(true)
    expect(checks.filter(({ checked }) => checked === 0)).toEqual([])
    expect(identity).toEqual({
      issued: 37_500,
      unspent: 37_500 - 7_000 - 1_000 - 2_000 - 500 + 300,
      // Shop A owes 2,970 of the correction and is owed the day since.
      unsettled: -2_970 + 500,
      inTransfer: 2_970,
      settled: 9_603 + 990 - 990 + 97 + 10 - 30 + 20,
      refunded: 0,
      expired: 0,
    })
  })

  test('holds in the middle of payments, because it looks at one moment', async () => {
    const payments = { left: 120 }
    const paying = [book.one, book.two].map(async (wallet, place) => {
      const { common } = place === 0 ? book.first : book.second
      for (let paid = 0; paid < 60; paid++, payments.left--)
        await book.redeem(wallet, book.a, { taking: [[common, 7]], date: '2027-04-03' })
    })
    let looks = 0
    for (; payments.left > 0; looks++) expect(wrongIn(await book.verify())).toEqual([])
    await Promise.all(paying)
    expect(looks).toBeGreaterThan(1)
  })

  test('reads with the rights of the auditor and names each check before it starts', async () => {
    const heard: string[] = []
    const auditor = book.database.connectAs('auditor').db
    const { checks } = await verifyLedger(auditor, (name) => heard.push(name))
    expect(heard).toEqual(checks.map(({ name }) => name))
  })
})

describe('the proof of a book that was tampered with', () => {
  let book: TrueBook
  beforeAll(async () => {
    book = await writeTrueBook()
  })
  afterAll(() => book.drop())

  /** What the proof says after these changes, which are then undone. */
  const verifyAfter = async (changes: ReturnType<Tampering[1]>): Promise<Verification> => {
    const undone = new Error('undone')
    const found: Verification[] = []
    const trying = book.owner.transaction().execute(async (tx) => {
      for (const change of changes) {
        const { numAffectedRows } = await change.execute(tx)
        expect(numAffectedRows).toBeGreaterThan(0n)
      }
      found.push(await verifyWithin(tx))
      throw undone
    })
    await expect(trying).rejects.toBe(undone)
    const [verification] = found
    if (verification === undefined) throw new Error('nothing was verified')
    return verification
  }

  test.each(tamperings)('fails when %s', async (_, statements, seenBy) => {
    const found = await verifyAfter(statements(book))
    expect(found.balanced).toBe(false)
    expect(new Set(wrongIn(found))).toEqual(new Set(seenBy))
    for (const { ok, firstDifference } of found.checks) expect(firstDifference === null).toBe(ok)
  })

  test('fails in each of its checks for some of these', async () => {
    const { checks, balanced } = await book.verify()
    expect(balanced).toBe(true)
    const seen = new Set(tamperings.flatMap(([, , seenBy]) => seenBy))
    expect(checks.filter(({ name }) => !seen.has(name))).toEqual([])
    expect(new Set(checks.map(({ name }) => name)).size).toBe(checks.length)
  })
})
