import { isJstDate } from '@minnaken/domain'
import { yenField } from '@minnaken/http'
import { z } from 'zod'

const instant = z.iso.datetime({ offset: true }).meta({ description: '日時 / RFC 3339' })
const yenAmount = z.int().meta({ description: '円 / whole yen' })
const bucketed = z.string().regex(/^(0|[1-9]\d{0,3})-[0-9a-f-]{36}$/)
const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
const personsName = z.string().trim().min(1).max(40)

export const split = z.array(z.object({ kind: z.string(), yen: yenAmount }))

export const redeemBody = z.strictObject({
  code: z.string().min(1).max(400),
  amountYen: yenField(),
})

export const redeemReply = z.object({
  redemptionId: bucketed,
  amountYen: yenAmount,
  split,
  acceptedAt: instant,
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

export const deviceBody = z.strictObject({
  name: personsName,
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

export const dayReply = z.object({
  date: z.string(),
  redemptions: z.int(),
  redemptionsYen: yenAmount,
  voids: z.int(),
  voidsYen: yenAmount,
  totalYen: yenAmount,
  byKind: split,
  payments: z.array(
    z.object({
      redemptionId: bucketed,
      amountYen: yenAmount,
      voidedYen: yenAmount,
      split,
      acceptedAt: instant,
      tillId: uuid,
      tillName: z.string(),
    }),
  ),
})
