import { inspectCode, isPaymentNumber } from '@minnaken/qr'

/** What a camera saw, as far as it matters at a till. */
export type CodeRead =
  /** A payment code of ours. Whether it pays, only the service knows. */
  | Readonly<{ kind: 'payment'; code: string }>
  /** A shop's own printed code: the payer reads that one, the till does not. */
  | Readonly<{ kind: 'shop_code' }>
  /** What an owner shows to a new till. */
  | Readonly<{ kind: 'join_link' }>
  /** Of another company; `service` is its name, where it can be told. */
  | Readonly<{ kind: 'foreign'; service: string | null }>

/** Tells at once, without a network, what was held before the camera. */
export function readCode(text: string): CodeRead {
  if (joinCodeIn(text) !== null) return { kind: 'join_link' }
  const found = inspectCode(text, { origin: '' })
  if (found.kind === 'payment_code' || isPaymentNumber(text)) return { kind: 'payment', code: text }
  if (found.kind === 'shop_code') return { kind: 'shop_code' }
  return { kind: 'foreign', service: serviceOf(found.fields) }
}

/** Several services show as many digits; a name is told only where it is the only one. */
function serviceOf({ services }: Readonly<Record<string, unknown>>): string | null {
  if (!Array.isArray(services) || services.length !== 1) return null
  return typeof services[0] === 'string' ? services[0] : null
}

/** The join code in an owner's link, or null when it is none. */
export const joinCodeIn = (text: string): string | null =>
  /^https?:\/\/[^/?#\s]+\/join#([\w-]{20,64})$/.exec(text.trim())?.[1] ?? null

/** Twelve digits out of what was typed, in any width and with anything between them. */
export const typedNumber = (text: string): string =>
  text.normalize('NFKC').replaceAll(/\D/g, '').slice(0, 12)

/** In groups of four, as the customer's phone shows them. */
export const groupedNumber = (digits: string): string => digits.replaceAll(/(\d{4})(?=\d)/g, '$1 ')

export { isPaymentNumber }
