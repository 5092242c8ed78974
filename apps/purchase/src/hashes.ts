import { createHash, createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto'
import type { DrawHashes } from '@minnaken/domain'

export const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()

export const sha256Hex = (content: string | Uint8Array): string => hash('sha256', content, 'hex')

/** What the domain's draw computes with. A key is made once per seed, not once per applicant. */
export const drawHashes: DrawHashes = { sha256Hex, hmacSha256Hex: hmacWithLastKey() }

function hmacWithLastKey(): DrawHashes['hmacSha256Hex'] {
  let last: Readonly<{ seed: string; key: KeyObject }> | null = null
  return (seed, message) => {
    if (last?.seed !== seed) last = { seed, key: createSecretKey(seed, 'utf8') }
    return createHmac('sha256', last.key).update(message, 'utf8').digest('hex')
  }
}
