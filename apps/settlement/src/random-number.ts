import type { Deps } from './deps.ts'

/**
 * Draws a number of so many digits, leading zeros included, each as likely as any other.
 *
 * Numbers that people see are drawn and not counted: nobody learns from one how many there are.
 */
export function randomDigits({ randomBytes }: Pick<Deps, 'randomBytes'>, digits: number): string {
  const size = 10n ** BigInt(digits)
  // 64 random bits against at most ten digits: the bias is below one in a thousand million.
  const drawn = Buffer.from(randomBytes(8)).readBigUInt64BE() % size
  return drawn.toString().padStart(digits, '0')
}
