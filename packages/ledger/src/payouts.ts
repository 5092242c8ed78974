import type { Tx } from '@minnaken/db'
import { type Instant, type Yen, jstDateOf } from '@minnaken/domain'
import { type Leg, payoutApprovedLegs, payoutReturnedLegs, payoutSettledLegs } from './legs.ts'
import { legRows } from './post.ts'

export type PayoutEvent = 'payout_approved' | 'payout_settled' | 'payout_returned'

/** A shop's part of a run in one bucket. Either amount may be negative; the buckets add up. */
export type PayoutPart = Readonly<{ shopNo: string; paid: Yen; fee: Yen }>

/** So many shops in one statement: far below the 65,535 values that a statement can have. */
const shopsMax = 1_000

type Entry = Readonly<{ bucket: number; event: PayoutEvent; runId: string; at: Instant }>

/**
 * Posts what a run pays to shops, in one bucket: one posting for each shop.
 *
 * The transaction is this bucket's own. Posting again writes nothing, so whoever was interrupted
 * begins anew; the amounts must be those of the first time. A shop for which an event moves nothing
 * has no posting. Two statements for a thousand shops. Answers how many postings were written.
 */
export async function postPayouts(
  tx: Tx,
  {
    parts,
    newId,
    ...entry
  }: Entry & Readonly<{ parts: readonly PayoutPart[]; newId: () => string }>,
): Promise<number> {
  const postings = parts.flatMap((part) => {
    const legs = legsOf[entry.event](part)
    const about = payoutAbout(entry.runId, part.shopNo)
    return legs.length === 0 ? [] : [{ postingId: newId(), about, legs }]
  })
  let written = 0
  for (let from = 0; from < postings.length; from += shopsMax)
    written += await postSome(tx, entry, postings.slice(from, from + shopsMax))
  return written
}

type ShopPosting = Readonly<{ postingId: string; about: string; legs: readonly Leg[] }>

/** Writes the postings that are not there yet, and the legs of those and no others. */
async function postSome(
  tx: Tx,
  { bucket, event, at }: Entry,
  postings: readonly ShopPosting[],
): Promise<number> {
  const inserted = await tx
    .insertInto('ledger.posting')
    .values(
      postings.map(({ postingId, about }) => ({
        bucket,
        posting_id: postingId,
        event,
        about,
        posted_at: new Date(at),
        business_date: jstDateOf(at),
      })),
    )
    .onConflict((posted) => posted.columns(['bucket', 'event', 'about']).doNothing())
    .returning('posting_id')
    .execute()
  const isNew = new Set(inserted.map((row) => row.posting_id))
  const legs = postings
    .filter(({ postingId }) => isNew.has(postingId))
    .flatMap((posting) => legRows(bucket, posting.postingId, posting.legs))
  if (legs.length > 0) await tx.insertInto('ledger.leg').values(legs).execute()
  return inserted.length
}

/** What the postings of a run and shop are about. */
export const payoutAbout = (runId: string, shopNo: string): string => `${runId}:${shopNo}`

const legsOf: Readonly<Record<PayoutEvent, (part: PayoutPart) => Leg[]>> = {
  payout_approved: ({ shopNo, paid, fee }) => payoutApprovedLegs(shopNo, paid, fee),
  payout_settled: ({ paid }) => payoutSettledLegs(paid),
  payout_returned: ({ shopNo, paid }) => payoutReturnedLegs(shopNo, paid),
}
