import { webcrypto, type JsonWebKey } from 'node:crypto'

/** The key with which a phone signs payment codes. */
export type DeviceKey = Readonly<{
  privateKey: webcrypto.CryptoKey
  publicKey: webcrypto.CryptoKey
  /** What the phone registers. */
  publicJwk: Readonly<{ kty: 'EC'; crv: 'P-256'; x: string; y: string }>
}>

const P256 = { name: 'ECDSA', namedCurve: 'P-256' } as const

/**
 * Makes a phone's key for payment codes: P-256, made by WebCrypto, never leaving the phone.
 *
 * With `exportable` the private key can be kept in a file, for accounts that are only tried out.
 */
export async function makeDeviceKey({ exportable = false } = {}): Promise<DeviceKey> {
  const pair = await webcrypto.subtle.generateKey(P256, exportable, ['sign', 'verify'])
  return { ...pair, publicJwk: await publicJwkOf(pair.publicKey) }
}

/** Opens a device key that was kept as a private JWK. */
export async function openDeviceKey(kept: JsonWebKey): Promise<DeviceKey> {
  const { d: _secret, key_ops: _uses, ext: _exportable, ...open } = kept
  const [privateKey, publicKey] = await Promise.all([
    webcrypto.subtle.importKey('jwk', kept, P256, true, ['sign']),
    webcrypto.subtle.importKey('jwk', open, P256, true, ['verify']),
  ])
  return { privateKey, publicKey, publicJwk: await publicJwkOf(publicKey) }
}

/** The private JWK by which an exportable key is kept. Throws for a key that was not made exportable. */
export const privateJwkOf = async ({ privateKey }: DeviceKey): Promise<JsonWebKey> => ({
  ...(await webcrypto.subtle.exportKey('jwk', privateKey)),
})

async function publicJwkOf(key: webcrypto.CryptoKey): Promise<DeviceKey['publicJwk']> {
  const { x = '', y = '' } = await webcrypto.subtle.exportKey('jwk', key)
  return { kty: 'EC', crv: 'P-256', x, y }
}
