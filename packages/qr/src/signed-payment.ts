import { type Yen, assert, yen } from '@minnaken/domain'
import type { CryptoKey } from 'jose'
import { type Base45Fault, decodeBase45, encodeBase45 } from './base45.ts'
import { challengeOf } from './challenge.ts'
import { type PaymentCode, PAYLOAD_BYTES, fieldsOf, payloadOf } from './payment-code.ts'
import { SIGNATURE_BYTES, isSignedBy, signPayload } from './signature.ts'

/*
 * The bytes of a payment that a payer signs after scanning a shop: those of a payment code, then
 *
 *   37     shop number, 4 bytes, the highest first
 *   41     amount in yen, 8 bytes, the highest first
 *   49     signature over the fixed header and the 49 bytes before, 64 bytes
 *
 * It is sent and never drawn. A payment code has another length, so neither passes for the other.
 */
const SHOP_NO_AT = PAYLOAD_BYTES
const AMOUNT_AT = SHOP_NO_AT + 4
const SIGNED_BYTES = AMOUNT_AT + 8
const AMOUNT_MAX = 9_999_999_999n
/** 113 bytes in Base45. */
export const SIGNED_PAYMENT_CHARACTERS = 170

/** What a payer agrees to: this much, to this shop, from this phone, once. */
export type Payment = PaymentCode & Readonly<{ shopNo: string; amount: Yen }>

export type DecodedPayment = Payment &
  Readonly<{ kind: 'payment'; payload: Uint8Array; signature: Uint8Array }>

export type PaymentRefusal = Readonly<{
  kind: 'refused'
  rule: Base45Fault['rule'] | 'version' | 'shop_no' | 'amount'
  at: number
}>

/** Signs a payment with the phone's own key and gives the text that is sent. */
export async function signPayment({
  key,
  ...payment
}: Payment & Readonly<{ key: CryptoKey }>): Promise<string> {
  const payload = paymentPayloadOf(payment)
  const bytes = new Uint8Array(SIGNED_BYTES + SIGNATURE_BYTES)
  bytes.set(payload)
  bytes.set(await signPayload(payload, key), SIGNED_BYTES)
  return encodeBase45(bytes)
}

/**
 * Reads the text of a signed payment, exactly as a phone writes it. Never throws; says nothing
 * about the signature, nor about anything that time can change.
 */
export function decodePayment(text: string): DecodedPayment | PaymentRefusal {
  if (text.length !== SIGNED_PAYMENT_CHARACTERS)
    return { kind: 'refused', rule: 'length', at: Math.min(text.length, SIGNED_PAYMENT_CHARACTERS) }
  const decoding = decodeBase45(text)
  if (decoding.kind === 'refused') return decoding
  const { bytes } = decoding
  const code = fieldsOf(bytes)
  if (code === null) return { kind: 'refused', rule: 'version', at: 0 }
  const view = new DataView(bytes.buffer)
  const shopNo = view.getUint32(SHOP_NO_AT)
  if (shopNo > 999_999) return { kind: 'refused', rule: 'shop_no', at: SHOP_NO_AT }
  const amount = view.getBigUint64(AMOUNT_AT)
  if (amount < 1n || amount > AMOUNT_MAX) return { kind: 'refused', rule: 'amount', at: AMOUNT_AT }
  return {
    kind: 'payment',
    ...code,
    shopNo: String(shopNo).padStart(6, '0'),
    amount: yen(Number(amount)),
    payload: bytes.subarray(0, SIGNED_BYTES),
    signature: bytes.subarray(SIGNED_BYTES),
  }
}

/** Whether this key signed this payment: phone, moment, nonce, shop and amount. */
export const verifyPayment = (payment: DecodedPayment, publicKey: CryptoKey): Promise<boolean> =>
  isSignedBy(publicKey, payment)

/**
 * What the payer's passkey signs to confirm a payment above the limit: 32 bytes that stand for
 * this phone, moment, nonce, shop and amount and no other. A nonce pays once, so the confirmation
 * counts once; it lives as long as the payment.
 */
export function confirmationChallenge({
  payload,
}: Pick<DecodedPayment, 'payload'>): Promise<Uint8Array<ArrayBuffer>> {
  assert(payload.length === SIGNED_BYTES, 'what is confirmed is a whole payment')
  return challengeOf('minnaken: the payer confirms this payment', payload)
}

function paymentPayloadOf({ shopNo, amount, ...code }: Payment): Uint8Array {
  assert(/^\d{6}$/.test(shopNo), 'a shop number has six digits')
  assert(amount > 0 && BigInt(amount) <= AMOUNT_MAX, 'a payment moves ¥1 to ¥9,999,999,999')
  const payload = new Uint8Array(SIGNED_BYTES)
  payload.set(payloadOf(code))
  const view = new DataView(payload.buffer)
  view.setUint32(SHOP_NO_AT, Number(shopNo))
  view.setBigUint64(AMOUNT_AT, BigInt(amount))
  return payload
}
