import { assert } from '@minnaken/domain'
import { type PictureWord, pictureWords } from './picture-words.ts'

export type TwoWords = readonly [PictureWord, PictureWord]

/**
 * The two words that both screens show after a payment, by the SHA-256 of its code's nonce: the
 * first byte names the first word, the second byte the second.
 */
export function twoWordsOf(sha256OfNonce: Uint8Array): TwoWords {
  assert(sha256OfNonce.length === 32, 'a SHA-256 has 32 bytes')
  return [wordAt(sha256OfNonce, 0), wordAt(sha256OfNonce, 1)]
}

/** The same, where the phone or the browser makes the hash itself. Needs no network. */
export const twoWords = async (nonce: Uint8Array): Promise<TwoWords> =>
  twoWordsOf(new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(nonce))))

function wordAt(bytes: Uint8Array, at: number): PictureWord {
  const word = pictureWords()[bytes[at] ?? 256]
  assert(word !== undefined, 'there is a word for each value of a byte')
  return word
}
