import { assert } from './assert.ts'

/**
 * A UUID of version 7: 48 bits of time in milliseconds, then 74 random bits, so that ids made later sort later.
 * `random` holds 10 random bytes. Format: RFC 9562 §5.7.
 */
export function uuidv7(at: number, random: Uint8Array): string {
  assert(random.length === 10, 'a UUIDv7 takes 10 random bytes')
  const time = at.toString(16).padStart(12, '0')
  const tail = [...random].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  const variant = ((Number.parseInt(tail.slice(3, 5), 16) & 0x3f) | 0x80).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${tail.slice(0, 3)}-${variant}${tail.slice(5, 7)}-${tail.slice(7, 19)}`
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export const isUuid = (text: string): boolean => UUID.test(text)

/** The public id of a row that lives in a bucket: `<bucket>-<uuid>`. */
export const bucketedId = (bucket: number, id: string): string => `${bucket}-${id}`

/** The bucket and row that a public id names, or null when it names none. */
export function parseBucketedId(text: string): Readonly<{ bucket: number; id: string }> | null {
  const match = /^(0|[1-9]\d{0,3})-(.{36})$/.exec(text)
  if (match?.[1] === undefined || match[2] === undefined || !isUuid(match[2])) return null
  return { bucket: Number(match[1]), id: match[2] }
}
