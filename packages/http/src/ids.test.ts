import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { startIds } from './ids.ts'

test('of ten thousand ids of one moment no two are alike', () => {
  const newId = startIds({ now: () => 1_800_000_000_000, randomBytes })
  const ids = Array.from({ length: 10_000 }, newId)
  expect(new Set(ids).size).toBe(10_000)
  expect(new Set(ids.map((id) => id.slice(0, 13))).size).toBe(1)
})
