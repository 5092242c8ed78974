import { type Instant, isJstDate } from './time.ts'

const FORM =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?(Z|[+-](0\d|1[0-4]):[0-5]\d)$/

/**
 * Reads a moment written with its offset, `2027-02-01T10:00:00+09:00` or `…Z`.
 *
 * Without an offset the same text is another moment in another office, so it is not read: null.
 * A day that does not exist and more than three decimals of a second are not read either.
 */
export function parseInstant(text: string): Instant | null {
  const day = FORM.exec(text)?.[1]
  return day === undefined || !isJstDate(day) ? null : Date.parse(text)
}
