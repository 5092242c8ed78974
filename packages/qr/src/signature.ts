import { assert } from '@minnaken/domain'
import { type CryptoKey, CompactSign, base64url, compactVerify, errors } from 'jose'

/** The same for every code, and so never part of one: no code can choose how it is checked. */
const protectedHeader = { alg: 'ES256', typ: 'pay+jws' } as const
const HEADER_AND_DOT = `${base64url.encode(JSON.stringify(protectedHeader))}.`
const pinned = { algorithms: [protectedHeader.alg] }

/** ES256 in the form of JOSE: r and s, 32 bytes each. */
export const SIGNATURE_BYTES = 64

/** Signs a payload as a JWS with the fixed header, and gives the signature alone. */
export async function signPayload(payload: Uint8Array, key: CryptoKey): Promise<Uint8Array> {
  const jws = await new CompactSign(payload).setProtectedHeader(protectedHeader).sign(key)
  assert(jws.startsWith(HEADER_AND_DOT), 'the signature is over the fixed header')
  const signature = base64url.decode(jws.slice(jws.lastIndexOf('.') + 1))
  assert(signature.length === SIGNATURE_BYTES, 'an ES256 signature has 64 bytes')
  return signature
}

/** Whether this key signed this payload under the fixed header. A wrong signature is false, not thrown. */
export async function isSignedBy(
  key: CryptoKey,
  { payload, signature }: Readonly<{ payload: Uint8Array; signature: Uint8Array }>,
): Promise<boolean> {
  const jws = `${HEADER_AND_DOT}${base64url.encode(payload)}.${base64url.encode(signature)}`
  try {
    await compactVerify(jws, key, pinned)
    return true
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed) return false
    throw error
  }
}
