import { isJstDate } from '@minnaken/domain'
import { z } from 'zod'
import { bucketed, instant, split, twoWords, uuid, yenAmount } from './contract-fields.ts'

export const dayQuery = z.strictObject({
  date: z
    .string()
    .refine(isJstDate, {
      params: {
        rule: 'date',
        ja: '実在する日付を YYYY-MM-DD で入力してください。',
        en: 'A day that exists, as YYYY-MM-DD.',
      },
    })
    .meta({ format: 'date' })
    .optional(),
})

/** Paid by a payer who scanned the shop's printed code, and so at no till. */
const isPrinted = z.boolean()

export const dayReply = z.object({
  date: z.string(),
  redemptions: z.int(),
  redemptionsYen: yenAmount,
  voids: z.int(),
  voidsYen: yenAmount,
  totalYen: yenAmount,
  /**
   * Of the day's payments, less what was voided of them on the day; a void of an earlier payment is
   * not in it, so the total is these less `earlierVoidsYen`.
   */
  byKind: split,
  /** Of `voidsYen`, what was voided of payments of earlier days. */
  earlierVoidsYen: yenAmount,
  /** The same by till, which is named after who works at it; the shop's printed code is one. */
  byTill: z.array(
    z.object({
      tillId: uuid,
      tillName: z.string(),
      isPrinted,
      redemptions: z.int(),
      redemptionsYen: yenAmount,
      voidedYen: yenAmount,
    }),
  ),
  payments: z.array(
    z.object({
      redemptionId: bucketed,
      amountYen: yenAmount,
      /** By now; of a payment that was voided later, more than on the day. */
      voidedYen: yenAmount,
      split,
      acceptedAt: instant,
      tillId: uuid,
      tillName: z.string(),
      isPrinted,
      /** Of a payment at the printed code, which shops that cannot listen find here. */
      words: twoWords.optional(),
    }),
  ),
  voidLines: z.array(
    z.object({
      voidId: bucketed,
      redemptionId: bucketed,
      amountYen: yenAmount,
      split,
      isOfEarlierDay: z.boolean(),
      voidedAt: instant,
      voidedBy: z.enum(['staff', 'owner', 'federation']),
      reason: z.string(),
    }),
  ),
})

/** A payment at this shop, by a code at a till or by a payer who scanned the shop. */
export const livePayment = z.object({
  redemptionId: bucketed,
  amountYen: yenAmount,
  voidedYen: yenAmount,
  split,
  acceptedAt: instant,
  tillId: uuid,
  tillName: z.string(),
  isPrinted,
  words: twoWords,
})

export const liveVoid = z.object({
  voidId: bucketed,
  redemptionId: bucketed,
  amountYen: yenAmount,
  /** Of the payment, by now. */
  voidedYen: yenAmount,
  split,
  voidedAt: instant,
})
