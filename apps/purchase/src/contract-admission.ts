import { z } from 'zod'
import { instant } from './contract-fields.ts'

const seconds = z.int().min(0)

/** Where somebody stands in front of applying and buying. The ticket also travels as a cookie. */
export const admissionReply = z.discriminatedUnion('state', [
  /** Nobody has to wait. */
  z.object({ state: z.literal('open') }),
  z.object({
    state: z.literal('waiting'),
    ticket: z.string(),
    /** The number in line, 1 for the next; it grows only when somebody comes back who came before. */
    place: z.int().min(1),
    estimatedWaitSeconds: seconds,
    askAgainSeconds: seconds,
  }),
  /** Even the waiting room is full. */
  z.object({ state: z.literal('full'), askAgainSeconds: seconds }),
  z.object({ state: z.literal('admitted'), ticket: z.string(), validUntil: instant }),
])

/** `to` is where the page leads when it is one's turn. */
export const waitingRoomQuery = z.strictObject({
  to: z
    .string()
    .regex(/^\/(?:[A-Za-z0-9_-][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*)?$/)
    .max(200)
    .optional(),
})
