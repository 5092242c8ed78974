import type { Instant } from '@minnaken/domain'
import type { Column } from './trip.ts'
import { parseExactNumber } from './value-types.ts'

/** Reading: the text of a column that is never null. Throws when it is. */
export function text(column: Column | undefined): string {
  if (column === null || column === undefined) throw new Error('a column is empty')
  return column
}

/** Reading: a whole number. Throws beyond 2^53 - 1. */
export const wholeNumber = (column: Column | undefined): number => parseExactNumber(text(column))

/** Reading: a timestamptz, as PostgreSQL writes it: `2027-03-10 12:00:00.123+00`. */
export function instant(column: Column | undefined): Instant {
  const written = text(column)
  const isShort = /[+-]\d\d$/.test(written)
  const at = Date.parse(`${written.slice(0, 10)}T${written.slice(11)}${isShort ? ':00' : ''}`)
  if (Number.isNaN(at)) throw new Error(`${written} is not a moment`)
  return at
}

export const instantOrNull = (column: Column | undefined): Instant | null =>
  column === null ? null : instant(column)

/** Writing: numbers, uuids, dates: what needs no quotes in an array. */
export const plainArray = (values: Iterable<string | number>): string =>
  `{${[...values].join(',')}}`

/** Writing: any text in an array. */
export const textArray = (values: Iterable<string>): string =>
  `{${Array.from(values, (value) => `"${value.replaceAll(/["\\]/g, '\\$&')}"`).join(',')}}`

/** Writing: bytes in an array. */
export const bytesArray = (values: Iterable<Uint8Array>): string =>
  `{${Array.from(values, (value) => `"\\\\x${hex(value)}"`).join(',')}}`

const hex = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('hex')

/** Writing: a moment. */
export const timestamp = (at: Instant): string => new Date(at).toISOString()
