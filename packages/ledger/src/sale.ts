import type { Tx } from '@minnaken/db'
import { type Instant, jstDateOf } from '@minnaken/domain'
import { type SoldPart, saleLegs } from './legs.ts'
import { post } from './post.ts'
import type { WalletPlace } from './wallet.ts'

/**
 * Issues the vouchers of a paid order: one lot of each kind, and the posting that pays for them.
 *
 * An order issues once; issuing it again answers `already_posted` and writes nothing.
 * `lotIds` and the posting's id come from the caller; yen are for the whole order.
 */
export async function issueOrder(
  tx: Tx,
  order: Readonly<{
    wallet: WalletPlace
    orderId: string
    campaignId: string
    parts: readonly SoldPart[]
    expiresAt: Instant
    at: Instant
  }>,
): Promise<'posted' | 'already_posted'> {
  const { wallet, orderId, campaignId, parts } = order
  const outcome = await post(tx, {
    bucket: wallet.bucket,
    postingId: orderId,
    event: 'sale',
    about: orderId,
    at: order.at,
    businessDate: jstDateOf(order.at),
    legs: saleLegs(campaignId, parts),
  })
  if (outcome === 'already_posted') return outcome
  await tx
    .insertInto('ledger.lot')
    .values(
      parts.map(({ kind, lotId, face }) => ({
        bucket: wallet.bucket,
        lot_id: lotId,
        wallet_id: wallet.walletId,
        campaign_id: campaignId,
        kind,
        order_id: orderId,
        issued_yen: face,
        remaining_yen: face,
        expires_at: new Date(order.expiresAt),
      })),
    )
    .execute()
  return outcome
}
