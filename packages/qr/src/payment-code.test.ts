import * as fc from 'fast-check'
import { compactVerify } from 'jose'
import { describe, expect, test } from 'vitest'
import { decodeBase45 } from './base45.ts'
import { importDeviceKey } from './device-key.ts'
import type { DecodedPaymentCode, PaymentCode } from './payment-code.ts'
import { decodePaymentCode, signPaymentCode, verifyPaymentCode } from './payment-code.ts'

const makePair = () =>
  crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
const [phone, otherPhone] = await Promise.all([makePair(), makePair()])

const code: PaymentCode = {
  deviceId: '01940000-abcd-7000-8000-0123456789ab',
  issuedAt: 0x6dcb_a987,
  nonce: Uint8Array.from({ length: 16 }, (_, at) => 0xf0 + at),
}
const sign = (changes: Partial<PaymentCode> = {}) =>
  signPaymentCode({ key: phone.privateKey, ...code, ...changes })

function decoded(text: string): DecodedPaymentCode {
  const result = decodePaymentCode(text)
  if (result.kind === 'refused') throw new Error(`refused: ${result.rule} at ${result.at}`)
  return result
}
const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const anyCode = fc.record({
  deviceId: fc.uuid(),
  issuedAt: fc.integer({ min: 0, max: 0xffff_ffff }),
  nonce: fc.uint8Array({ minLength: 16, maxLength: 16 }),
})

/** Made once by an invented phone whose private key is gone. */
const knownKey = {
  kty: 'EC',
  crv: 'P-256',
  x: 'lyE2ZS4VRI7I6LPdMV9_bJf3Zt5fn18tI0_vVCaRMCo',
  y: 'EzCkYOJ4bpy1efAmRr0VoWr78J57yXxEDyaWPZ7vdxc',
}
const knownCode =
  'W50/VI 30W/P%20100TK404DAULRXPF8HIQU$$UB4VUFV4RVN%V.4WYDWA/P*XP$S2D4TRISSQ7H' +
  'MLK:22B5:J8KPPCZT.MHLA460QXESV:P2/BY-60 080A$Q81EK.WH*E59GMDNKTBA/ 52H1EI6:2'

describe('a payment code', () => {
  test('is 152 characters that hold 101 bytes, laid out as the rules say', async () => {
    const text = await sign()
    expect(text).toMatch(/^[0-9A-Z $%*+\-./:]{152}$/)
    const decoding = decodeBase45(text)
    const bytes = decoding.kind === 'decoded' ? decoding.bytes : new Uint8Array()
    expect(bytes.length).toBe(101)
    expect([
      hexOf(bytes.subarray(0, 1)),
      hexOf(bytes.subarray(1, 17)),
      hexOf(bytes.subarray(17, 21)),
      hexOf(bytes.subarray(21, 37)),
    ]).toEqual([
      '01',
      '01940000abcd700080000123456789ab',
      '6dcba987',
      'f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff',
    ])
  })

  test('is a JWS with the fixed header, as any JOSE library reads it', async () => {
    const { payload, signature } = decoded(await sign())
    const header = base64url(new TextEncoder().encode('{"alg":"ES256","typ":"pay+jws"}'))
    const jws = `${header}.${base64url(payload)}.${base64url(signature)}`
    const verified = await compactVerify(jws, phone.publicKey, { algorithms: ['ES256'] })
    expect(verified.protectedHeader).toEqual({ alg: 'ES256', typ: 'pay+jws' })
    expect(hexOf(verified.payload)).toBe(hexOf(payload))
  })

  test('says again what the phone signed, and the phone’s key accepts it', async () => {
    await fc.assert(
      fc.asyncProperty(anyCode, async (any) => {
        const read = decoded(await sign(any))
        const { deviceId, issuedAt, nonce } = read
        expect({ deviceId, issuedAt, nonce }).toEqual(any)
        expect(await verifyPaymentCode(read, phone.publicKey)).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  test('is accepted by no other phone’s key', async () => {
    expect(await verifyPaymentCode(decoded(await sign()), otherPhone.publicKey)).toBe(false)
  })

  test('of the past is still read: this form does not change', async () => {
    const read = decoded(knownCode)
    expect(read.deviceId).toBe(code.deviceId)
    expect(read.issuedAt).toBe(code.issuedAt)
    expect(read.nonce).toEqual(code.nonce)
    const key = await importDeviceKey(knownKey)
    expect(key && (await verifyPaymentCode(read, key))).toBe(true)
  })

  test.for<[string, Partial<PaymentCode>]>([
    ['an id in capitals', { deviceId: code.deviceId.toUpperCase() }],
    ['an id that is no UUID', { deviceId: 'phone-1' }],
    ['a moment in milliseconds', { issuedAt: Date.parse('2027-03-10T12:00:00+09:00') }],
    ['half a second', { issuedAt: 1.5 }],
    ['a moment before 1970', { issuedAt: -1 }],
    ['a short nonce', { nonce: new Uint8Array(15) }],
    ['a long nonce', { nonce: new Uint8Array(17) }],
  ])('is not made of %s', async ([, changes]) => {
    await expect(sign(changes)).rejects.toThrow('broken invariant')
  })
})
