import type { Tables } from '@minnaken/db'
import { type JstDate, yen } from '@minnaken/domain'
import type { Insertable } from 'kysely'
import {
  type Leg,
  type PostingEvent,
  payoutApprovedLegs,
  payoutReturnedLegs,
  payoutSettledLegs,
  post,
} from '../src/index.ts'
import { type Book, NOON, type Shop, TODAY, type Wallet, openBook } from './_book.ts'

export type TrueBook = Awaited<ReturnType<typeof writeTrueBook>>

/**
 * A small book in which everything is true: two shops, two wallets in two buckets, a settled run
 * with a transfer that came back, a sent run with a correction and the second try, and a day since.
 */
export async function writeTrueBook(options: Readonly<{ partitioned?: boolean }> = {}) {
  const book = await openBook(options)
  const [a, b] = [await book.openShop(), await book.openShop()]
  const [one, two] = [await purseIn(book, 0), await purseIn(book, 1)]
  const [first, second] = [await book.sell(one), await book.sell(two)]
  const spare = await purseIn(book, 0)
  const unspent = await book.sell(spare)

  const large = await book.redeem(one, a, {
    taking: [
      [first.limited, 6_500],
      [first.common, 500],
    ],
  })
  const corrected = await book.redeem(two, a, { taking: [[second.limited, 3_000]] })
  const small = await book.redeem(one, b, { taking: [[first.common, 1_000]] })
  const part = await book.giveBack(one, a, {
    redemptionId: large.redemptionId,
    returning: [[first.common, 300]],
  })
  const correction = await book.giveBack(two, a, {
    redemptionId: corrected.redemptionId,
    returning: [[second.limited, 3_000]],
    by: 'federation',
    date: '2027-03-20',
  })
  const later = await book.redeem(one, b, { taking: [[first.common, 2_000]], date: '2027-03-20' })
  const since = await book.redeem(two, a, { taking: [[second.limited, 500]], date: '2027-04-02' })

  const runs = new Runs(book)
  const line = runs.line.bind(runs)
  const run1 = await runs.open({ start: '2027-03-01', end: '2027-03-15', state: 'settled' })
  await line(run1, a, { of: large.redemptionId, bucket: 0, yen: 7_000 })
  await line(run1, a, { of: corrected.redemptionId, bucket: 1, yen: 3_000 })
  await line(run1, a, { of: part, bucket: 0, yen: 300, kind: 'void' })
  await line(run1, b, { of: small.redemptionId, bucket: 0, yen: 1_000 })
  await runs.state(run1, a, { redemptions: [2, 10_000], voids: [1, 300], fee: 97, paid: 9_603 })
  await runs.state(run1, b, { redemptions: [1, 1_000], fee: 10, paid: 990 })
  await runs.post('payout_approved', run1, a, 0, payoutApprovedLegs(a.shopNo, yen(6_603), yen(97)))
  await runs.post('payout_approved', run1, a, 1, payoutApprovedLegs(a.shopNo, yen(3_000), yen(0)))
  await runs.post('payout_approved', run1, b, 0, payoutApprovedLegs(b.shopNo, yen(990), yen(10)))
  await runs.post('payout_settled', run1, a, 0, payoutSettledLegs(yen(6_603)))
  await runs.post('payout_settled', run1, a, 1, payoutSettledLegs(yen(3_000)))
  await runs.post('payout_settled', run1, b, 0, payoutSettledLegs(yen(990)))
  await runs.post('payout_returned', run1, b, 0, payoutReturnedLegs(b.shopNo, yen(990)))

  const run2 = await runs.open({ start: '2027-03-16', end: '2027-03-31', state: 'sent' })
  const date = '2027-03-20'
  await line(run2, a, { of: correction, bucket: 1, yen: 3_000, kind: 'correction', date })
  await line(run2, b, { of: later.redemptionId, bucket: 0, yen: 2_000, date })
  await runs.state(run2, a, { corrections: [1, 3_000], fee: -30, carriedOut: -2_970 })
  await runs.state(run2, b, { redemptions: [1, 2_000], returned: 990, fee: 20, paid: 2_970 })
  await runs.post('payout_approved', run2, a, 1, payoutApprovedLegs(a.shopNo, yen(0), yen(-30)))
  await runs.post('payout_approved', run2, b, 0, payoutApprovedLegs(b.shopNo, yen(2_970), yen(20)))

  const bought = { first, second, unspent }
  const moved = { large, corrected, small, part, correction, later, since }
  return { ...book, a, b, one, two, spare, run1, run2, ...bought, ...moved }
}

/** A wallet in that bucket. */
async function purseIn(book: Book, bucket: number): Promise<Wallet> {
  for (;;) {
    const wallet = await book.openPurse()
    if (wallet.bucket === bucket) return wallet
  }
}

type CountAndYen = readonly [count: number, amount: number]

/** Writes runs as settlement leaves them, as the owner of the database. */
class Runs {
  readonly #book: Book
  readonly #accounts = new Map<string, string>()
  #number = 0

  constructor(book: Book) {
    this.#book = book
  }

  async open(
    of: Readonly<{ start: JstDate; end: JstDate; state: 'sent' | 'settled' }>,
  ): Promise<string> {
    const runId = this.#book.newId()
    const [clerk, approver] = [await this.#book.account(), await this.#book.account()]
    const at = new Date(NOON)
    this.#number += 1
    await this.#insert('settlement.run', {
      run_id: runId,
      run_no: this.#number,
      period_start: of.start,
      period_end: of.end,
      pay_date: of.end,
      state: of.state,
      opened_at: at,
      closed_at: at,
      checked_at: at,
      checked_by: clerk,
      file: Buffer.from('file'),
      file_sha256: '0'.repeat(64),
      approved_at: at,
      approved_by: approver,
      posted_at: at,
      sent_at: at,
      sent_by: clerk,
      settled_at: of.state === 'settled' ? at : null,
    })
    return runId
  }

  line(
    runId: string,
    { shopId }: Shop,
    it: Readonly<{
      of: string
      bucket: number
      yen: number
      kind?: 'redemption' | 'void' | 'correction'
      date?: JstDate
    }>,
  ): Promise<void> {
    return this.#insert('settlement.settlement_line', {
      bucket: it.bucket,
      source_id: it.of,
      run_id: runId,
      shop_id: shopId,
      kind: it.kind ?? 'redemption',
      yen: it.yen,
      business_date: it.date ?? TODAY,
    })
  }

  /** A shop's statement, and its transfer when it is paid. */
  async state(
    runId: string,
    shop: Shop,
    it: Readonly<{
      redemptions?: CountAndYen
      voids?: CountAndYen
      corrections?: CountAndYen
      returned?: number
      fee: number
      paid?: number
      carriedOut?: number
    }>,
  ): Promise<void> {
    const none: CountAndYen = [0, 0]
    const { redemptions = none, voids = none, corrections = none, paid = 0 } = it
    const payee_account_id = await this.#accountOf(shop)
    await this.#insert('settlement.statement', {
      statement_no: `${String(this.#number).padStart(9, '0')}-${shop.shopNo}`,
      run_id: runId,
      shop_id: shop.shopId,
      payee_id: shop.payeeId,
      payee_account_id,
      redemptions: redemptions[0],
      redemptions_yen: redemptions[1],
      voids: voids[0],
      voids_yen: voids[1],
      corrections: corrections[0],
      corrections_yen: corrections[1],
      by_kind: JSON.stringify({}),
      carried_in_yen: 0,
      returned_yen: it.returned ?? 0,
      fee_yen: it.fee,
      paid_yen: paid,
      carried_out_yen: it.carriedOut ?? 0,
      held: false,
    })
    if (paid === 0) return
    await this.#insert('settlement.payout', {
      payout_id: this.#book.newId(),
      run_id: runId,
      payee_account_id,
      attempt: 1,
      yen: paid,
      new_code: 1,
      state: 'sent',
      state_since: new Date(NOON),
    })
  }

  async post(
    event: PostingEvent,
    runId: string,
    { shopNo }: Shop,
    bucket: number,
    legs: readonly Leg[],
  ): Promise<void> {
    await this.#book.owner.transaction().execute((tx) =>
      post(tx, {
        bucket,
        postingId: this.#book.newId(),
        event,
        about: `${runId}:${shopNo}`,
        at: NOON,
        businessDate: TODAY,
        legs,
      }),
    )
  }

  async #accountOf({ shopId, payeeId }: Shop): Promise<string> {
    const known = this.#accounts.get(shopId)
    if (known !== undefined) return known
    const accountId = this.#book.newId()
    this.#accounts.set(shopId, accountId)
    const at = new Date(NOON)
    await this.#insert('shop.payee_account', {
      payee_account_id: accountId,
      payee_id: payeeId,
      bank_code: '9999',
      branch_code: '001',
      account_type: 1,
      account_number: String(this.#accounts.size).padStart(7, '0'),
      holder_half: 'ﾐﾗｲ',
      state: 'active',
      proposed_at: at,
      confirmed_at: at,
      checked_at: at,
      checked_by: await this.#book.account(),
    })
    return accountId
  }

  async #insert<T extends keyof Tables>(table: T, row: Insertable<Tables[T]>): Promise<void> {
    await this.#book.owner.insertInto(table).values(row).execute()
  }
}
