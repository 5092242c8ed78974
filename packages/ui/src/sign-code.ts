import { signPaymentCode } from '@minnaken/qr'
import { newNonce } from './chance.ts'
import type { Device } from './device-key.ts'
import { serverNow } from './server-time.ts'

/** A code lives a minute from its signature (rule 3); a new one is shown well before its end. */
export const CODE_MS = 60_000

export type ShownCode = Readonly<{
  text: string
  nonce: Uint8Array
  /** Server time, milliseconds. */
  issuedAt: number
}>

/** Signs a new payment code by server time. Needs no network. */
export async function signCode({ key, deviceId }: Device): Promise<ShownCode> {
  const issuedAt = Math.floor(serverNow() / 1_000)
  const nonce = newNonce()
  const text = await signPaymentCode({ key, deviceId, issuedAt, nonce })
  return { text, nonce, issuedAt: issuedAt * 1_000 }
}
