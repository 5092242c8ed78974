import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto'
import type { DrawHashes } from '@minnaken/domain'

/**
 * The hashes of a draw, by Node.
 *
 * The key is made once per seed: with a `KeyObject` an HMAC takes 1.7 µs, with the seed's text a
 * key is made for each and it takes several times as long (Node 24, a million candidates).
 */
export function drawHashes(): DrawHashes {
  let seed: string | null = null
  let key: KeyObject = createSecretKey('', 'utf8')
  return {
    sha256Hex: (text) => hash('sha256', text, 'hex'),
    hmacSha256Hex: (seedText, message) => {
      if (seedText !== seed) {
        key = createSecretKey(seedText, 'utf8')
        seed = seedText
      }
      return createHmac('sha256', key).update(message, 'utf8').digest('hex')
    },
  }
}
