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

/**
 * Tells at once, without a network, what was held before the camera. `origin` is where this app
 * is.
 */
export function readCode(text: string, origin: string): CodeRead {
  if (joinCodeIn(text, origin) !== null) return { kind: 'join_link' }
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

/**
 * The join code in an owner's link, or null when it is none. Only a link to this very app is one:
 * anything else that ends alike may be anybody's.
 */
export function joinCodeIn(text: string, origin: string): string | null {
  const [address, code = ''] = text.trim().split('#')
  return address === `${origin}/join` && /^[\w-]{20,64}$/.test(code) ? code : null
}

/** Twelve digits out of what was typed, in any width and with anything between them. */
export const typedNumber = (text: string): string =>
  text.normalize('NFKC').replaceAll(/\D/g, '').slice(0, 12)

/** In groups of four, as the customer's phone shows them. */
export const groupedNumber = (digits: string): string => digits.replaceAll(/(\d{4})(?=\d)/g, '$1 ')

export { isPaymentNumber }
