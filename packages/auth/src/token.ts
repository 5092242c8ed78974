import { hash } from 'node:crypto'

/** A secret that opens something, and the hash by which it is found again. */
export type Token = Readonly<{ token: string; hash: Buffer }>

/**
 * Makes a token of 256 random bits.
 *
 * The token goes to its bearer and nowhere else; what is stored is its hash.
 */
export function newToken(randomBytes: (length: number) => Uint8Array): Token {
  const token = Buffer.from(randomBytes(32)).toString('base64url')
  return { token, hash: sha256(token) }
}

/** The hash under which a token is stored, or null for text that cannot be a token of ours. */
export const hashOfToken = (text: string): Buffer | null =>
  /^[A-Za-z0-9_-]{43}$/.test(text) ? sha256(text) : null

const sha256 = (text: string): Buffer => hash('sha256', text, 'buffer')
