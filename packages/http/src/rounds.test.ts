import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { inRounds } from './rounds.ts'

/** Work that notes its number when it begins. */
function roundsOf(most: number) {
  const begun: number[] = []
  const begin = inRounds(most)
  return { begun, come: (n: number) => begin(() => begun.push(n)) }
}

test('so many begin at once, and as many each time around the loop, in the order in which they came', async () => {
  const { begun, come } = roundsOf(3)
  for (let n = 0; n < 8; n++) come(n)
  expect(begun).toEqual([0, 1, 2])
  await nextTurn()
  expect(begun).toEqual([0, 1, 2, 3, 4, 5])
  // Whoever comes while others wait goes behind them.
  come(8)
  expect(begun).toHaveLength(6)
  await nextTurn()
  expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
})

test('while there is no crowd nobody waits', async () => {
  const { begun, come } = roundsOf(2)
  for (let n = 0; n < 10; n += 2) {
    come(n)
    come(n + 1)
    expect(begun).toHaveLength(n + 2)
    await nextTurn()
    await nextTurn()
  }
})
