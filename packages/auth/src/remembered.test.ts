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

test('what is known already pushes nothing out, and forgetting goes on where it stopped', () => {
  const memory = new Remembered<number, number>(3)
  for (const key of [1, 2, 3]) memory.set(key, key)
  memory.set(2, 20)
  expect([1, 2, 3].map((key) => memory.get(key))).toEqual([1, 20, 3])
  for (let key = 4; key <= 1_000; key++) memory.set(key, key)
  expect([996, 997, 998, 999, 1_000].map((key) => memory.get(key))).toEqual([
    undefined,
    undefined,
    998,
    999,
    1_000,
  ])
})
