import { expect, test } from 'vitest'
import { Remembered } from './remembered.ts'

test('what is remembered is bounded, and the oldest is forgotten first', () => {
  const memory = new Remembered<string, number>(3)
  for (const [place, key] of ['a', 'b', 'c', 'd', 'e'].entries()) memory.set(key, place)
  expect(['a', 'b', 'c', 'd', 'e'].map((key) => memory.get(key))).toEqual([
    undefined,
    undefined,
    2,
    3,
    4,
  ])
})
