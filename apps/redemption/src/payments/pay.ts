import { type Origin, hasConfirmed } from '@minnaken/auth'
import { type Yen } from '@minnaken/domain'
import { findWallet } from '@minnaken/ledger'
import {
  type DecodedPayment,
  confirmationChallenge,
  decodePayment,
  verifyPayment,
} from '@minnaken/qr'
import type { Deps } from '../deps.ts'
import type { FindKey } from '../redeem/code.ts'
import type { Buckets, DeskAnswer } from '../redeem/desk.ts'
import { previewRedemption } from '../redeem/preview.ts'
import type { FindPrintedShop, PrintedShop } from './shop.ts'

/** What paying at a printed code needs beside the service's own. */
export type PayDesk = Readonly<{
  buckets: Buckets
  findKey: FindKey
  findShop: FindPrintedShop
  /** Where residents' passkeys belong. */
  origin: Origin
}>

export type PayOutcome =
  | (DeskAnswer &
      Readonly<{ kind: 'answered'; shop: PrintedShop; nonce: Uint8Array; wasConfirmed: boolean }>)
  | Readonly<{ kind: 'payment_unreadable' | 'payment_not_genuine' | 'shop_unknown' | 'busy' }>

/**
 * Pays a shop that the payer scanned: shop and amount are signed by the payer's phone.
 *
 * The same decision, queue and book as at a till. As there, nothing that time can change is looked
 * at before the earlier answer was looked for: a confirmation that does not hold counts as none.
 * And whoever cannot be served is told before signature, wallet and passkey are looked at.
 */
export async function pay(
  deps: Deps,
  desk: PayDesk,
  asked: Readonly<{ accountId: string; text: string; confirmation: unknown }>,
): Promise<PayOutcome> {
  const payment = decodePayment(asked.text)
  if (payment.kind === 'refused') return { kind: 'payment_unreadable' }
  const device = await desk.findKey(payment.deviceId)
  if (device === null) return { kind: 'payment_not_genuine' }
  if (desk.buckets.refuses(device.bucket)) return { kind: 'busy' }
  const isGenuine = await desk.buckets.check(() => verifyPayment(payment, device.key))
  if (!isGenuine) return { kind: 'payment_not_genuine' }
  const place = await findWallet(deps.db, asked.accountId)
  if (place?.walletId !== device.walletId) return { kind: 'payment_not_genuine' }
  const shop = await desk.findShop(payment.shopNo)
  if (shop === null) return { kind: 'shop_unknown' }

  const confirmed = await isConfirmed(deps, desk, { ...asked, payment })
  const answer = await desk.buckets.ask(device.bucket, {
    deviceId: payment.deviceId,
    walletId: device.walletId,
    nonce: payment.nonce,
    codeIssuedAt: payment.issuedAt * 1_000,
    tillId: shop.tillId,
    amount: payment.amount,
    confirmed,
  })
  const wasConfirmed = asked.confirmation !== undefined
  return {
    kind: 'answered',
    bucket: device.bucket,
    answer,
    shop,
    nonce: payment.nonce,
    wasConfirmed,
  }
}

async function isConfirmed(
  deps: Deps,
  { origin }: PayDesk,
  {
    accountId,
    payment,
    confirmation,
  }: Readonly<{ accountId: string; payment: DecodedPayment; confirmation: unknown }>,
): Promise<boolean> {
  if (confirmation === undefined) return false
  const challenge = await confirmationChallenge(payment)
  return hasConfirmed(deps.db, { accountId, challenge, response: confirmation, at: origin })
}

export type PayPreview =
  | (DeskAnswer & Readonly<{ kind: 'answered'; shop: PrintedShop; confirmationNeeded: boolean }>)
  | Readonly<{ kind: 'device_unknown' | 'shop_unknown' | 'busy' }>

/**
 * What a payment to this shop would take, by the same decision, before anything is signed.
 *
 * Above the limit of one code it answers the split all the same, and that it has to be confirmed.
 * While payments are told to come again, so is whoever would only look.
 */
export async function previewPayment(
  deps: Deps,
  desk: PayDesk,
  asked: Readonly<{ accountId: string; deviceId: string; shopNo: string; amount: Yen }>,
): Promise<PayPreview> {
  const device = await desk.findKey(asked.deviceId)
  if (device === null) return { kind: 'device_unknown' }
  if (desk.buckets.isFull(device.bucket)) return { kind: 'busy' }
  const place = await findWallet(deps.db, asked.accountId)
  if (place?.walletId !== device.walletId) return { kind: 'device_unknown' }
  const shop = await desk.findShop(asked.shopNo)
  if (shop === null) return { kind: 'shop_unknown' }
  const { bucket } = device
  const request = {
    deviceId: asked.deviceId,
    walletId: device.walletId,
    nonce: deps.randomBytes(16),
    codeIssuedAt: deps.now(),
    tillId: shop.tillId,
    amount: asked.amount,
    confirmed: false,
  }
  const answer = await previewRedemption(deps, bucket, request)
  const confirmationNeeded =
    answer.kind === 'refused' && answer.refusal.kind === 'confirmation_needed'
  if (!confirmationNeeded) return { kind: 'answered', bucket, answer, shop, confirmationNeeded }
  const confirmed = await previewRedemption(deps, bucket, { ...request, confirmed: true })
  return { kind: 'answered', bucket, answer: confirmed, shop, confirmationNeeded }
}
