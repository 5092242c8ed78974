import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server'
import {
  COSEALG,
  cose,
  decodeAttestationObject,
  decodeClientDataJSON,
  decodeCredentialPublicKey,
} from '@simplewebauthn/server/helpers'
import type { Origin } from './deps.ts'
import { isDerSignature } from './der-signature.ts'
import { readAssertion, readRegistration } from './passkey-json.ts'

/** The one answer to a passkey that proves nothing, whatever was wrong with it. */
export type PasskeyRefused = Readonly<{ kind: 'passkey_refused' }>

export const passkeyRefused: PasskeyRefused = { kind: 'passkey_refused' }

/** How passkeys may sign; RS256 is what Windows does. */
export const algorithms = [COSEALG.EdDSA, COSEALG.ES256, COSEALG.RS256]

/** WebAuthn's own limit, 1,023 bytes, as base64url. */
const credentialIdMax = 1364

/** More than any key of these algorithms takes, RSA of 8,192 bits among them. */
const publicKeyBytesMax = 2048

export type ProvedRegistration = Readonly<{
  kind: 'proved'
  credentialId: string
  publicKey: Uint8Array
  counter: number
  backupEligible: boolean
  backedUp: boolean
  transports: readonly string[]
}>

/**
 * Checks a new passkey: our challenge, our origin and domain, the person present and verified.
 *
 * Attestation is not asked for and a certificate is never looked at, so that no certificate of a
 * stranger makes the server call anybody. Whatever cannot be read is refused; this never throws.
 */
export async function proveRegistration(
  answer: Readonly<{ json: unknown; challenge: string; at: Origin }>,
): Promise<ProvedRegistration | PasskeyRefused> {
  const response = readRegistration(answer.json)
  if (response === null) return passkeyRefused
  try {
    if (decodeClientDataJSON(response.response.clientDataJSON).crossOrigin) return passkeyRefused
    if (hasCertificate(response.response.attestationObject)) return passkeyRefused
    const { verified, registrationInfo: info } = await verifyRegistrationResponse({
      response,
      expectedChallenge: answer.challenge,
      expectedOrigin: answer.at.origin,
      expectedRPID: answer.at.rpId,
      requireUserPresence: true,
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms,
    })
    if (!verified || info.credential.id !== response.id) return passkeyRefused
    if (info.credential.id.length > credentialIdMax) return passkeyRefused
    if (info.credential.publicKey.length > publicKeyBytesMax) return passkeyRefused
    return {
      kind: 'proved',
      credentialId: info.credential.id,
      publicKey: info.credential.publicKey,
      counter: info.credential.counter,
      backupEligible: info.credentialDeviceType === 'multiDevice',
      backedUp: info.credentialBackedUp,
      transports: response.response.transports ?? [],
    }
  } catch {
    return passkeyRefused
  }
}

/** Whether an attestation is more than none at all, or than the new key signing for itself. */
function hasCertificate(attestationObject: string): boolean {
  const attestation = decodeAttestationObject(
    new Uint8Array(Buffer.from(attestationObject, 'base64url')),
  )
  const format = attestation.get('fmt')
  if (format === 'none') return false
  return format !== 'packed' || attestation.get('attStmt').get('x5c') !== undefined
}

/** What is remembered of a passkey, as far as checking its answer needs it. */
export type KnownPasskey = Readonly<{
  credentialId: string
  publicKey: Uint8Array
  backupEligible: boolean
  userHandle: string
}>

export type ProvedAssertion = Readonly<{ kind: 'proved'; counter: number; backedUp: boolean }>

/**
 * Checks a passkey's answer: our challenge, our origin and domain, the person present and
 * verified, signed by the key we know, and naming the account that the key belongs to.
 *
 * The counter is handed back and not judged here: only a proved answer may accuse a passkey of
 * having been copied. An unknown passkey costs the same work and gets the same answer as a bad
 * signature. Whatever cannot be read is refused; this never throws.
 */
export async function proveAssertion(
  answer: Readonly<{
    json: unknown
    challenge: string
    at: Origin
    passkey: KnownPasskey | undefined
  }>,
): Promise<ProvedAssertion | PasskeyRefused> {
  const response = readAssertion(answer.json)
  if (response === null) return passkeyRefused
  try {
    if (decodeClientDataJSON(response.response.clientDataJSON).crossOrigin) return passkeyRefused
    const publicKey = new Uint8Array(answer.passkey?.publicKey ?? nobodysKey)
    if (!hasFormOf(publicKey, response.response.signature)) return passkeyRefused
    const { verified, authenticationInfo: info } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: answer.challenge,
      expectedOrigin: answer.at.origin,
      expectedRPID: answer.at.rpId,
      requireUserVerification: true,
      credential: {
        id: response.id,
        publicKey,
        counter: 0,
      },
    })
    if (!verified || answer.passkey === undefined) return passkeyRefused
    if (answer.passkey.credentialId !== response.id) return passkeyRefused
    if (answer.passkey.userHandle !== response.response.userHandle) return passkeyRefused
    if (answer.passkey.backupEligible !== (info.credentialDeviceType === 'multiDevice'))
      return passkeyRefused
    // We ask for no extension at sign-in, so an answer with one is not an answer to us.
    if (info.authenticatorExtensionResults !== undefined) return passkeyRefused
    return { kind: 'proved', counter: info.newCounter, backedUp: info.credentialBackedUp }
  } catch {
    return passkeyRefused
  }
}

/** Whether a signature has the one form that signatures of such a key have. */
const hasFormOf = (publicKey: Uint8Array<ArrayBuffer>, signature: string): boolean =>
  decodeCredentialPublicKey(publicKey).get(cose.COSEKEYS.alg) !== COSEALG.ES256 ||
  isDerSignature(Buffer.from(signature, 'base64url'))

// The base point of P-256 as a COSE key: what an unknown passkey is checked against, so that it
// takes as long as a known one. A signature that fits it proves nothing and is refused as well.
const nobodysKey = Buffer.from(
  'a5010203262001215820' +
    '6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296' +
    '225820' +
    '4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5',
  'hex',
)
