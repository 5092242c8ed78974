import { yenField } from '@minnaken/http'
import { z } from 'zod'
import {
  bucketed,
  confirmation,
  instant,
  personsName,
  split,
  twoWords,
  uuid,
  yenAmount,
} from './contract-fields.ts'

export * from './contract-day.ts'
export * from './contract-payments.ts'

export const redeemBody = z.strictObject({
  code: z.string().min(1).max(400),
  amountYen: yenField(),
})

export const redeemReply = z.object({
  redemptionId: bucketed,
  amountYen: yenAmount,
  split,
  acceptedAt: instant,
  /** The customer's phone shows the same two. */
  words: twoWords,
  replayed: z.literal(true).optional(),
  voidedYen: yenAmount.optional(),
})

export const previewReply = z.object({
  amountYen: yenAmount,
  split,
  /** Set when this till has taken this amount with this code already. */
  redemptionId: bucketed.optional(),
})

export const voidParams = z.strictObject({ redemptionId: bucketed })

/** Without an amount, everything that is left is voided. */
export const voidBody = z.strictObject({
  amountYen: yenField().optional(),
  reason: z.string().trim().min(1).max(200),
})

export const voidReply = z.object({
  voidId: bucketed,
  redemptionId: bucketed,
  amountYen: yenAmount,
  split,
  voidedAt: instant,
})

export const shopParams = z.strictObject({ shopId: uuid })
export const tillParams = z.strictObject({ shopId: uuid, tillId: uuid })
export const joinCodeReply = z.object({ joinCode: z.string(), expiresAt: instant })
export const joinBody = z.strictObject({ joinCode: z.string().min(1).max(64), name: personsName })

const shopCard = z.object({ shopId: uuid, shopNo: z.string(), name: z.string() })

export const joinReply = z.object({
  tillId: uuid,
  name: z.string(),
  token: z.string(),
  expiresAt: instant,
  shop: shopCard,
})

const till = z.object({
  tillId: uuid,
  name: z.string(),
  joinedAt: instant,
  expiresAt: instant,
  revokedAt: instant.nullable(),
})

export const tillReply = till.extend({ shop: shopCard })
export const tillsReply = z.object({ tills: z.array(till) })

/** `confirmation` is a passkey's answer over this key; not needed right after a sign-in. */
export const deviceBody = z.strictObject({
  name: personsName,
  confirmation,
  publicKey: z.strictObject({
    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    x: z.string().max(64),
    y: z.string().max(64),
  }),
})

export const deviceParams = z.strictObject({ deviceId: uuid })

const device = z.object({
  deviceId: uuid,
  name: z.string(),
  registeredAt: instant,
  revokedAt: instant.nullable(),
})

/** `serverTime` is what the phone signs by: its own clock plus the difference it sees here. */
export const deviceReply = device.extend({ serverTime: instant })
export const devicesReply = z.object({ devices: z.array(device) })
export const timeReply = z.object({ serverTime: instant })
