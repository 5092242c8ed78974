import type { Tx } from '@minnaken/db'
import { type Instant, type JstDate, assert } from '@minnaken/domain'
import type { Leg } from './legs.ts'

export type PostingEvent =
  | 'sale'
  | 'sale_undone'
  | 'payment_unmatched'
  | 'payment_refunded'
  | 'payout_approved'
  | 'payout_settled'
  | 'payout_returned'
  | 'bank_fee'
  | 'expiry'
  | 'refund'
  | 'premium_claim'
  | 'ward_paid'
  | 'ward_advanced'
  | 'ward_advance_used'
  | 'ward_advance_returned'
  | 'provider_paid'

export type Posting = Readonly<{
  bucket: number
  postingId: string
  event: PostingEvent
  /** What it is about: an order, or a run and shop. One posting for each event about a thing. */
  about: string
  at: Instant
  businessDate: JstDate
  legs: readonly Leg[]
}>

/**
 * Moves money, once.
 *
 * Every leg takes from one account what it gives to another, so the sum over all accounts stays zero.
 * Posting the same event about the same thing again writes nothing and answers `already_posted`,
 * also when both come at once with one posting id.
 * Throws when the posting id was used for something else.
 */
export async function post(tx: Tx, posting: Posting): Promise<'posted' | 'already_posted'> {
  const { bucket, postingId, event, about, legs } = posting
  assert(legs.length > 0, 'a posting moves something')
  const inserted = await tx
    .insertInto('ledger.posting')
    .values({
      bucket,
      posting_id: postingId,
      event,
      about,
      posted_at: new Date(posting.at),
      business_date: posting.businessDate,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (inserted.numInsertedOrUpdatedRows === 0n) {
    assert(await isPosted(tx, posting), `posting ${postingId} is not about ${event} ${about}`)
    return 'already_posted'
  }
  await tx
    .insertInto('ledger.leg')
    .values(legRows(bucket, postingId, legs))
    .execute()
  return 'posted'
}

async function isPosted(tx: Tx, { bucket, event, about }: Posting): Promise<boolean> {
  const row = await tx
    .selectFrom('ledger.posting')
    .select('posting_id')
    .where('bucket', '=', bucket)
    .where('event', '=', event)
    .where('about', '=', about)
    .executeTakeFirst()
  return row !== undefined
}

/** The rows of a posting's legs, numbered from 1. */
export const legRows = (bucket: number, postingId: string, legs: readonly Leg[]) =>
  legs.map((leg, index) => ({
    bucket,
    posting_id: postingId,
    leg_no: index + 1,
    debit_account: leg.debit,
    credit_account: leg.credit,
    yen: leg.yen,
    campaign_id: leg.campaignId ?? null,
    lot_id: leg.lotId ?? null,
  }))
