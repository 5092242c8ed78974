import { z } from 'zod'
import { campaignCode, instant, period, yenAmount } from './contract-fields.ts'

const bucketed = z.string().regex(/^(0|[1-9]\d{0,3})-[0-9a-f-]{36}$/)

const balance = z.object({
  campaign: campaignCode,
  campaignName: z.string(),
  kind: z.string(),
  label: z.string(),
  acceptedBy: z.array(z.string()),
  issuedYen: yenAmount,
  remainingYen: yenAmount,
  issueDate: z.string(),
  /** The last day on which these vouchers are worth anything. */
  lastDay: z.string(),
  use: period,
  isSpendable: z.boolean(),
})

export const walletReply = z.object({
  walletId: bucketed,
  stoppedAt: instant.nullable(),
  /** By kind and last day, in the order in which they are spent. */
  balances: z.array(balance),
  /** What can be spent now, at shops that take the kinds. */
  spendableYen: yenAmount,
  serverTime: instant,
})

export const stoppedReply = z.object({ walletId: bucketed, stoppedAt: instant })

export const historyQuery = z.strictObject({
  cursor: z.string().max(200).optional(),
})

const parts = z.array(z.object({ kind: z.string(), yen: yenAmount }))

/** A payment at a shop, or value that came back from it. */
const entry = z.object({
  kind: z.enum(['payment', 'void']),
  id: bucketed,
  redemptionId: bucketed,
  at: instant,
  businessDate: z.string(),
  shop: z.object({ shopNo: z.string(), name: z.string() }),
  yen: yenAmount,
  parts,
})

export const historyReply = z.object({
  entries: z.array(entry),
  /** For the page after this one; null at the end. */
  nextCursor: z.string().nullable(),
})
