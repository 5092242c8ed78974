import { type CustomTypesConfig, TypeOverrides, types as driverTypes } from 'pg'

const { builtins } = driverTypes

type Parse = (text: string) => unknown

/** A whole or decimal number of PostgreSQL. Throws when a JavaScript number cannot hold it exactly. */
export function parseExactNumber(text: string): number {
  const value = Number(text)
  if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER)
    throw new RangeError(`${text} is beyond the numbers that are exact here (2^53 - 1)`)
  return value
}

const parseText: Parse = (text) => text

/** Array types by their number in PostgreSQL's catalog, with the parser of an element. */
const arrays: readonly (readonly [number, Parse])[] = [
  [1016, parseExactNumber],
  [1231, parseExactNumber],
  [1182, parseText],
]
/** `text[]`, whose text the others share. */
const TEXT_ARRAY = 1009

/**
 * How values arrive: bigint and numeric as numbers (or an error beyond 2^53 - 1, never a rounded
 * value), a date as its text `YYYY-MM-DD`, a timestamptz as a Date. The same inside arrays.
 */
export function valueTypes(): CustomTypesConfig {
  const types = new TypeOverrides()
  types.setTypeParser(builtins.INT8, parseExactNumber)
  types.setTypeParser(builtins.NUMERIC, parseExactNumber)
  types.setTypeParser(builtins.DATE, parseText)
  const parseTexts = types.getTypeParser(TEXT_ARRAY) as unknown as (text: string) => unknown[]
  for (const [oid, parse] of arrays)
    types.setTypeParser(oid, (text: string) => parseEach(parseTexts(text), parse))
  return types
}

const parseEach = (values: readonly unknown[], parse: Parse): unknown[] =>
  values.map((value) =>
    Array.isArray(value)
      ? parseEach(value, parse)
      : typeof value === 'string'
        ? parse(value)
        : value,
  )
