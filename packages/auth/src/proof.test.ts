import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { creationOptions, requestOptions } from './ceremony.ts'
import { proveAssertion, proveRegistration, type KnownPasskey } from './proof.ts'
import { softwareAuthenticator } from './software-authenticator.ts'

const at = { origin: 'http://localhost:8787', rpId: 'localhost' }
const bytes = new Uint8Array(32).fill(5)
const challenge = Buffer.from(bytes).toString('base64url')
const accountId = '01941f29-7c00-7000-8000-000000000001'

const phone = softwareAuthenticator()
const creating = await creationOptions({
  challenge: bytes,
  accountId,
  role: 'resident',
  origin: at,
  at: Date.parse('2027-02-01T10:00:00+09:00'),
})
const created = phone.create(creating, at.origin)
const registered = await proveRegistration({ json: created, challenge, at })
if (registered.kind !== 'proved') throw new Error('the passkey is good')
const passkey: KnownPasskey = { ...registered, userHandle: creating.user.id }
const signed = phone.get(await requestOptions({ challenge: bytes, origin: at }), at.origin)

const assert = (response: object, of: KnownPasskey | undefined = passkey) =>
  proveAssertion({ json: { ...signed, response }, challenge, at, passkey: of })
const register = (response: object) =>
  proveRegistration({ json: { ...created, response }, challenge, at })

test('an untouched answer proves the passkey', async () => {
  expect(await assert(signed.response)).toEqual({ kind: 'proved', counter: 0, backedUp: true })
})

test('an untouched answer of an unknown passkey proves nothing', async () => {
  expect(await proveAssertion({ json: signed, challenge, at, passkey: undefined })).toEqual({
    kind: 'passkey_refused',
  })
})

test('an answer proves no other passkey than the one it names', async () => {
  const id = Buffer.alloc(32).toString('base64url')
  const json = { ...signed, id, rawId: id }
  expect(await proveAssertion({ json, challenge, at, passkey })).toEqual({
    kind: 'passkey_refused',
  })
})

test('a good signature in another form than DER is refused', async () => {
  const other = Buffer.from(signed.response.signature, 'base64url')
  other[0] = 0xa0
  const signature = other.toString('base64url')
  expect(await assert({ ...signed.response, signature })).toEqual({ kind: 'passkey_refused' })
})

test('a new passkey is registered under no other id than its own', async () => {
  const id = Buffer.alloc(32).toString('base64url')
  const json = { ...created, id, rawId: id }
  expect(await proveRegistration({ json, challenge, at })).toEqual({ kind: 'passkey_refused' })
})

/** The same text with one bit of its bytes turned over. */
function flipped(text: string, place: number): string {
  const turned = Buffer.from(text, 'base64url')
  const bit = Math.floor(place * turned.length * 8)
  turned.writeUInt8(turned.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
  return turned.toString('base64url')
}

const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
const signedParts = ['authenticatorData', 'clientDataJSON', 'signature'] as const

test('one turned bit anywhere in a signed answer is refused', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...signedParts), place, async (part, where) => {
      const response = { ...signed.response, [part]: flipped(signed.response[part], where) }
      expect(await assert(response)).toEqual({ kind: 'passkey_refused' })
    }),
    { numRuns: 3000 },
  )
})

/** The same text with a stretch of its bytes replaced by others. */
const spliced = (text: string, where: number, removed: number, added: Uint8Array): string => {
  const whole = Buffer.from(text, 'base64url')
  const start = Math.floor(where * whole.length)
  return Buffer.concat([whole.subarray(0, start), added, whole.subarray(start + removed)]).toString(
    'base64url',
  )
}

const splice = fc.tuple(place, fc.nat(40), fc.uint8Array({ maxLength: 40 }))

test('a signed answer with bytes cut out or put in is refused', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...signedParts), splice, async (part, cut) => {
      const changed = spliced(signed.response[part], ...cut)
      fc.pre(changed !== signed.response[part])
      const response = { ...signed.response, [part]: changed }
      expect(await assert(response)).toEqual({ kind: 'passkey_refused' })
    }),
    { numRuns: 2000 },
  )
})

test('a broken attestation is refused and never a fault, and names the passkey it proves', async () => {
  const parts = ['attestationObject', 'clientDataJSON'] as const
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...parts), splice, async (part, cut) => {
      const response = { ...created.response, [part]: spliced(created.response[part], ...cut) }
      const outcome = await register(response)
      expect(outcome.kind === 'passkey_refused' || outcome.credentialId === created.id).toBe(true)
    }),
    { numRuns: 3000 },
  )
})

test('what is no answer of a passkey at all is refused', async () => {
  const anything = fc.oneof(fc.jsonValue(), fc.base64String(), fc.constant(challenge))
  const answer = fc.record(
    {
      id: fc.oneof(anything, fc.constant(created.id)),
      rawId: fc.oneof(anything, fc.constant(created.id)),
      type: fc.oneof(anything, fc.constant('public-key')),
      response: fc.oneof(
        anything,
        fc.record(
          {
            clientDataJSON: fc.oneof(anything, fc.constant(signed.response.clientDataJSON)),
            attestationObject: anything,
            authenticatorData: anything,
            signature: anything,
            userHandle: fc.oneof(anything, fc.constant(creating.user.id)),
            transports: anything,
          },
          { requiredKeys: [] },
        ),
      ),
    },
    { requiredKeys: [] },
  )
  await fc.assert(
    fc.asyncProperty(fc.oneof(answer, fc.jsonValue()), async (json) => {
      const refused = { kind: 'passkey_refused' }
      expect(await proveAssertion({ json, challenge, at, passkey })).toEqual(refused)
      expect(await proveRegistration({ json, challenge, at })).toEqual(refused)
    }),
    { numRuns: 2000 },
  )
})

test.each([
  ['arrays within arrays', Buffer.alloc(40_000, 0x81)],
  ['a map that claims 2^64 entries', Buffer.from('bbffffffffffffffff', 'hex')],
  ['bytes that claim to be longer than they are', Buffer.from('5b00000000ffffffff00', 'hex')],
  ['an indefinite length', Buffer.from('bfff', 'hex')],
  ['a number', Buffer.from('01', 'hex')],
  ['a tag', Buffer.from('c101', 'hex')],
  ['nothing', Buffer.alloc(0)],
])('CBOR of %s is refused', async (_what, cbor) => {
  const attestationObject = cbor.toString('base64url')
  expect(await register({ ...created.response, attestationObject })).toEqual({
    kind: 'passkey_refused',
  })
})
