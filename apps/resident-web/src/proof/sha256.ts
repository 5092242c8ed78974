/*
 * SHA-256 (FIPS 180-4) and HMAC (RFC 2104) that answer at once. The browser's own answer later,
 * and the draw asks for one hash after the other, a hundred thousand times.
 */

const bitsOf = (part: number): number => Math.floor((part - Math.floor(part)) * 2 ** 32)

/** The first primes; the constants of SHA-256 are made of their roots. */
function primes(count: number): readonly number[] {
  const found: number[] = []
  for (let number = 2; found.length < count; number++)
    if (found.every((prime) => number % prime !== 0)) found.push(number)
  return found
}

const rounds = Uint32Array.from(primes(64), (prime) => bitsOf(Math.cbrt(prime)))
const begin = Uint32Array.from(primes(8), (prime) => bitsOf(Math.sqrt(prime)))

const BLOCK = 64
const turned = (word: number, by: number): number => (word >>> by) | (word << (32 - by))
const words = new Uint32Array(64)
const wordAt = (place: number): number => words[place] ?? 0

/** Takes one block of 64 bytes into the state. */
function absorb(state: Uint32Array, block: DataView, at: number): void {
  for (let i = 0; i < 16; i++) words[i] = block.getUint32(at + 4 * i)
  for (let i = 16; i < 64; i++) {
    const near = wordAt(i - 2)
    const far = wordAt(i - 15)
    const one = turned(near, 17) ^ turned(near, 19) ^ (near >>> 10)
    const other = turned(far, 7) ^ turned(far, 18) ^ (far >>> 3)
    words[i] = wordAt(i - 16) + other + wordAt(i - 7) + one
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state
  for (let i = 0; i < 64; i++) {
    const mixed = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)
    const next = (h + mixed + ((e & f) ^ (~e & g)) + (rounds[i] ?? 0) + wordAt(i)) | 0
    const spread = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)
    const majority = (a & b) ^ (a & c) ^ (b & c)
    h = g
    g = f
    f = e
    e = (d + next) | 0
    d = c
    c = b
    b = a
    a = (next + spread + majority) | 0
  }
  ;[a, b, c, d, e, f, g, h].forEach((word, i) => {
    state[i] = (state[i] ?? 0) + word
  })
}

/** Hashes what follows `start`, of which so many bytes were taken in before. */
function finish(start: Uint32Array, before: number, bytes: Uint8Array): Uint8Array {
  const state = Uint32Array.from(start)
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / BLOCK) * BLOCK)
  padded.set(bytes)
  padded[bytes.length] = 0x80
  const view = new DataView(padded.buffer)
  const bits = (before + bytes.length) * 8
  view.setUint32(padded.length - 8, Math.floor(bits / 2 ** 32))
  view.setUint32(padded.length - 4, bits % 2 ** 32)
  for (let at = 0; at < padded.length; at += BLOCK) absorb(state, view, at)
  const digest = new Uint8Array(32)
  const written = new DataView(digest.buffer)
  state.forEach((word, i) => written.setUint32(4 * i, word))
  return digest
}

const utf8 = new TextEncoder()
const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

const sha256 = (bytes: Uint8Array): Uint8Array => finish(begin, 0, bytes)

export const sha256Hex = (text: string): string => hexOf(sha256(utf8.encode(text)))

/** A key's two halves, each already taken in: a draw uses one key for all its messages. */
type Prepared = Readonly<{ key: string; inner: Uint32Array; outer: Uint32Array }>

let prepared: Prepared | null = null

function prepare(key: string): Prepared {
  if (prepared?.key === key) return prepared
  const bytes = utf8.encode(key)
  const short = bytes.length > BLOCK ? sha256(bytes) : bytes
  const half = (pad: number): Uint32Array => {
    const block = new Uint8Array(BLOCK).fill(pad)
    short.forEach((byte, at) => {
      block[at] = byte ^ pad
    })
    const state = Uint32Array.from(begin)
    absorb(state, new DataView(block.buffer), 0)
    return state
  }
  prepared = { key, inner: half(0x36), outer: half(0x5c) }
  return prepared
}

export function hmacSha256Hex(key: string, message: string): string {
  const { inner, outer } = prepare(key)
  return hexOf(finish(outer, BLOCK, finish(inner, BLOCK, utf8.encode(message))))
}
