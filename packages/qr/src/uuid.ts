import { assert } from '@minnaken/domain'

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Sixteen bytes as a UUID in its usual form, lower case. */
export function uuidAt(bytes: Uint8Array, from: number): string {
  let text = ''
  for (let at = 0; at < 16; at++) {
    if (at === 4 || at === 6 || at === 8 || at === 10) text += '-'
    text += hex[bytes[from + at] ?? 0] ?? ''
  }
  return text
}

/** The sixteen bytes of a UUID in its usual form, lower case. Throws when it is something else. */
export function bytesOfUuid(uuid: string): Uint8Array {
  assert(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(uuid), 'an id is a lower-case UUID')
  const digits = uuid.replaceAll('-', '')
  return Uint8Array.from({ length: 16 }, (_, at) =>
    Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16),
  )
}
