import { createHash, createPrivateKey, sign, type KeyObject } from 'node:crypto'
import { expect, test } from 'vitest'
import { creationOptions } from './ceremony.ts'
import { proveRegistration } from './proof.ts'
import { softwareAuthenticator } from './software-authenticator.ts'

const at = { origin: 'http://localhost:8787', rpId: 'localhost' }
const bytes = new Uint8Array(32).fill(5)
const options = await creationOptions({
  challenge: bytes,
  accountId: '01941f29-7c00-7000-8000-000000000001',
  role: 'resident',
  origin: at,
  at: Date.parse('2027-02-01T10:00:00+09:00'),
})
const phone = softwareAuthenticator()
const created = phone.create(options, at.origin)
const client = Buffer.from(created.response.clientDataJSON, 'base64url')
const none = Buffer.from(created.response.attestationObject, 'base64url')
const authData = none.subarray(none.length - 164)
const attested = Buffer.concat([authData, createHash('sha256').update(client).digest()])

const prove = (cbor: Buffer) =>
  proveRegistration({
    json: {
      ...created,
      response: { ...created.response, attestationObject: cbor.toString('base64url') },
    },
    challenge: Buffer.from(bytes).toString('base64url'),
    at,
  })

const hex = (text: string): Buffer => Buffer.from(text, 'hex')
const text = (value: string): Buffer =>
  Buffer.concat([Buffer.from([0x60 + value.length]), Buffer.from(value)])
const byteString = (value: Buffer): Buffer =>
  Buffer.concat([Buffer.from([0x58, value.length]), value])

const uint16 = (value: number): Buffer => Buffer.from([value >> 8, value & 0xff])

/** CBOR of { fmt, attStmt, authData }. */
const attestation = (format: string, statement: Buffer): Buffer =>
  Buffer.concat([
    hex('a3'),
    text('fmt'),
    text(format),
    text('attStmt'),
    statement,
    text('authData'),
    byteString(authData),
  ])

/** CBOR of { alg: ES256, sig, x5c? }, signed with `key`. */
const packed = (key: KeyObject, signed: Buffer, certificate?: Buffer): Buffer =>
  Buffer.concat([
    hex(certificate === undefined ? 'a2' : 'a3'),
    text('alg'),
    hex('26'),
    text('sig'),
    byteString(sign('sha256', signed, key)),
    ...(certificate === undefined ? [] : [text('x5c'), hex('8159'), uint16(certificate.length)]),
    certificate ?? Buffer.alloc(0),
  ])

const ownKey = createPrivateKey({
  key: phone.state().passkeys[0]?.privateKey ?? {},
  format: 'jwk',
})

// A maker of authenticators that does not exist, valid from 2020 to 2099.
const makersKey = createPrivateKey({
  format: 'jwk',
  key: {
    kty: 'EC',
    crv: 'P-256',
    x: 'aYqcPiRnBM3F--z68CP1jn_O5zRHzt0FIIvmdvKQxkw',
    y: '1YpcgNE2eS7pZXn7iguRSKtdjToXcLzUOCNvaZsqgTg',
    d: 'ebgBly6Fi0c1Iw1p20fcGy6VcFj3c8DdwIfgLsAS60o',
  },
})
const makersCertificate = Buffer.from(
  'MIIBrjCCAVWgAwIBAgIBATAKBggqhkjOPQQDAjBXMQswCQYDVQQGEwJKUDERMA8GA1UEChMISW52ZW50ZWQxIjAgBgNV' +
    'BAsTGUF1dGhlbnRpY2F0b3IgQXR0ZXN0YXRpb24xETAPBgNVBAMTCEludmVudGVkMCAXDTIwMDEwMTAwMDAwMFoYDzIw' +
    'OTkwMTAxMDAwMDAwWjBXMQswCQYDVQQGEwJKUDERMA8GA1UEChMISW52ZW50ZWQxIjAgBgNVBAsTGUF1dGhlbnRpY2F0' +
    'b3IgQXR0ZXN0YXRpb24xETAPBgNVBAMTCEludmVudGVkMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaYqcPiRnBM3F' +
    '++z68CP1jn/O5zRHzt0FIIvmdvKQxkzVilyA0TZ5LullefuKC5FIq12NOhdwvNQ4I29pmyqBOKMQMA4wDAYDVR0TAQH/' +
    'BAIwADAKBggqhkjOPQQDAgNHADBEAiBMzzv0SWzA8k+3Jlm+VqeqW941gSuReO+YdwWqE781ZgIgIXPrCNoSkxC0QxIY' +
    '4ppjx1BGSuxRWfRzzuGz0ykHlwA=',
  'base64',
)

const refused = { kind: 'passkey_refused' }

test('a passkey without an attestation is taken', async () => {
  expect(await prove(attestation('none', hex('a0')))).toMatchObject({ kind: 'proved' })
})

test('a passkey that attests itself is taken, if it signed itself', async () => {
  expect(await prove(attestation('packed', packed(ownKey, attested)))).toMatchObject({
    kind: 'proved',
  })
  expect(await prove(attestation('packed', packed(ownKey, Buffer.alloc(9))))).toEqual(refused)
  expect(await prove(attestation('packed', packed(makersKey, attested)))).toEqual(refused)
})

test("a maker's certificate is refused unread, for we asked for none", async () => {
  const signed = packed(makersKey, attested, makersCertificate)
  expect(await prove(attestation('packed', signed))).toEqual(refused)
})

test.each(['fido-u2f', 'android-safetynet', 'android-key', 'tpm', 'apple', 'other', ''])(
  'an attestation of format %j is refused',
  async (format) => {
    expect(await prove(attestation(format, hex('a0')))).toEqual(refused)
  },
)
