import { type CodeInspection, inspectCode, shopCodeOf, shopNoOf } from '@minnaken/qr'

/** What a code in front of the payer's camera is. */
export type ReadCode =
  | Readonly<{ kind: 'shop'; code: string }>
  /** A resident's own code: the shop scans that, not the payer. */
  | Readonly<{ kind: 'payment_code' }>
  /** Looks like a shop's code, and is not at our address: perhaps a sticker over a sticker. */
  | Readonly<{ kind: 'other_host'; host: string }>
  | Readonly<{ kind: 'mistyped' }>
  | Readonly<{ kind: 'foreign'; services: readonly string[] }>
  | Readonly<{ kind: 'unknown' }>

/** Tells what was read. Only a shop's code at our own address, digit by digit right, is a shop. */
export function readCode(text: string, origin: string): ReadCode {
  const found = inspectCode(text, { origin })
  switch (found.kind) {
    case 'shop_code':
      return shopIn(found)
    case 'payment_code':
      return { kind: 'payment_code' }
    case 'emvco_mpm':
    case 'jpqr':
    case 'emvco_cpm':
    case 'url':
    case 'digits':
      return { kind: 'foreign', services: servicesOf(found) }
    case 'unknown':
      return { kind: 'unknown' }
    default:
      return found.kind satisfies never
  }
}

function shopIn({ ours, valid, fields }: CodeInspection): ReadCode {
  const { shopNo, host } = fields
  if (!ours) return { kind: 'other_host', host: typeof host === 'string' ? host : '' }
  return valid && typeof shopNo === 'string'
    ? { kind: 'shop', code: shopCodeOf(shopNo) }
    : { kind: 'mistyped' }
}

function servicesOf({ fields }: CodeInspection): readonly string[] {
  const { services } = fields
  return Array.isArray(services)
    ? services.filter((name): name is string => typeof name === 'string')
    : []
}

/** The seven digits under a shop's code, as somebody typed them; null when they cannot be right. */
export function typedShop(text: string): string | null {
  const digits = text.normalize('NFKC').replaceAll(/\D/g, '')
  return shopNoOf(digits) === null ? null : digits
}
