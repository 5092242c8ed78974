import { unitsField } from '@minnaken/http'
import { z } from 'zod'
import { campaignCode, instant, unitsCount, uuid, yenAmount } from './contract-fields.ts'

const sale = z.enum(['win', 'second_sale'])

export const orderBody = z.discriminatedUnion('method', [
  z.strictObject({
    method: z.literal('card'),
    units: unitsField(),
    sale: sale.default('win'),
    /** The card as the payment company's form named it; card numbers never come here. */
    card: z.string().regex(/^[A-Za-z0-9_-]{1,200}$/),
  }),
  z.strictObject({
    method: z.literal('slip'),
    units: unitsField(),
    sale: sale.default('win'),
  }),
])

const orderState = z.enum(['reserved', 'paid', 'declined', 'lapsed', 'refund_due', 'refunded'])

export const orderReply = z.object({
  orderId: uuid,
  campaign: campaignCode,
  sale,
  /** The place in the second sale's line. */
  seq: z.int().nullable(),
  units: unitsCount,
  priceYen: yenAmount,
  method: z.enum(['card', 'slip']),
  state: orderState,
  slipNo: z.string().nullable(),
  payBy: instant,
  placedAt: instant,
  paidAt: instant.nullable(),
})

/** The first answer: `unitsWanted` is more than `units` when the second sale could grant only a part. */
export const placedReply = orderReply.extend({ unitsWanted: unitsCount })
export const orderParams = z.strictObject({ orderId: uuid })
export const ordersReply = z.object({ orders: z.array(orderReply) })

export const releaseReply = z.object({
  campaign: campaignCode,
  releasedAt: instant,
  /** By this call: units of wins that nobody paid, and units that the draw left over. */
  unitsReleased: unitsCount,
  unitsUnsold: unitsCount,
  ordersLapsed: z.int(),
  /** For sale to anyone now. */
  unitsFree: unitsCount,
})

const refundCase = z.object({
  orderId: uuid,
  campaign: campaignCode,
  reason: z.enum(['paid_late', 'over_cap', 'sold_out', 'vouchers_ended']),
  yen: yenAmount,
  units: unitsCount,
  method: z.enum(['card', 'slip']),
  paidAt: instant,
  openedAt: instant,
  closedAt: instant.nullable(),
})

export const refundCaseReply = refundCase
export const refundCasesReply = z.object({ cases: z.array(refundCase) })
export const noticeReply = z.object({ received: z.literal(true), outcome: z.string() })

export const slipParams = z.strictObject({ slipNo: z.string().regex(/^\d{15}$/) })

export const slipPaymentBody = z.strictObject({
  /** When it was paid, if not now. */
  paidAt: instant.optional(),
  /** How often the notice is delivered, all at once. */
  deliveries: z.int().min(1).max(20).optional(),
  /** How much later it is delivered. */
  delayMs: z.int().min(0).max(60_000).optional(),
})

export const slipPaymentReply = z.object({
  paymentId: z.string(),
  paidAt: instant,
  /** What became of each delivery; empty when they come later. */
  outcomes: z.array(z.string()),
})
