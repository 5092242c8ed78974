/** The 45 characters of QR's alphanumeric mode, in the order of their values (RFC 9285). */
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'

const NOT_IN_ALPHABET = 0xff
const valueOf = new Uint8Array(128).fill(NOT_IN_ALPHABET)
for (let value = 0; value < alphabet.length; value++) valueOf[alphabet.charCodeAt(value)] = value

/** Why text is not Base45, and at which character. */
export type Base45Fault = Readonly<{
  rule:
    /** Its length leaves one character alone, which no encoder writes. */
    | 'length'
    /** A character outside the 45. A space is one of them, so nothing is trimmed. */
    | 'character'
    /** Three characters above 65535, or two above 255. */
    | 'overflow'
  at: number
}>

export type Base45Decoding =
  | Readonly<{ kind: 'decoded'; bytes: Uint8Array<ArrayBuffer> }>
  | Readonly<{ kind: 'refused' } & Base45Fault>

/** Writes each two bytes as three characters, and a last single byte as two. */
export function encodeBase45(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 2) {
    const isPair = at + 1 < bytes.length
    const value = isPair ? byteAt(bytes, at) * 256 + byteAt(bytes, at + 1) : byteAt(bytes, at)
    text += alphabet.charAt(value % 45) + alphabet.charAt(Math.floor(value / 45) % 45)
    if (isPair) text += alphabet.charAt(Math.floor(value / 2025))
  }
  return text
}

/**
 * Reads what `encodeBase45` writes, and nothing else: no other text gives the same bytes,
 * so a code has one spelling only. Never throws.
 */
export function decodeBase45(text: string): Base45Decoding {
  const { length } = text
  if (length % 3 === 1) return { kind: 'refused', rule: 'length', at: length - 1 }
  const bytes = new Uint8Array(Math.floor(length / 3) * 2 + (length % 3) / 2)
  let filled = 0
  for (let at = 0; at < length; at += 3) {
    const isTriple = at + 2 < length
    const first = valueAt(text, at)
    const second = valueAt(text, at + 1)
    const third = isTriple ? valueAt(text, at + 2) : 0
    if (first === NOT_IN_ALPHABET || second === NOT_IN_ALPHABET || third === NOT_IN_ALPHABET)
      return { kind: 'refused', rule: 'character', at: strangerAt(text, at) }
    const value = first + second * 45 + third * 2025
    if (value > (isTriple ? 0xffff : 0xff)) return { kind: 'refused', rule: 'overflow', at }
    if (isTriple) bytes[filled++] = value >>> 8
    bytes[filled++] = value & 0xff
  }
  return { kind: 'decoded', bytes }
}

const byteAt = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0

const valueAt = (text: string, at: number): number =>
  valueOf[text.charCodeAt(at)] ?? NOT_IN_ALPHABET

function strangerAt(text: string, from: number): number {
  let at = from
  while (valueAt(text, at) !== NOT_IN_ALPHABET) at++
  return at
}
