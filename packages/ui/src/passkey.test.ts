import { expect, test } from 'vitest'
import { assertionJson, registrationJson } from './passkey.ts'

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
