import { expect, test } from 'vitest'
import { type Key, pressed, typed } from './keypad-digits.ts'

const type = (...keys: readonly Key[]) => keys.reduce((yen, key) => pressed(yen, key, 50_000), 0)

test.each<[readonly Key[], number]>([
  [['8', '00'], 800],
  [['0', '0', '5'], 5],
  [['1', '2', '3', 'back'], 12],
  [['1', 'back', 'back'], 0],
  [['5', '0', '00', '0'], 50_000],
  [['5', '0', '00', '1'], 5_000],
  [['00'], 0],
])('%j is %i yen', (keys, yen) => {
  expect(type(...keys)).toBe(yen)
})

test('a digit that would be over the limit is not taken, and the ones before stay', () => {
  expect(pressed(5_000, '1', 50_000)).toBe(5_000)
  expect(pressed(5_000, '0', 50_000)).toBe(50_000)
})

test.each([
  ['1,200', 1_200],
  ['８００', 800],
  ['¥800円', 800],
  ['', 0],
  ['-5', 5],
  ['50001', 77],
])('%j typed over 77 yen is %i', (text, yen) => {
  expect(typed(text, 77, 50_000)).toBe(yen)
})
