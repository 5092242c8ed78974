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
  numbers: { ratio, asked: 100, sent: 100 },
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

const rowsOf = (given: Readonly<Record<string, readonly unknown[]>>): string[][] =>
  fillTables(marked('targets'), resultsOf(given))
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.slice(2, -2).split(' | '))

test('every run is judged by what it measured itself: none is lent the numbers of another', () => {
  const met = (run: string) =>
    Object.fromEntries(rowsOf(storms).flatMap((row) => (row[0] === run ? [[row[1], row[4]]] : [])))
  const storm = (
    name: string,
    { people, size, ...ours }: { ratio: number; errors: number; people: number; size?: object },
  ) => ({
    name,
    numbers: {
      size: { rate: 10, quiet: 2, seconds: 5, after: 3, ...size },
      ours: {
        ...ours,
        payments: people,
        asked: 100,
        withoutRetryAfter: 0,
        sale: { people, findings: [] },
      },
    },
  })
  const storms = {
    'sale-storm': [
      storm('first', { ratio: 1.1, errors: 3, people: 100 }),
      storm('second', { ratio: 1.9, errors: 0, people: 98 }),
      storm('tried', { ratio: 1, errors: 0, people: 100, size: { sale: 'A=1' } }),
    ],
  }
  expect(met('first')).toMatchObject({
    'p99 of payments in the storm, of that in the quiet': 'yes',
    'payments that failed in the storm': '**no**',
    'people of the storm who really came': 'yes',
    'payments at the tills really sent, of those asked': 'yes',
  })
  expect(met('second')).toMatchObject({
    'p99 of payments in the storm, of that in the quiet': '**no**',
    'payments that failed in the storm': 'yes',
    'people of the storm who really came': '**no**',
    'payments at the tills really sent, of those asked': '**no**',
  })
  // What was tried to find out why is not the product, and is not judged.
  expect(met('tried')).toEqual({})
})

test('the best of the rounds is what has to be fast; sent and taken is asked of every round', () => {
  const round = { asked: 100, sent: 100, taken: 100, dropped: 0, told: { missed: 0 } }
  const metOf = (rounds: readonly unknown[], min: number) =>
    rowsOf({ peak: [{ name: 'peak', numbers: { p99: { median: 60, min, max: 90 }, rounds } }] })
      .filter(([run]) => run === 'peak')
      .map((row) => row[4])
  expect(metOf([round, round], 49)).toEqual(['yes', 'yes', 'yes', 'yes', 'yes'])
  const late = { ...round, sent: 98, taken: 97, dropped: 1, told: { missed: 1 } }
  expect(metOf([round, late], 50)).toEqual(['**no**', '**no**', '**no**', '**no**', '**no**'])
})

test('overload is judged by its worst load', () => {
  const step = {
    asked: 100,
    sentPerSecond: 100,
    unknown: 0,
    recoveredAfterMs: 5_000,
    refused: { latency: { p99: 49 }, withoutRetryAfter: 0 },
  }
  const bad = {
    asked: 100,
    sentPerSecond: 98,
    unknown: 1,
    recoveredAfterMs: null,
    refused: { latency: { p99: 50 }, withoutRetryAfter: 1 },
  }
  const metOf = (steps: readonly unknown[], kept: number) =>
    rowsOf({ overload: [{ name: 'overload', numbers: { kept, steps } }] })
      .filter(([run]) => run === 'overload')
      .map((row) => row[4])
  expect(metOf([step, step], 0.8)).toEqual(Array.from({ length: 6 }, () => 'yes'))
  expect(metOf([bad, step], 0.79)).toEqual(Array.from({ length: 6 }, () => '**no**'))
})

test('a scenario that was not measured says so among the targets', () => {
  const rows = rowsOf({ 'hot-wallet': [wallet(2)] })
  expect(rows).toContainEqual(['compare', 'not measured', '', '', ''])
  expect(rows.find(([run]) => run === 'hot-wallet')?.[4]).toBe('yes')
})
