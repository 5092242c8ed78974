import { describe, expect, test } from 'vitest'
import { challengeOf } from './challenge.ts'
import { deviceChallenge, importDeviceKey } from './device-key.ts'

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
const jwkOf = async (namedCurve: string, half: 'publicKey' | 'privateKey') => {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve }, true, [
    'sign',
    'verify',
  ])
  const { kty, crv, x = '', y = '', d } = await crypto.subtle.exportKey('jwk', pair[half])
  return { kty, crv, x, y, ...(d === undefined ? {} : { d }) }
}
const good = await jwkOf('P-256', 'publicKey')
const privateKey = await jwkOf('P-256', 'privateKey')
const p384 = await jwkOf('P-384', 'publicKey')
const p521 = await jwkOf('P-521', 'publicKey')
const zeros = 'A'.repeat(43)

describe('a phone’s key', () => {
  test('is taken as P-256 public key, to check with and not to be exported', async () => {
    const key = await importDeviceKey(good)
    expect(key).toMatchObject({ type: 'public', extractable: false, algorithm, usages: ['verify'] })
  })

  test('is the same whatever the order of its members', async () => {
    const { kty, crv, x, y } = good
    expect(await importDeviceKey({ y, x, crv, kty })).not.toBeNull()
  })

  test.for<[string, unknown]>([
    ['a private key', privateKey],
    ['P-384', p384],
    ['P-384 that says it is P-256', { ...p384, crv: 'P-256' }],
    ['P-521', p521],
    ['Ed25519', { kty: 'OKP', crv: 'Ed25519', x: good.x }],
    ['secp256k1', { ...good, crv: 'secp256k1' }],
    ['a shared secret', { kty: 'oct', k: good.x }],
    ['a shared secret beside the key', { ...good, k: good.x }],
    ['an RSA key type', { ...good, kty: 'RSA' }],
    ['another algorithm beside the key', { ...good, alg: 'HS256' }],
    ['a key id', { ...good, kid: '../../dev/null' }],
    ['a certificate address', { ...good, x5u: 'https://example.invalid/' }],
    ['key_ops', { ...good, key_ops: ['sign'] }],
    ['a missing coordinate', { kty: 'EC', crv: 'P-256', x: good.x }],
    ['a coordinate that is no text', { ...good, y: 1 }],
    ['a coordinate with padding', { ...good, x: `${good.x}=` }],
    ['a coordinate that is too short', { ...good, x: good.x.slice(0, 42) }],
    ['a coordinate with a line feed', { ...good, x: `${good.x}\n` }],
    ['a coordinate with stray bits at its end', { ...good, x: `${good.x.slice(0, 42)}B` }],
    ['Base64 that is not base64url', { ...good, x: `+${good.x.slice(1)}` }],
    ['a point that is not on the curve', { ...good, y: good.x }],
    ['the point 0, 0', { ...good, x: zeros, y: zeros }],
    ['a list', [good]],
    ['an empty object', {}],
    ['text', JSON.stringify(good)],
    ['null', null],
    ['nothing', undefined],
  ])('is refused as %s', async ([, jwk]) => {
    expect(await importDeviceKey(jwk)).toBeNull()
  })
})

describe('what a passkey signs to add a phone', () => {
  test('is another for another key, and for another purpose', async () => {
    const { x, y } = good
    const other = await jwkOf('P-256', 'publicKey')
    const bytes = new TextEncoder().encode(x + y)
    const challenges = await Promise.all([
      deviceChallenge({ x, y }),
      deviceChallenge(other),
      deviceChallenge({ x: y, y: x }),
      deviceChallenge({ x, y: other.y }),
      deviceChallenge({ x: other.x, y }),
      challengeOf('minnaken: the payer confirms this payment', bytes),
    ])
    const inHex = challenges.map((it) => Buffer.from(it).toString('hex'))
    expect(new Set(inHex).size).toBe(challenges.length)
    expect(inHex[0]).toHaveLength(64)
  })
})
