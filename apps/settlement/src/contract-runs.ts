import { isJstDate } from '@minnaken/domain'
import { z } from 'zod'
import { count, instant, line, reason, sha256, uuid, yenAmount } from './contract-fields.ts'

const day = z
  .string()
  .refine(isJstDate, {
    params: {
      rule: 'date',
      ja: '実在する日付を YYYY-MM-DD で入力してください。',
      en: 'A day that exists, as YYYY-MM-DD.',
    },
  })
  .meta({ format: 'date' })

export const runBody = z.strictObject({ periodStart: day, periodEnd: day })
export const runParams = z.strictObject({ runId: uuid })
export const payoutParams = z.strictObject({ payoutId: uuid })
export const statementParams = z.strictObject({ shopId: uuid, statementNo: z.string().max(16) })
export const approveBody = z.strictObject({ sha256 })
export const sendBody = z.strictObject({ bankReceipt: line(100) })
export const returnBody = z.strictObject({ reason })

export const runReply = z.object({
  runId: uuid,
  runNo: z.int(),
  periodStart: z.string(),
  periodEnd: z.string(),
  payDate: z.string(),
  state: z.string(),
  shops: count,
  lines: count,
  payableYen: yenAmount,
  transfers: count,
  fileSha256: sha256.nullable(),
  closedAt: instant.nullable(),
  checkedAt: instant.nullable(),
  checkedBy: uuid.nullable(),
  approvedAt: instant.nullable(),
  approvedBy: uuid.nullable(),
  sentAt: instant.nullable(),
  bankReceipt: z.string().nullable(),
  settledAt: instant.nullable(),
})

export const runsReply = z.object({ runs: z.array(runReply) })

const totals = z.object({
  statementNo: z.string(),
  shopNo: z.string(),
  shopName: z.string(),
  redemptions: count,
  redemptionsYen: yenAmount,
  voids: count,
  voidsYen: yenAmount,
  corrections: count,
  correctionsYen: yenAmount,
  byKind: z.record(z.string(), z.object({ count, yen: yenAmount })),
  carriedInYen: yenAmount,
  returnedYen: yenAmount,
  feeYen: yenAmount,
  paidYen: yenAmount,
  carriedOutYen: yenAmount,
  held: z.boolean(),
})

const payout = z.object({
  payoutId: uuid,
  payeeNo: z.string(),
  yen: yenAmount,
  state: z.string(),
  stateSince: instant,
  returnReason: z.string().nullable(),
  shops: z.array(z.string()),
})

export const runDetailReply = runReply.extend({
  statements: z.array(totals),
  payouts: z.array(payout),
})

/** A shop that the run owes something and does not pay, with the reason. */
const unpaid = z.object({ shopNo: z.string(), why: z.string(), carriedOutYen: yenAmount })

export const checkReply = runReply.extend({
  /** Of the file as it is now: what an approver names. */
  sha256,
  paidYen: yenAmount,
  fileBytes: count,
  unpaid: z.array(unpaid),
})

const shownRun = z.object({
  runNo: z.int(),
  state: z.string(),
  periodStart: z.string(),
  periodEnd: z.string(),
  payDate: z.string(),
})

const ownStatement = totals.extend({
  run: shownRun,
  account: z.string().nullable(),
  /** The transfer it was paid with; null when nothing was transferred. */
  payout: z
    .object({ state: z.string(), stateSince: instant, returnReason: z.string().nullable() })
    .nullable(),
})

export const statementsReply = z.object({ statements: z.array(ownStatement) })

export const statementReply = ownStatement.extend({
  lines: z.array(
    z.object({
      kind: z.enum(['redemption', 'void', 'correction']),
      yen: yenAmount,
      businessDate: z.string(),
      decidedAt: instant,
      receiptNo: z.string(),
      /** The payment that a void takes back. */
      originalReceiptNo: z.string().nullable(),
      till: z.string().nullable(),
      split: z.array(z.object({ kind: z.string(), yen: yenAmount })),
    }),
  ),
})
