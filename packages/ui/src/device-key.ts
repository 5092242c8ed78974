import { forget, keep, readKept } from './kept.ts'

/** This phone as the services know it, with the key that signs its codes and never leaves it. */
export type Device = Readonly<{ deviceId: string; name: string; key: CryptoKey }>

/** A key that was made here; without an id as long as it is not certain that it was registered. */
export type KeptDevice = Readonly<{
  deviceId: string | null
  name: string
  key: CryptoKey
  publicKey: Readonly<{ kty: 'EC'; crv: 'P-256'; x: string; y: string }>
}>

const NAME = 'device'

const isKept = (value: unknown): value is KeptDevice =>
  typeof value === 'object' && value !== null && 'key' in value && value.key instanceof CryptoKey

export const keepDevice = (device: KeptDevice): Promise<unknown> => keep(NAME, device)

export async function readKeptDevice(): Promise<KeptDevice | null> {
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

/** Forgets this phone's key: after it was reported lost, and for whoever uses it next. */
export async function forgetDevice(): Promise<void> {
  try {
    await forget(NAME)
  } catch (error) {
    // A browser that keeps nothing has no key to forget.
    if ((await readDevice()) !== null) throw error
  }
}
