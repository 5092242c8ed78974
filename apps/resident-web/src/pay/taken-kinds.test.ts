import { expect, test } from 'vitest'
import { takenKinds } from './taken-kinds.ts'

const common = { kind: 'COMMON', isTaken: true }
const limited = { kind: 'LIMITED', isTaken: true }
const not = { isTaken: false }

test.each([
  ['both', [common, limited], 'all'],
  ['the common ones alone', [common, { ...limited, ...not }], 'common_only'],
  [
    'none',
    [
      { ...common, ...not },
      { ...limited, ...not },
    ],
    null,
  ],
  ['nothing, where no campaign runs', [], null],
] as const)('a shop takes %s', (_, kinds, expected) => {
  expect(takenKinds(kinds)).toBe(expected)
})
