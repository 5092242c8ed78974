/** One object of an EMVCo text: `ID LENGTH VALUE`, and where it begins. */
export type EmvcoField = Readonly<{ id: string; value: string; at: number }>

/** What is wrong with a code, and at which character (byte, where a code is bytes), from 0. */
export type CodeFault = Readonly<{ rule: string; at: number }>

export type EmvcoFields = Readonly<{ fields: readonly EmvcoField[]; faults: readonly CodeFault[] }>

/**
 * Takes an EMVCo text, or the value of one of its templates, apart. Lengths count characters, not
 * bytes. What cannot be read ends it with the fault `length`; an id that stands twice is a fault.
 */
export function readEmvcoFields(text: string, from = 0): EmvcoFields {
  const characters = Array.from(text)
  const fields: EmvcoField[] = []
  const faults: CodeFault[] = []
  let at = 0
  while (at < characters.length) {
    const head = characters.slice(at, at + 4).join('')
    const length = Number(head.slice(2))
    const end = at + 4 + length
    if (!/^\d{4}$/.test(head) || length === 0 || end > characters.length) {
      faults.push({ rule: 'length', at: from + at })
      break
    }
    const id = head.slice(0, 2)
    if (fields.some((field) => field.id === id))
      faults.push({ rule: 'duplicate_id', at: from + at })
    fields.push({ id, value: characters.slice(at + 4, end).join(''), at: from + at })
    at = end
  }
  return { fields, faults }
}

/** The value of an object, if it is there. */
export const valueOf = (fields: readonly EmvcoField[], id: string): string | undefined =>
  fields.find((field) => field.id === id)?.value

/** CRC-16/CCITT-FALSE over the UTF-8 bytes of a text, as four upper-case hex digits. */
export function crcOf(text: string): string {
  let crc = 0xffff
  for (const byte of new TextEncoder().encode(text)) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit++)
      crc = ((crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ 0x1021) & 0xffff
  }
  return crc.toString(16).toUpperCase().padStart(4, '0')
}
