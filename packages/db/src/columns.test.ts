import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesArray, instant, instantOrNull, plainArray, text, textArray } from './columns.ts'

test.each([
  ['2027-03-10 03:00:00+00', Date.UTC(2027, 2, 10, 3)],
  ['2027-03-10 03:00:00.123456+00', Date.UTC(2027, 2, 10, 3, 0, 0, 123)],
  ['2027-03-10 12:00:00.5+09', Date.UTC(2027, 2, 10, 3, 0, 0, 500)],
  ['2027-03-10 08:30:00+05:30', Date.UTC(2027, 2, 10, 3)],
])('%s is read as the moment it is', (written, at) => {
  expect(instant(written)).toBe(at)
})

test('what is no moment, and a column that is empty, is no value', () => {
  expect(() => instant('infinity')).toThrow('is not a moment')
  expect(() => text(null)).toThrow('a column is empty')
  expect(() => instantOrNull(undefined)).toThrow('a column is empty')
  expect(instantOrNull(null)).toBeNull()
})

test('arrays are written as PostgreSQL reads them', () => {
  expect(plainArray([1, 2])).toBe('{1,2}')
  expect(plainArray([])).toBe('{}')
  expect(textArray(['a', 'b,"c\\', ''])).toBe('{"a","b,\\"c\\\\",""}')
  expect(bytesArray([Uint8Array.of(0, 255), Uint8Array.of()])).toBe('{"\\\\x00ff","\\\\x"}')
})

test('any text in an array comes out of its quotes as it was', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (values) => {
      const written = textArray(values)
      const read = [...written.matchAll(/"((?:[^"\\]|\\.)*)"/gs)].map(([, inner = '']) =>
        inner.replaceAll(/\\(.)/gs, '$1'),
      )
      expect(read).toEqual(values)
    }),
    { numRuns: 200 },
  )
})
