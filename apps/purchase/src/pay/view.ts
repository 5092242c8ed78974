import { isoOf, isoOrNull } from '@minnaken/http'
import type { Deps } from '../deps.ts'
import { type Order, saleOf } from './order-row.ts'

/** An order as its buyer sees it. */
export async function orderView(deps: Deps, order: Order) {
  const campaign = await deps.campaigns.find(order.campaignId)
  if (campaign === undefined) throw new Error('an order has its campaign')
  return {
    orderId: order.orderId,
    campaign: campaign.id,
    sale: saleOf(order),
    seq: order.seq,
    units: order.units,
    priceYen: order.price,
    method: order.method,
    state: order.state,
    slipNo: order.slipNo,
    payBy: isoOf(order.payBy),
    placedAt: isoOf(order.placedAt),
    paidAt: isoOrNull(order.paidAt),
  }
}
