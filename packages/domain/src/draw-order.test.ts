import { Buffer } from 'node:buffer'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareCodePoints, positionOf, sortById } from './draw-order.ts'

const text = fc.string({ unit: 'grapheme', maxLength: 6 })

test('the order by code point is the order of the UTF-8 bytes', () => {
  fc.assert(
    fc.property(text, text, (a, b) => {
      const bytes = Buffer.compare(Buffer.from(a), Buffer.from(b))
      expect(Math.sign(compareCodePoints(a, b))).toBe(bytes)
    }),
    { numRuns: 500 },
  )
})

test.each([
  ['A10', 'A2', 'numbers in ids are text'],
  ['A', 'A1', 'the shorter comes first'],
  ['Z', 'a', 'no locale'],
  [
    'ｱ',
    '𠮷',
    'a code point above U+FFFF comes after U+FF71, though its first code unit is smaller',
  ],
  ['\ue000', '\u{10000}', 'the edge: the first private character and the first pair'],
  ['\ud7ff', '\ue000', 'both sides of the surrogates'],
  ['𠮷', '𠮸', 'two pairs'],
])('%s before %s: %s', (a, b) => {
  expect(compareCodePoints(a, b)).toBeLessThan(0)
  expect(compareCodePoints(b, a)).toBeGreaterThan(0)
  expect(compareCodePoints(a, a)).toBe(0)
})

test('a list in order is not copied, another is sorted and left as it was', () => {
  const inOrder = [{ id: 'A' }, { id: 'B' }, { id: 'ｱ' }, { id: '𠮷' }]
  expect(sortById(inOrder)).toBe(inOrder)
  const backwards = inOrder.toReversed()
  expect(sortById(backwards)).toEqual(inOrder)
  expect(backwards[0]).toEqual({ id: '𠮷' })
})

test('every id is found at its place, and no other', () => {
  const ids = ['A', 'B', 'C1', 'ｱ', '𠮷']
  for (const [at, id] of ids.entries()) expect(positionOf(ids, id)).toBe(at)
  for (const id of ['', 'AA', 'C', 'Z', '𠮸']) expect(positionOf(ids, id)).toBe(-1)
  expect(positionOf([], 'A')).toBe(-1)
})
