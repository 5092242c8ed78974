import { createHmac, timingSafeEqual } from 'node:crypto'
import { type Instant, parseInstant } from '@minnaken/domain'
import { readStrictJson } from '@minnaken/http'
import { z } from 'zod'
import { sha256 } from '../hashes.ts'
import type { NoticeReading, PaymentNotice, PaymentProvider } from './provider.ts'

/** The test cards. Any other token is declined as unknown. */
const sandboxCards = {
  ok: 'tok_ok',
  declined: 'tok_declined',
  /** The bank has not answered yet; a notice will tell. */
  pending: 'tok_pending',
  /** The money is taken and the answer is lost on the way. */
  lost: 'tok_lost',
} as const

type SignedNotice = Readonly<{ headers: Headers; bytes: Uint8Array }>

/** The store's till: tells of a payment as the company would, signed. */
export type SandboxRegister = Readonly<{
  signNotice: (notice: PaymentNotice, at: Instant) => SignedNotice
}>

const TOLERANCE_MS = 5 * 60_000
const SIGNATURE = 'minnaken-signature'

/**
 * The payment company of the demo and of tests: no money, no memory.
 *
 * The card's token decides the outcome, and the slip's number follows from the payment's id, so the
 * same question always has the same answer, also after a restart. Notices are signed with
 * HMAC-SHA-256 over the time and the bytes; one that is older or newer than five minutes is refused.
 */
export function sandboxProvider(secret: string): PaymentProvider & SandboxRegister {
  const signatureOf = (seconds: number, bytes: Uint8Array): Buffer =>
    createHmac('sha256', secret).update(`${seconds}.`).update(bytes).digest()

  return {
    name: 'sandbox',

    charge: async ({ card, at }) => {
      switch (card) {
        case sandboxCards.ok:
          return { kind: 'succeeded', paidAt: at }
        case sandboxCards.pending:
          return { kind: 'pending' }
        case sandboxCards.lost:
          throw new Error('the answer of the payment company was lost')
        case sandboxCards.declined:
          return { kind: 'declined', reason: 'card_declined' }
        default:
          return { kind: 'declined', reason: 'card_unknown' }
      }
    },

    issueSlip: async ({ paymentId }) => ({ slipNo: slipNoOf(paymentId) }),

    signNotice: (notice, at) => {
      const { kind, noticeId, paymentId } = notice
      const paid = notice.kind === 'succeeded' ? { paidAt: isoTime(notice.paidAt) } : {}
      const bytes = Buffer.from(JSON.stringify({ noticeId, paymentId, kind, ...paid }))
      const seconds = Math.floor(at / 1_000)
      const signature = signatureOf(seconds, bytes).toString('hex')
      return { headers: new Headers({ [SIGNATURE]: `t=${seconds},v1=${signature}` }), bytes }
    },

    readNotice: ({ headers, bytes, at }) => {
      const match = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(headers.get(SIGNATURE) ?? '')
      const seconds = Number(match?.[1])
      const given = Buffer.from(match?.[2] ?? '', 'hex')
      if (match === null || !timingSafeEqual(given, signatureOf(seconds, bytes)))
        return { kind: 'signature_refused' }
      if (Math.abs(at - seconds * 1_000) > TOLERANCE_MS) return { kind: 'signature_refused' }
      return readNotice(bytes)
    },
  }
}

const isoTime = (at: Instant): string => new Date(at).toISOString()

/** A slip's number as stores print it: fifteen digits. */
const slipNoOf = (paymentId: string): string =>
  String(sha256(`slip ${paymentId}`).readUIntBE(0, 6)).padStart(15, '0')

const ids = { noticeId: z.string().min(1).max(100), paymentId: z.string().min(1).max(100) }
const noticeJson = z.discriminatedUnion('kind', [
  z.strictObject({ ...ids, kind: z.literal('succeeded'), paidAt: z.string() }),
  z.strictObject({ ...ids, kind: z.enum(['declined', 'expired']) }),
])

function readNotice(bytes: Uint8Array): NoticeReading {
  const json = readStrictJson(bytes)
  const parsed = noticeJson.safeParse(json.kind === 'read' ? json.value : undefined)
  if (!parsed.success) return { kind: 'notice_malformed' }
  const notice = parsed.data
  if (notice.kind !== 'succeeded') return { kind: 'read', notice }
  const paidAt = parseInstant(notice.paidAt)
  return paidAt === null
    ? { kind: 'notice_malformed' }
    : { kind: 'read', notice: { ...notice, paidAt } }
}
