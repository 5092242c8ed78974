import { z } from 'zod'
import { instant, uuid } from './contract-fields.ts'

/** What the browser is asked to do; `challengeId` comes back with its answer. */
export const ceremonyReply = z.object({
  challengeId: uuid,
  options: z.record(z.string(), z.unknown()),
})

/** `response` is what the browser's passkey answered, as JSON, without what only the browser uses. */
export const passkeyBody = z.strictObject({
  challengeId: uuid,
  response: z.record(z.string(), z.unknown()),
})

export const sessionReply = z.object({ accountId: uuid, role: z.string(), expiresAt: instant })
export const signedOutReply = z.object({ signedOut: z.literal(true) })
export const meReply = z.object({
  accountId: uuid,
  role: z.literal('resident'),
  serverTime: instant,
})
