import { assert } from '@minnaken/domain'
import type { CryptoKey } from 'jose'
import { type Base45Fault, decodeBase45, encodeBase45 } from './base45.ts'
import { SIGNATURE_BYTES, isSignedBy, signPayload } from './signature.ts'
import { bytesOfUuid, uuidAt } from './uuid.ts'

/*
 * The bytes of a payment code (152 characters of Base45, QR version 6 at level M):
 *
 *   0      version, 1
 *   1      device id, the 16 bytes of its UUID
 *   17     issued at, seconds since 1970 in server time, 4 bytes, the highest first
 *   21     nonce, 16 bytes
 *   37     signature over the fixed header and the 37 bytes before, 64 bytes
 */
const VERSION = 1
const DEVICE_ID_AT = 1
const ISSUED_AT = 17
const NONCE_AT = 21
export const PAYLOAD_BYTES = 37
const NONCE_BYTES = 16
const SECONDS_MAX = 0xffff_ffff
export const PAYMENT_CODE_CHARACTERS = 152

/** Whole seconds since 1970-01-01T00:00Z. An `Instant` has milliseconds: a thousand of them are one. */
export type EpochSeconds = number

/** What a phone says when it shows a payment code: which phone, when, and which code of its codes. */
export type PaymentCode = Readonly<{
  /** A UUID in lower case. */
  deviceId: string
  /** In server time: the phone's clock plus the difference it learned from the service. */
  issuedAt: EpochSeconds
  /** 16 random bytes, never used again by this phone. */
  nonce: Uint8Array
}>

/** A code that has the form of one. Whether the phone signed it, `verifyPaymentCode` says. */
export type DecodedPaymentCode = PaymentCode &
  Readonly<{ kind: 'payment_code'; payload: Uint8Array; signature: Uint8Array }>

/** Why text is no payment code; `version`: one of a kind that this program does not know. */
export type PaymentCodeRefusal = Readonly<{
  kind: 'refused'
  rule: Base45Fault['rule'] | 'version'
  at: number
}>

/** Makes the text of a code that a phone shows, signed with the phone's own key. */
export async function signPaymentCode({
  key,
  ...code
}: PaymentCode & Readonly<{ key: CryptoKey }>): Promise<string> {
  const payload = payloadOf(code)
  const bytes = new Uint8Array(PAYLOAD_BYTES + SIGNATURE_BYTES)
  bytes.set(payload)
  bytes.set(await signPayload(payload, key), PAYLOAD_BYTES)
  return encodeBase45(bytes)
}

/**
 * Reads the text of a payment code, exactly as a phone writes it: nothing is trimmed, no letter
 * is raised, and no other text means the same code. Never throws; says nothing about the
 * signature, nor about anything that time can change.
 */
export function decodePaymentCode(text: string): DecodedPaymentCode | PaymentCodeRefusal {
  if (text.length !== PAYMENT_CODE_CHARACTERS)
    return { kind: 'refused', rule: 'length', at: Math.min(text.length, PAYMENT_CODE_CHARACTERS) }
  const decoding = decodeBase45(text)
  if (decoding.kind === 'refused') return decoding
  const { bytes } = decoding
  const code = fieldsOf(bytes)
  if (code === null) return { kind: 'refused', rule: 'version', at: 0 }
  return {
    kind: 'payment_code',
    ...code,
    payload: bytes.subarray(0, PAYLOAD_BYTES),
    signature: bytes.subarray(PAYLOAD_BYTES),
  }
}

/**
 * Whether this key signed this code.
 *
 * An ES256 signature has a mirror image that is valid too. It signs the same phone and nonce,
 * so it is the same code, spent once: a code is known by those, never by its signature.
 */
export const verifyPaymentCode = (
  code: DecodedPaymentCode,
  publicKey: CryptoKey,
): Promise<boolean> => isSignedBy(publicKey, code)

/** What the first bytes say; null when they are of a version that this program does not know. */
export const fieldsOf = (bytes: Uint8Array<ArrayBuffer>): PaymentCode | null =>
  bytes[0] === VERSION
    ? {
        deviceId: uuidAt(bytes, DEVICE_ID_AT),
        issuedAt: new DataView(bytes.buffer).getUint32(ISSUED_AT),
        nonce: bytes.subarray(NONCE_AT, PAYLOAD_BYTES),
      }
    : null

/** The bytes of a code, without its signature. */
export function payloadOf({ deviceId, issuedAt, nonce }: PaymentCode): Uint8Array {
  assert(
    Number.isInteger(issuedAt) && issuedAt >= 0 && issuedAt <= SECONDS_MAX,
    'a code is issued at a whole second that fits 4 bytes',
  )
  assert(nonce.length === NONCE_BYTES, 'a nonce has 16 bytes')
  const payload = new Uint8Array(PAYLOAD_BYTES)
  payload[0] = VERSION
  payload.set(bytesOfUuid(deviceId), DEVICE_ID_AT)
  new DataView(payload.buffer).setUint32(ISSUED_AT, issuedAt)
  payload.set(nonce, NONCE_AT)
  return payload
}
