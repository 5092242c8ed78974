import { assert } from '@minnaken/domain'
import type { CryptoKey } from 'jose'
import { challengeOf } from './challenge.ts'

/** The public half of a phone's key, as the phone registers it: these four members and no other. */
export type DeviceKeyJwk = Readonly<{ kty: 'EC'; crv: 'P-256'; x: string; y: string }>

const members = new Set(['kty', 'crv', 'x', 'y'])

/** 32 bytes as base64url without padding; the last character carries no stray bits. */
const coordinate = /^[\w-]{42}[AEIMQUYcgkosw048]$/

/**
 * Makes a key to check codes with from what a phone registered.
 *
 * Null when it is not a P-256 public key in its one form: a private key, another curve, a point
 * that is not on the curve, an unknown member, a coordinate written in another way.
 */
export async function importDeviceKey(jwk: unknown): Promise<CryptoKey | null> {
  if (!isDeviceKeyJwk(jwk)) return null
  const { kty, crv, x, y } = jwk
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
  try {
    return await crypto.subtle.importKey('jwk', { kty, crv, x, y }, algorithm, false, ['verify'])
  } catch (error) {
    if (error instanceof Error && error.name === 'DataError') return null
    throw error
  }
}

function isDeviceKeyJwk(jwk: unknown): jwk is DeviceKeyJwk {
  if (typeof jwk !== 'object' || jwk === null) return false
  if (Object.keys(jwk).some((name) => !members.has(name))) return false
  const { kty, crv, x, y } = jwk as Record<string, unknown>
  return kty === 'EC' && crv === 'P-256' && isCoordinate(x) && isCoordinate(y)
}

const isCoordinate = (value: unknown): value is string =>
  typeof value === 'string' && coordinate.test(value)

/**
 * What the owner's passkey signs to add a phone: 32 bytes that stand for this phone's key and no
 * other. A key is one phone, so the answer adds it once, however often it is sent.
 */
export function deviceChallenge({
  x,
  y,
}: Readonly<{ x: string; y: string }>): Promise<Uint8Array<ArrayBuffer>> {
  assert(isCoordinate(x) && isCoordinate(y), 'what is confirmed is a whole key')
  return challengeOf('minnaken: the owner adds this phone', new TextEncoder().encode(x + y))
}
