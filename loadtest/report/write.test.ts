import { expect, test } from 'vitest'
import type { Results } from './results.ts'
import { fillTables } from './write.ts'

/** Results of which the tests need only some; every scenario has none unless it is given. */
const resultsOf = (given: Readonly<Record<string, readonly unknown[]>> = {}): Results => ({
  all: Object.values(given).flat() as unknown as Results['all'],
  of: (scenario) => (given[scenario] ?? []) as never,
})

const marked = (name: string): string => `before\n<!-- table: ${name} -->\nold\n<!-- end -->\nafter`

const wallet = (ratio: number) => ({
  name: 'hot-wallet',
  scenario: 'hot-wallet',
  line: `x ${ratio} | as measured`,
  numbers: { ratio },
})

test('a table stands where its marker is, and nothing else is touched', () => {
  const filled = fillTables(marked('lines'), resultsOf({ 'hot-wallet': [wallet(1.5)] }))
  expect(filled).toBe(
    'before\n<!-- table: lines -->\n\n| run | result |\n| --- | --- |\n' +
      '| hot-wallet | x 1.5 \\| as measured |\n\n<!-- end -->\nafter',
  )
  expect(fillTables(filled, resultsOf({ 'hot-wallet': [wallet(1.5)] }))).toBe(filled)
})

test('what was not measured is said to be so, and a table that is none is a mistake', () => {
  expect(fillTables(marked('soak'), resultsOf())).toContain('(not measured yet)')
  expect(() => fillTables(marked('soap'), resultsOf())).toThrow('no table soap')
})

test('a target is met by the best of its runs, and missed in bold letters', () => {
  const row = (ratios: readonly number[]): string | undefined =>
    fillTables(marked('targets'), resultsOf({ 'hot-wallet': ratios.map(wallet) }))
      .split('\n')
      .find((line) => line.includes('one wallet is hammered'))
  expect(row([2.5, 2])).toBe(
    '| p99 of others while one wallet is hammered | <= 2 x | 2.5, 2 | yes |',
  )
  expect(row([2.5, 2.01])).toContain('| **no** |')
})
