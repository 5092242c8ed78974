/** What a JSON text can hold. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | Readonly<{ [name: string]: JsonValue }>

/**
 * Writes a value as canonical JSON (RFC 8785), so that equal values give equal bytes.
 *
 * No white space; the members of an object in the order of their names' UTF-16 code units
 * (this order is the RFC's own, unlike the order of ids); numbers as ECMAScript prints them.
 *
 * Throws for what has no canonical form: a number that is not finite, half a surrogate pair.
 */
export function canonicalJson(value: JsonValue): string {
  if (typeof value === 'string') return canonicalText(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Error(`not a JSON number: ${value}`)
    return JSON.stringify(value)
  }
  if (value === null || typeof value === 'boolean') return String(value)
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([name, member]) => `${canonicalText(name)}:${canonicalJson(member)}`).join(',')}}`
}

/** `Array.isArray` narrows a readonly list to `any[]`. */
const isList = (value: object): value is readonly JsonValue[] => Array.isArray(value)

function canonicalText(text: string): string {
  if (/\p{Surrogate}/u.test(text)) throw new Error('half a surrogate pair has no UTF-8 form')
  return JSON.stringify(text)
}
