import { deviceChallenge } from '@minnaken/qr'
import { type Answer, call } from './call.ts'
import {
  type Device,
  forgetDevice,
  keepDevice,
  type KeptDevice,
  readKeptDevice,
} from './device-key.ts'
import { confirmWithPasskey, type NoPasskeys, type NotProved } from './passkey.ts'
import type { Failure } from './problem.ts'

/** How long the owner has to confirm: as long as for a sign-in. */
const CONFIRM_MS = 300_000

export type Registered =
  | Readonly<{ kind: 'registered'; device: Device }>
  /** This browser keeps nothing (private mode, no room left): a key would be lost at once. */
  | Readonly<{ kind: 'not_kept' }>
  | NotProved
  | NoPasskeys
  | Failure

/**
 * Registers this phone, if it is not yet, by a new key that the browser never hands out. The key is
 * kept before it is sent, so that a second try after a lost answer registers the same one. A key
 * that belongs to a phone that was stopped, or to somebody else, is replaced by a new one. Whoever
 * signed in a while ago is asked for fingerprint, face or PIN, and the passkey signs this very key.
 * The phone is called here as in the list of the wallet, whatever was typed on the last try.
 */
export async function registerDevice(name: string): Promise<Registered> {
  try {
    const registered = await registerKept(name)
    if (!isRefused(registered, 'device_key_used')) return registered
    await forgetDevice()
    return await registerKept(name)
  } catch {
    return { kind: 'not_kept' }
  }
}

const isRefused = (
  { kind, problem }: Readonly<{ kind: string; problem?: Readonly<{ code: string }> }>,
  code: string,
): boolean => kind === 'refused' && problem?.code === code

async function registerKept(name: string): Promise<Registered> {
  const kept = (await readKeptDevice()) ?? (await newKey(name))
  const { deviceId: known, key, publicKey } = kept
  if (known !== null)
    return { kind: 'registered', device: { deviceId: known, name: kept.name, key } }
  await keepDevice(kept)
  // Asked in time: a browser may throw away what nobody wished to be kept.
  void navigator.storage?.persist?.().catch(() => false)
  const first = await send({ name, publicKey })
  const answer = isRefused(first, 'passkey_needed') ? await confirm({ name, publicKey }) : first
  if (answer.kind !== 'answered') return answer
  const { deviceId, name: listed } = answer.value
  await keepDevice({ ...kept, deviceId, name: listed })
  return { kind: 'registered', device: { deviceId, name: listed, key } }
}

type NewDevice = Readonly<{ name: string; publicKey: KeptDevice['publicKey'] }>

const send = (
  body: NewDevice & Readonly<{ confirmation?: object }>,
): Promise<Answer<Readonly<{ deviceId: string; name: string }>>> =>
  call({ method: 'POST', path: '/v1/devices', body, isRepeatable: true })

async function confirm(device: NewDevice) {
  const challenge = await deviceChallenge(device.publicKey)
  const proof = await confirmWithPasskey({ challenge, timeoutMs: CONFIRM_MS })
  return proof.kind === 'proved' ? send({ ...device, confirmation: proof.response }) : proof
}

async function newKey(name: string): Promise<KeptDevice> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
    'verify',
  ])
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  return {
    deviceId: null,
    name,
    key: pair.privateKey,
    publicKey: { kty: 'EC', crv: 'P-256', x, y },
  }
}
