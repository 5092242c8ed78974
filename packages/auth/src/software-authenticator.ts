import {
  createPrivateKey,
  createHash,
  generateKeyPairSync,
  randomBytes,
  sign,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto'
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server'

export * from './device-key.ts'

/** One passkey with its private key, as JSON: whoever has it is that person. */
export type PasskeyState = Readonly<{
  credentialId: string
  rpId: string
  userHandle: string
  privateKey: JsonWebKey
  /** How often it signed. Passkeys that are synced between phones do not count and stay at 0. */
  counter: number
}>

/** What an authenticator carries from one run to the next. */
export type AuthenticatorState = Readonly<{
  passkeys: readonly PasskeyState[]
  /** Whether it counts its signatures, like a security key, or is synced, like a phone. */
  counts: boolean
}>

/** What an honest authenticator or browser never does: for tests of the side that verifies. */
export type Misbehaviour = Partial<
  Readonly<{
    userPresent: boolean
    userVerified: boolean
    backupEligible: boolean
    backedUp: boolean
    counter: number
    rpId: string
    challenge: string
    type: string
    crossOrigin: boolean
    userHandle: string | null
    /** CBOR after the authenticator data, with the flag that announces it. */
    extensions: Uint8Array
    /** Bytes after everything that the flags announce. */
    trailing: Uint8Array
    /** Uses this passkey, not the newest of the relying party; a new one takes this as its id. */
    credentialId: string
  }>
>

export type SoftwareAuthenticator = Readonly<{
  create(
    options: PublicKeyCredentialCreationOptionsJSON,
    origin: string,
    misbehaviour?: Misbehaviour,
  ): RegistrationResponseJSON
  get(
    options: PublicKeyCredentialRequestOptionsJSON,
    origin: string,
    misbehaviour?: Misbehaviour,
  ): AuthenticationResponseJSON
  state(): AuthenticatorState
}>

type Passkey = Omit<PasskeyState, 'privateKey'> & { counter: number; key: KeyObject }

/**
 * Makes an authenticator that does the ceremonies of a phone: an ES256 key for each passkey,
 * discoverable, the person verified, no attestation.
 *
 * Answers the same JSON as a browser. Its state holds private keys in the clear.
 * `get` throws when it has no passkey for the relying party, as a browser would.
 */
export function softwareAuthenticator(
  from: AuthenticatorState = { passkeys: [], counts: false },
): SoftwareAuthenticator {
  const passkeys: Passkey[] = from.passkeys.map(({ privateKey, ...passkey }) => ({
    ...passkey,
    key: createPrivateKey({ key: privateKey, format: 'jwk' }),
  }))

  return {
    create(options, origin, misbehaviour = {}) {
      const { privateKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const passkey: Passkey = {
        credentialId: misbehaviour.credentialId ?? randomBytes(32).toString('base64url'),
        rpId: options.rp.id ?? new URL(origin).hostname,
        userHandle: options.user.id,
        counter: 0,
        key,
      }
      passkeys.push(passkey)
      return attestation({ passkey, challenge: options.challenge, origin, misbehaviour })
    },

    get(options, origin, misbehaviour = {}) {
      const rpId = options.rpId ?? new URL(origin).hostname
      const passkey = passkeys.findLast((held) =>
        misbehaviour.credentialId === undefined
          ? held.rpId === rpId
          : held.credentialId === misbehaviour.credentialId,
      )
      if (passkey === undefined) throw new Error(`no passkey for ${rpId}`)
      if (from.counts) passkey.counter += 1
      return assertion({ passkey, challenge: options.challenge, origin, misbehaviour })
    },

    state: () => ({
      counts: from.counts,
      passkeys: passkeys.map(({ key, ...passkey }) => ({
        ...passkey,
        privateKey: key.export({ format: 'jwk' }),
      })),
    }),
  }
}

type Signing = Readonly<{
  passkey: Passkey
  challenge: string
  origin: string
  misbehaviour: Misbehaviour
}>

function attestation(signing: Signing): RegistrationResponseJSON {
  const { credentialId, key } = signing.passkey
  const id = Buffer.from(credentialId, 'base64url')
  const attested = Buffer.concat([Buffer.alloc(16), uint16(id.length), id, coseKey(key)])
  const authData = authenticatorData(signing, attested)
  return {
    id: credentialId,
    rawId: credentialId,
    type: 'public-key',
    authenticatorAttachment: 'platform',
    clientExtensionResults: { credProps: { rk: true } },
    response: {
      clientDataJSON: clientData(signing, 'webauthn.create').toString('base64url'),
      attestationObject: Buffer.concat([attestationHead, byteString(authData)]).toString(
        'base64url',
      ),
      transports: ['internal', 'hybrid'],
    },
  }
}

function assertion(signing: Signing): AuthenticationResponseJSON {
  const { passkey, misbehaviour } = signing
  const authData = authenticatorData(signing)
  const client = clientData(signing, 'webauthn.get')
  const handle =
    misbehaviour.userHandle === undefined ? passkey.userHandle : misbehaviour.userHandle
  return {
    id: passkey.credentialId,
    rawId: passkey.credentialId,
    type: 'public-key',
    authenticatorAttachment: 'platform',
    clientExtensionResults: {},
    response: {
      clientDataJSON: client.toString('base64url'),
      authenticatorData: authData.toString('base64url'),
      signature: sign('sha256', Buffer.concat([authData, sha256(client)]), passkey.key).toString(
        'base64url',
      ),
      ...(handle === null ? {} : { userHandle: handle }),
    },
  }
}

// CBOR of { fmt: "none", attStmt: {}, authData: … }, up to the bytes.
const attestationHead = Buffer.from(
  'a363666d74646e6f6e656761747453746d74a0686175746844617461',
  'hex',
)

function authenticatorData(
  { passkey, misbehaviour }: Signing,
  attested: Buffer = Buffer.alloc(0),
): Buffer {
  const synced = misbehaviour.backupEligible ?? true
  const flags =
    (Number(misbehaviour.userPresent ?? true) * 0x01) |
    (Number(misbehaviour.userVerified ?? true) * 0x04) |
    (Number(synced) * 0x08) |
    (Number(misbehaviour.backedUp ?? synced) * 0x10) |
    (Number(attested.length > 0) * 0x40) |
    (Number(misbehaviour.extensions !== undefined) * 0x80)
  const counter = Buffer.alloc(4)
  counter.writeUInt32BE(misbehaviour.counter ?? passkey.counter)
  return Buffer.concat([
    sha256(Buffer.from(misbehaviour.rpId ?? passkey.rpId)),
    Buffer.from([flags]),
    counter,
    attested,
    misbehaviour.extensions ?? Buffer.alloc(0),
    misbehaviour.trailing ?? Buffer.alloc(0),
  ])
}

const clientData = ({ challenge, origin, misbehaviour }: Signing, type: string): Buffer =>
  Buffer.from(
    JSON.stringify({
      type: misbehaviour.type ?? type,
      challenge: misbehaviour.challenge ?? challenge,
      origin,
      crossOrigin: misbehaviour.crossOrigin ?? false,
    }),
  )

/** CBOR of { kty: EC2, alg: ES256, crv: P-256, x, y }. */
function coseKey(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' })
  return Buffer.concat([
    Buffer.from('a5010203262001215820', 'hex'),
    Buffer.from(x, 'base64url'),
    Buffer.from('225820', 'hex'),
    Buffer.from(y, 'base64url'),
  ])
}

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()

/** CBOR of bytes, with their length in its shortest form. */
const byteString = (bytes: Buffer): Buffer =>
  bytes.length < 0x100
    ? Buffer.concat([Buffer.from([0x58, bytes.length]), bytes])
    : Buffer.concat([Buffer.from([0x59]), uint16(bytes.length), bytes])

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value)
  return bytes
}
