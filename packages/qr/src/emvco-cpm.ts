import type { CodeFault } from './emvco-fields.ts'

/** A code that a payer shows, of the EMVCo family. Says which schemes, never whose card. */
export type ConsumerCode = Readonly<{
  faults: readonly CodeFault[]
  fields: Readonly<{ schemes: readonly Readonly<{ aid: string; label: string | null }>[] }>
}>

type Tlv = Readonly<{ tag: string; value: Uint8Array; at: number }>

/** Every such code begins with the object 85 = `CPV01`, which base64 always writes like this. */
export const looksLikeConsumerCode = (text: string): boolean => text.startsWith('hQVDUFY')

/** Reads a code that a payer shows: base64 of BER-TLV. Places are bytes, but for base64 itself. */
export function readConsumerCode(text: string): ConsumerCode {
  const stranger = /[^A-Za-z0-9+/]/.exec(text.replace(/={1,2}$/, ''))
  if (stranger !== null || text.length % 4 !== 0)
    return {
      faults: [{ rule: 'format:base64', at: stranger?.index ?? text.length }],
      fields: { schemes: [] },
    }
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  const { objects, faults } = readTlv(bytes, 0)
  const [first] = objects
  const found: CodeFault[] = [...faults]
  if (first?.tag !== '85' || new TextDecoder().decode(first.value) !== 'CPV01')
    found.push({ rule: 'format:85', at: 0 })
  const schemes: { aid: string; label: string | null }[] = []
  for (const { value, at } of objects.filter(({ tag }) => tag === '61')) {
    const inner = readTlv(value, at)
    found.push(...inner.faults)
    const aid = inner.objects.find(({ tag }) => tag === '4F')
    if (aid === undefined) found.push({ rule: 'missing:61.4F', at })
    const label = inner.objects.find(({ tag }) => tag === '50')
    schemes.push({
      aid: hexOf(aid?.value ?? new Uint8Array()),
      label: label === undefined ? null : new TextDecoder().decode(label.value),
    })
  }
  if (schemes.length === 0) found.push({ rule: 'missing:61', at: bytes.length })
  return { faults: found, fields: { schemes } }
}

function readTlv(
  bytes: Uint8Array,
  from: number,
): Readonly<{ objects: readonly Tlv[]; faults: readonly CodeFault[] }> {
  const objects: Tlv[] = []
  let at = 0
  while (at < bytes.length) {
    const start = at
    const first = bytes[at++] ?? 0
    let tag = hexOf(Uint8Array.of(first))
    if ((first & 0x1f) === 0x1f) tag += hexOf(Uint8Array.of(bytes[at++] ?? 0))
    let length = bytes[at++]
    if (length === 0x81) length = bytes[at++]
    else if (length === 0x82) {
      length = (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0)
      at += 2
    } else if (length !== undefined && length > 0x7f) length = undefined
    if (length === undefined || at + length > bytes.length)
      return { objects, faults: [{ rule: 'length', at: from + start }] }
    objects.push({ tag, value: bytes.subarray(at, at + length), at: from + at })
    at += length
  }
  return { objects, faults: [] }
}

const hexOf = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join('')
