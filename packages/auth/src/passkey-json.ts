import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'

/** How a browser says that an authenticator can be reached; anything else it says is dropped. */
const transportNames = new Set(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'])

/**
 * Reads what `navigator.credentials.create()` answered, as JSON.
 *
 * Keeps only what the verification looks at: the rest is not signed, so it is not believed.
 * Null when it has another form.
 */
export function readRegistration(json: unknown): RegistrationResponseJSON | null {
  const { id, rawId, type, response } = fields(json)
  const { clientDataJSON, attestationObject, transports } = fields(response)
  if (!isBase64url(id) || id !== rawId || type !== 'public-key') return null
  if (!isBase64url(clientDataJSON) || !isBase64url(attestationObject)) return null
  return {
    id,
    rawId: id,
    type,
    clientExtensionResults: {},
    response: { clientDataJSON, attestationObject, transports: knownTransports(transports) },
  }
}

/** Reads what `navigator.credentials.get()` answered, as JSON. Null when it has another form. */
export function readAssertion(json: unknown): AuthenticationResponseJSON | null {
  const { id, rawId, type, response } = fields(json)
  const { clientDataJSON, authenticatorData, signature, userHandle } = fields(response)
  if (!isBase64url(id) || id !== rawId || type !== 'public-key') return null
  if (!isBase64url(clientDataJSON) || !isBase64url(authenticatorData)) return null
  // A passkey that is found without a name says itself whose it is.
  if (!isBase64url(signature) || !isBase64url(userHandle)) return null
  return {
    id,
    rawId: id,
    type,
    clientExtensionResults: {},
    response: { clientDataJSON, authenticatorData, signature, userHandle },
  }
}

const isBase64url = (value: unknown): value is string =>
  typeof value === 'string' && /^[A-Za-z0-9_-]{1,65536}$/.test(value)

const knownTransports = (value: unknown): string[] =>
  Array.isArray(value)
    ? [...transportNames].filter((name) => value.some((given) => given === name))
    : []

const fields = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {}
