import { confirmationChallenge, decodePayment, signPayment } from '@minnaken/qr'
import type { payBody, payReply } from '@minnaken/redemption/contract'
import {
  type Body,
  call,
  confirmWithPasskey,
  type Device,
  type Failure,
  isPassing,
  newNonce,
  type NoPasskeys,
  type NotProved,
  type Problem,
  type Reply,
  saysNothing,
  serverNow,
} from '@minnaken/ui'
import { yen } from '@minnaken/domain'
import { hexOf } from './code-time.ts'
import { forgetPending, keepPending, type PendingPayment } from './pending-payment.ts'

type PaymentReply = Reply<typeof payReply>

export type Sent =
  | Readonly<{ kind: 'paid'; payment: PaymentReply }>
  /** Nothing was taken, and nothing will be. */
  | Readonly<{ kind: 'refused'; problem: Problem }>
  | Readonly<{ kind: 'offline' }>
  /** Kept, and asked about until it is known. */
  | Readonly<{ kind: 'outcome_unknown' }>

export type Signed = Readonly<{ kind: 'signed'; pending: PendingPayment }> | NotProved | NoPasskeys

/**
 * Signs what the payer agreed to: this shop, this amount, now, once. Above the limit the payer
 * confirms by fingerprint, face or PIN, and the passkey signs the same payment.
 */
export async function signAgreed(
  device: Device,
  agreed: Readonly<{
    shopNo: string
    shopName: string
    amountYen: number
    confirmationNeeded: boolean
  }>,
): Promise<Signed> {
  const { shopNo, shopName, amountYen, confirmationNeeded } = agreed
  const nonce = newNonce()
  const payment = await signPayment({
    key: device.key,
    deviceId: device.deviceId,
    issuedAt: Math.floor(serverNow() / 1_000),
    nonce,
    shopNo,
    amount: yen(amountYen),
  })
  const pending = { payment, nonce: hexOf(nonce), shopNo, shopName, amountYen }
  if (!confirmationNeeded) return { kind: 'signed', pending }
  const challenge = await challengeOf(payment)
  const proof = await confirmWithPasskey({ challenge, timeoutMs: 50_000 })
  return proof.kind === 'proved'
    ? { kind: 'signed', pending: { ...pending, confirmation: proof.response } }
    : proof
}

function challengeOf(text: string): Promise<Uint8Array> {
  const payment = decodePayment(text)
  if (payment.kind === 'refused') throw new Error('what was just signed can be read')
  return confirmationChallenge(payment)
}

/**
 * Sends a signed payment. It is kept first, so that its outcome can be found after a reload too,
 * and one that was taken until that was seen. Where nothing was taken there is nothing to find.
 */
export async function sendPayment(pending: PendingPayment): Promise<Sent> {
  keepPending(pending)
  const sent = await askForOutcome(pending)
  if (saysNothing(sent)) return { kind: 'outcome_unknown' }
  if (sent.kind === 'refused' || sent.kind === 'offline') forgetPending(pending)
  return sent
}

/** What is known of a payment that was sent before. */
export type Resolved =
  | Extract<Sent, Readonly<{ kind: 'paid' | 'refused' | 'outcome_unknown' }>>
  /** The service asks who it is before it says anything. */
  | Readonly<{ kind: 'sign_in_needed' }>

/**
 * Asks about a payment that was sent before. By the same signed text, so that it is never a second
 * payment: as long as it is not known, neither a lost connection nor a busy service is an answer.
 * It stays kept, for the next visit, until the answer was seen.
 */
export async function resolvePayment(
  pending: PendingPayment,
  signal: AbortSignal,
): Promise<Resolved> {
  const sent = await askForOutcome(pending, signal)
  if (sent.kind === 'offline') return { kind: 'outcome_unknown' }
  if (sent.kind !== 'refused' || !isPassing(sent.problem)) return sent
  return { kind: sent.problem.code === 'sign_in_needed' ? 'sign_in_needed' : 'outcome_unknown' }
}

async function askForOutcome(pending: PendingPayment, signal?: AbortSignal): Promise<Sent> {
  const { payment, confirmation } = pending
  const body: Body<typeof payBody> = {
    payment,
    ...(confirmation === undefined ? {} : { confirmation: { ...confirmation } }),
  }
  const answer = await call<PaymentReply>({
    method: 'POST',
    path: '/v1/payments',
    body,
    isRepeatable: true,
    ...(signal === undefined ? {} : { signal }),
  })
  return answer.kind === 'answered' ? { kind: 'paid', payment: answer.value } : sentOf(answer)
}

const sentOf = (failure: Failure): Sent => failure
