import type { Tx } from '@minnaken/db'
import { type Instant, type Yen, jstDateOf } from '@minnaken/domain'
import { type Leg, payoutApprovedLegs, payoutReturnedLegs, payoutSettledLegs } from './legs.ts'
import { post } from './post.ts'

export type PayoutEvent = 'payout_approved' | 'payout_settled' | 'payout_returned'

/** A shop's part of a run in one bucket. Either amount may be negative; the buckets add up. */
export type PayoutPart = Readonly<{ shopNo: string; paid: Yen; fee: Yen }>

/**
 * Posts what a run pays to shops, in one bucket: one posting for each shop.
 *
 * The transaction is this bucket's own. Posting again writes nothing, so whoever was interrupted
 * begins anew; the amounts must be those of the first time. A shop for which an event moves nothing
 * has no posting. Answers how many were written.
 */
export async function postPayouts(
  tx: Tx,
  entry: Readonly<{
    bucket: number
    event: PayoutEvent
    runId: string
    at: Instant
    parts: readonly PayoutPart[]
    newId: () => string
  }>,
): Promise<number> {
  let written = 0
  for (const part of entry.parts) {
    const legs = legsOf[entry.event](part)
    if (legs.length === 0) continue
    const outcome = await post(tx, {
      bucket: entry.bucket,
      postingId: entry.newId(),
      event: entry.event,
      about: payoutAbout(entry.runId, part.shopNo),
      at: entry.at,
      businessDate: jstDateOf(entry.at),
      legs,
    })
    if (outcome === 'posted') written += 1
  }
  return written
}

/** What the postings of a run and shop are about. */
export const payoutAbout = (runId: string, shopNo: string): string => `${runId}:${shopNo}`

const legsOf: Readonly<Record<PayoutEvent, (part: PayoutPart) => Leg[]>> = {
  payout_approved: ({ shopNo, paid, fee }) => payoutApprovedLegs(shopNo, paid, fee),
  payout_settled: ({ paid }) => payoutSettledLegs(paid),
  payout_returned: ({ shopNo, paid }) => payoutReturnedLegs(shopNo, paid),
}
