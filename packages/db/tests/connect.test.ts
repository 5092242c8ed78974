import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '../src/testing.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())

const valueOf = async (expression: string): Promise<unknown> => {
  const { rows } = await sql<{ value: unknown }>`select ${sql.raw(expression)} as value`.execute(
    database.owner,
  )
  return rows[0]?.value
}

test.each([
  ['9007199254740991::int8', 9007199254740991],
  ['-9007199254740991::int8', -9007199254740991],
  ['sum(x::int8) from generate_series(1, 3) x', 6],
  ['12.5::numeric', 12.5],
  ['array_agg(x::int8) from generate_series(1, 3) x', [1, 2, 3]],
  [`array['2026-01-31'::date, null]`, ['2026-01-31', null]],
  [`'2026-01-31'::date`, '2026-01-31'],
  [`'2026-01-31T09:00:00+09'::timestamptz`, new Date('2026-01-31T00:00:00Z')],
])('%s arrives as %o', async (expression, value) => {
  const [head = '', tail] = expression.split(' from ')
  expect(await valueOf(tail === undefined ? head : `(select ${head} from ${tail})`)).toEqual(value)
})

test.each([
  '9007199254740992::int8',
  '-9007199254740992::int8',
  '9007199254740993::numeric',
  'array[9007199254740993]::int8[]',
  `'NaN'::numeric`,
])('%s is an error, not a rounded number', async (expression) => {
  await expect(valueOf(expression)).rejects.toThrow(/beyond the numbers that are exact/)
  expect(await valueOf('1')).toBe(1)
})
