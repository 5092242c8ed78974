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

test('who finds too many waiting is turned away in rounds too, and nobody waits for them', async () => {
  const done: string[] = []
  const begin = inRounds(2, 3)
  const come = (n: number): void =>
    begin(
      () => done.push(`${n}`),
      () => done.push(`no ${n}`),
    )
  for (let n = 0; n < 12; n++) come(n)
  expect(done).toEqual(['0', '1'])
  await nextTurn()
  expect(done.slice(2)).toEqual(['2', '3', 'no 5', 'no 6', 'no 7', 'no 8'])
  // There is room again.
  come(12)
  await nextTurn()
  expect(done.slice(8)).toEqual(['4', '12', 'no 9', 'no 10', 'no 11'])
  await nextTurn()
  come(13)
  expect(done.at(-1)).toBe('13')
})

test('while the last are turned away the next can begin', async () => {
  const done: string[] = []
  const begin = inRounds(1, 0)
  const come = (n: number): void =>
    begin(
      () => done.push(`${n}`),
      () => done.push(`no ${n}`),
    )
  for (let n = 0; n < 6; n++) come(n)
  await nextTurn()
  expect(done).toEqual(['0', 'no 1', 'no 2'])
  come(6)
  expect(done.at(-1)).toBe('6')
  await nextTurn()
  await nextTurn()
  expect(done.slice(4)).toEqual(['no 3', 'no 4', 'no 5'])
})
