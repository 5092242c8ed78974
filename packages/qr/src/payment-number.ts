import { assert } from '@minnaken/domain'
import { checkDigitOf, endsInCheckDigit } from './check-digit.ts'

const NUMBER_DIGITS = 12
/** So many numbers that nobody meets a living one by chance; every eleven digits have one check digit. */
const NUMBERS = 100_000_000_000

/** Twelve digits out of eight random bytes: eleven and their check digit. */
export function paymentNumberOf(random: Uint8Array): string {
  assert(random.length === 8, 'a payment number is made of eight random bytes')
  const value = new DataView(Uint8Array.from(random).buffer).getBigUint64(0) % BigInt(NUMBERS)
  const digits = String(value).padStart(NUMBER_DIGITS - 1, '0')
  return `${digits}${checkDigitOf(digits)}`
}

/** Whether text has the form of a payment number: twelve digits, and typed without a slip. */
export const isPaymentNumber = (text: string): boolean =>
  text.length === NUMBER_DIGITS && endsInCheckDigit(text)
