import { CODE_MS, type ShownCode } from '@minnaken/ui'

/** A new code is shown so long before the end of the old one, so that nobody scans its last second. */
const RENEW_BEFORE_MS = 13_000

/** How long a code is shown. */
export const SHOWN_MS = CODE_MS - RENEW_BEFORE_MS

/** What is left of the time for which a code is shown, never less than nothing. */
export const shownForMs = ({ issuedAt }: Pick<ShownCode, 'issuedAt'>, now: number): number =>
  Math.max(0, Math.min(SHOWN_MS, issuedAt + SHOWN_MS - now))

/**
 * Whether it is time for a new code: the old one has paid, is near its end, or the clock was set
 * back since, so that it would count as one from the future.
 */
export const isDue = (
  { issuedAt, hasPaid }: Pick<ShownCode, 'issuedAt'> & Readonly<{ hasPaid: boolean }>,
  now: number,
): boolean => hasPaid || now >= issuedAt + SHOWN_MS || now < issuedAt - 2_000

/** The codes that a till may still answer for: the new one and those of the last minutes. */
export const stillAnswered = <Code extends Pick<ShownCode, 'issuedAt'>>(
  codes: readonly Code[],
  now: number,
): readonly Code[] => codes.filter(({ issuedAt }) => now - issuedAt < 5 * CODE_MS)

export const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

export const bytesOf = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))

/** Twelve digits as people read them out: four at a time. */
export const grouped = (digits: string, size: number): string =>
  digits.match(new RegExp(`.{1,${size}}`, 'g'))?.join(' ') ?? digits
