import { yenField } from '@minnaken/http'
import { z } from 'zod'
import {
  bucketed,
  confirmation,
  instant,
  split,
  twoWords,
  uuid,
  yenAmount,
} from './contract-fields.ts'

const shopNamed = z.object({ shopNo: z.string(), name: z.string() })

/** `payment` is what the phone signed. `confirmation` is its passkey's answer, needed above the limit. */
export const payBody = z.strictObject({
  payment: z.string().min(1).max(400),
  confirmation,
})

export const payReply = z.object({
  redemptionId: bucketed,
  amountYen: yenAmount,
  split,
  acceptedAt: instant,
  shop: shopNamed,
  words: twoWords,
  replayed: z.literal(true).optional(),
  voidedYen: yenAmount.optional(),
})

export const payPreviewBody = z.strictObject({
  deviceId: uuid,
  shopNo: z.string().regex(/^\d{6}$/),
  amountYen: yenField(),
})

export const payPreviewReply = z.object({
  amountYen: yenAmount,
  split,
  shop: shopNamed,
  /** The payer has to confirm this amount by passkey, and `confirmation` has to be sent. */
  confirmationNeeded: z.boolean(),
  serverTime: instant,
})

/** The seven digits under a shop's printed code: shop number and check digit. */
export const shopCodeParams = z.strictObject({ code: z.string().regex(/^\d{7}$/) })

export const shopCodeReply = z.object({
  shopNo: z.string(),
  name: z.string(),
  area: z.string(),
  category: z.string(),
  photoId: uuid.nullable(),
  isTaking: z.boolean(),
  kinds: z.array(
    z.object({
      campaign: z.string(),
      kind: z.string(),
      label: z.string(),
      isTaken: z.boolean(),
    }),
  ),
})

export const numberBody = z.strictObject({ code: z.string().min(1).max(400) })

export const numberReply = z.object({
  number: z.string().regex(/^\d{12}$/),
  validUntil: instant,
  serverTime: instant,
})

/** The nonce of a code that this phone signed, in hex. */
export const codeParams = z.strictObject({ nonce: z.string().regex(/^[0-9a-f]{32}$/) })

export const paidCode = z.object({
  nonce: z.string(),
  redemptionId: bucketed,
  amountYen: yenAmount,
  voidedYen: yenAmount,
  split,
  acceptedAt: instant,
  shop: shopNamed,
  words: twoWords,
})

export const codeReply = z.object({ payment: paidCode.nullable(), serverTime: instant })
