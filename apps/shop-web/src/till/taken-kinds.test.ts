import { expect, test } from 'vitest'
import { takenKinds } from './taken-kinds.ts'

test('a kind that one of several campaigns has taken is taken, and told once', () => {
  const kinds = [
    { kind: 'COMMON', isTaken: true },
    { kind: 'LIMITED', isTaken: true },
    { kind: 'LIMITED', isTaken: false },
  ]
  expect(takenKinds(kinds)).toEqual(kinds.slice(0, 2))
  expect(takenKinds([])).toEqual([])
})
