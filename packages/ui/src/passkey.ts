import {
  type AuthenticationResponseJSON,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser'
import { call } from './call.ts'
import type { Failure } from './problem.ts'

/** Where an app's ceremony is served: what the browser is to do, and where its answer goes. */
export type Ceremony = Readonly<{ options: string; answer: string }>

export const residentPasskeys = {
  registration: { options: '/v1/passkeys/registration-options', answer: '/v1/passkeys' },
  signIn: { options: '/v1/sessions/options', answer: '/v1/sessions' },
} as const

export const shopPasskeys = {
  registration: {
    options: '/v1/shop-passkeys/registration-options',
    answer: '/v1/shop-passkeys',
  },
  signIn: { options: '/v1/shop-sessions/options', answer: '/v1/shop-sessions' },
} as const

export type Session = Readonly<{ accountId: string; role: string; expiresAt: string }>

/** The person turned away, or did not prove who they are (fingerprint, face, PIN). */
export type NotProved = Readonly<{ kind: 'not_proved' }>

/** This browser has no passkeys, or this page may not use them. */
export type NoPasskeys = Readonly<{ kind: 'no_passkeys' }>

export type Proof<T> = Readonly<{ kind: 'proved'; response: T }> | NotProved | NoPasskeys

export type Entered =
  | Readonly<{ kind: 'entered'; session: Session }>
  | Failure<'challenge_unknown' | 'passkey_refused'>
  | NotProved
  | NoPasskeys

type Begun = Readonly<{ challengeId: string; options: unknown }>

/** Whether this browser can hold a passkey at all. */
export const hasPasskeys = (): boolean => 'PublicKeyCredential' in globalThis

/** Makes a passkey on this phone and opens a session with it: a new account. */
export const registerPasskey = ({ registration }: Readonly<{ registration: Ceremony }>) =>
  enter(registration, (options) =>
    proved(async () =>
      registrationJson(
        await startRegistration({ optionsJSON: options as PublicKeyCredentialCreationOptionsJSON }),
      ),
    ),
  )

/** Opens a session with the passkey of this phone. */
export const signInWithPasskey = ({ signIn }: Readonly<{ signIn: Ceremony }>) =>
  enter(signIn, proveWithPasskey)

/**
 * Has the person confirm, by fingerprint, face or PIN, the thing that this challenge stands for.
 */
export const confirmWithPasskey = ({
  challenge,
  timeoutMs,
}: Readonly<{ challenge: Uint8Array; timeoutMs: number }>): Promise<Proof<object>> =>
  proveWithPasskey({
    challenge: btoa(String.fromCharCode(...challenge))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replaceAll('=', ''),
    rpId: location.hostname,
    userVerification: 'required',
    timeout: timeoutMs,
  })

/** Asks for fingerprint, face or PIN, and gives what the service checks. */
export const proveWithPasskey = (options: unknown): Promise<Proof<object>> =>
  proved(async () =>
    assertionJson(
      await startAuthentication({ optionsJSON: options as PublicKeyCredentialRequestOptionsJSON }),
    ),
  )

async function enter(
  { options, answer }: Ceremony,
  prove: (options: unknown) => Promise<Proof<object>>,
): Promise<Entered> {
  if (!hasPasskeys()) return { kind: 'no_passkeys' }
  const begun = await call<Begun>({ method: 'POST', path: options, isRepeatable: true })
  if (begun.kind !== 'answered') return begun as Failure<never>
  const proof = await prove(begun.value.options)
  if (proof.kind !== 'proved') return proof
  const body = { challengeId: begun.value.challengeId, response: proof.response }
  const ended = await call<Session, 'challenge_unknown' | 'passkey_refused'>({
    method: 'POST',
    path: answer,
    body,
  })
  return ended.kind === 'answered' ? { kind: 'entered', session: ended.value } : ended
}

async function proved<T>(ceremony: () => Promise<T>): Promise<Proof<T>> {
  try {
    return { kind: 'proved', response: await ceremony() }
  } catch (error) {
    const { name } = error as Error
    return name === 'NotSupportedError' || name === 'SecurityError'
      ? { kind: 'no_passkeys' }
      : // Turned away, timed out, a lock that is broken: whatever it was, nobody was proved.
        { kind: 'not_proved' }
  }
}

/*
 * Only what a service reads is sent. The rest is unsigned, and some of it (`publicKeyAlgorithm`,
 * a negative number) is refused by JSON that has to be safe for money.
 */

export const registrationJson = ({ id, rawId, type, response }: RegistrationResponseJSON) => ({
  id,
  rawId,
  type,
  response: {
    clientDataJSON: response.clientDataJSON,
    attestationObject: response.attestationObject,
    ...(response.transports === undefined ? {} : { transports: response.transports }),
  },
})

export const assertionJson = ({ id, rawId, type, response }: AuthenticationResponseJSON) => ({
  id,
  rawId,
  type,
  response: {
    clientDataJSON: response.clientDataJSON,
    authenticatorData: response.authenticatorData,
    signature: response.signature,
    ...(response.userHandle === undefined ? {} : { userHandle: response.userHandle }),
  },
})
