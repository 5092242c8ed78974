import { call } from './call.ts'
import { forget, keep, readKept } from './kept.ts'
import type { Failure } from './problem.ts'

/** This phone as the services know it, with the key that signs its codes and never leaves it. */
export type Device = Readonly<{ deviceId: string; name: string; key: CryptoKey }>

type PublicKey = Readonly<{ kty: 'EC'; crv: 'P-256'; x: string; y: string }>

/** A key that was made here; without an id as long as it is not certain that it was registered. */
type Kept = Readonly<{
  deviceId: string | null
  name: string
  key: CryptoKey
  publicKey: PublicKey
}>

export type Registered =
  | Readonly<{ kind: 'registered'; device: Device }>
  /** This browser keeps nothing (private mode, no room left): a key would be lost at once. */
  | Readonly<{ kind: 'not_kept' }>
  | Failure

const NAME = 'device'

const isKept = (value: unknown): value is Kept =>
  typeof value === 'object' && value !== null && 'key' in value && value.key instanceof CryptoKey

async function readKeptDevice(): Promise<Kept | null> {
  const value = await readKept(NAME)
  return isKept(value) ? value : null
}

/**
 * This phone, when it is registered; null before that, and where the browser keeps nothing. Works
 * without a network.
 */
export async function readDevice(): Promise<Device | null> {
  const kept = await readKeptDevice().catch(() => null)
  if (kept?.deviceId === null || kept === null) return null
  const { deviceId, name, key } = kept
  return { deviceId, name, key }
}

/**
 * Registers this phone, if it is not yet, by a new key that the browser never hands out. The key is
 * kept before it is sent, so that a second try after a lost answer registers the same one. A key
 * that belongs to a phone that was stopped, or to somebody else, is replaced by a new one.
 */
export async function registerDevice(name: string): Promise<Registered> {
  try {
    const registered = await registerKept(name)
    const isKeyOfAnother =
      registered.kind === 'refused' && registered.problem.code === 'device_key_used'
    if (!isKeyOfAnother) return registered
    await forgetDevice()
    return await registerKept(name)
  } catch {
    return { kind: 'not_kept' }
  }
}

async function registerKept(name: string): Promise<Registered> {
  const kept = (await readKeptDevice()) ?? (await newKey(name))
  const { deviceId: known, key, publicKey } = kept
  if (known !== null)
    return { kind: 'registered', device: { deviceId: known, name: kept.name, key } }
  await keep(NAME, kept)
  // Asked in time: a browser may throw away what nobody wished to be kept.
  void navigator.storage?.persist?.().catch(() => false)
  const answer = await call<Readonly<{ deviceId: string }>>({
    method: 'POST',
    path: '/v1/devices',
    body: { name, publicKey },
    isRepeatable: true,
  })
  if (answer.kind !== 'answered') return answer
  const { deviceId } = answer.value
  await keep(NAME, { ...kept, deviceId })
  return { kind: 'registered', device: { deviceId, name, key } }
}

/** Forgets this phone's key: after it was reported lost, and for whoever uses it next. */
export async function forgetDevice(): Promise<void> {
  try {
    await forget(NAME)
  } catch (error) {
    // A browser that keeps nothing has no key to forget.
    if ((await readDevice()) !== null) throw error
  }
}

async function newKey(name: string): Promise<Kept> {
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
