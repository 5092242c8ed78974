import { assert } from '@minnaken/domain'
import { checkDigitOf, endsInCheckDigit } from './check-digit.ts'

/** What a shop's printed code says, or why it is none of ours. */
export type ShopCodeReading =
  | Readonly<{ kind: 'shop_code'; shopNo: string }>
  | Readonly<{
      kind: 'refused'
      rule: /** Not an address of a shop at all. */
        | 'form'
        /** Like ours, at somebody else's address: a sticker that was swapped, perhaps. */
        | 'host'
        | 'check_digit'
    }>

/** A shop's number as it is printed under its code: six digits and their check digit. */
export function shopCodeOf(shopNo: string): string {
  assert(/^\d{6}$/.test(shopNo), 'a shop number has six digits')
  return `${shopNo}${checkDigitOf(shopNo)}`
}

/** The shop number of seven digits that somebody read or typed; null when they cannot be right. */
export const shopNoOf = (digits: string): string | null =>
  /^\d{7}$/.test(digits) && endsInCheckDigit(digits) ? digits.slice(0, 6) : null

/** The text of a shop's code: an address, so that any phone's own camera opens the right page. */
export const shopCodeText = ({
  origin,
  shopNo,
}: Readonly<{ origin: string; shopNo: string }>): string => `${origin}/s/${shopCodeOf(shopNo)}`

const form = /^(https?:\/\/[^/?#\s\\@]+)\/s\/(\d{7})$/i

/**
 * Reads the text of a shop's code. Only the address of our own app counts, scheme and port
 * included; nothing may follow the number.
 */
export function readShopCode(
  text: string,
  { origin }: Readonly<{ origin: string }>,
): ShopCodeReading {
  const [, from = '', digits = ''] = form.exec(text) ?? []
  if (digits === '') return { kind: 'refused', rule: 'form' }
  if (from.toLowerCase() !== origin.toLowerCase()) return { kind: 'refused', rule: 'host' }
  const shopNo = shopNoOf(digits)
  return shopNo === null ? { kind: 'refused', rule: 'check_digit' } : { kind: 'shop_code', shopNo }
}
