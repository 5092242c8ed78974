import { expect, test, vi } from 'vitest'
import { assertionJson, proveWithPasskey, registrationJson } from './passkey.ts'

test('of a new passkey only what the service reads is sent', () => {
  const sent = registrationJson({
    id: 'i',
    rawId: 'i',
    type: 'public-key',
    authenticatorAttachment: 'platform',
    clientExtensionResults: { credProps: { rk: true } },
    response: {
      clientDataJSON: 'c',
      attestationObject: 'a',
      authenticatorData: 'd',
      publicKey: 'p',
      publicKeyAlgorithm: -7,
      transports: ['internal'],
    },
  })
  expect(sent).toEqual({
    id: 'i',
    rawId: 'i',
    type: 'public-key',
    response: { clientDataJSON: 'c', attestationObject: 'a', transports: ['internal'] },
  })
  expect(JSON.stringify(sent)).not.toMatch(/:-/)
})

test('of a proof only what the service reads is sent', () => {
  expect(
    assertionJson({
      id: 'i',
      rawId: 'i',
      type: 'public-key',
      clientExtensionResults: {},
      response: { clientDataJSON: 'c', authenticatorData: 'd', signature: 's', userHandle: 'u' },
    }),
  ).toEqual({
    id: 'i',
    rawId: 'i',
    type: 'public-key',
    response: { clientDataJSON: 'c', authenticatorData: 'd', signature: 's', userHandle: 'u' },
  })
})

test.each([
  ['NotAllowedError', 'not_proved'],
  ['AbortError', 'not_proved'],
  ['UnknownError', 'not_proved'],
  ['ConstraintError', 'not_proved'],
  ['OperationError', 'not_proved'],
  ['NotSupportedError', 'no_passkeys'],
  ['SecurityError', 'no_passkeys'],
])('a browser that fails with %s has an answer all the same: %s', async (name, kind) => {
  vi.stubGlobal('PublicKeyCredential', () => {})
  const get = () => Promise.reject(new DOMException('it failed', name))
  vi.stubGlobal('location', { hostname: 'localhost' })
  vi.stubGlobal('navigator', { credentials: { get } })
  try {
    expect(await proveWithPasskey({ challenge: 'AAAA', rpId: 'localhost' })).toEqual({ kind })
  } finally {
    vi.unstubAllGlobals()
  }
})
