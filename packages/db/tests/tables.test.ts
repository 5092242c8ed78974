import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { generateTables } from '../generate/tables.ts'
import { testDatabase, type TestDatabase } from '../src/testing.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase({ partitioned: true })
})
afterAll(() => database.drop())

const src = fileURLToPath(new URL('../src/', import.meta.url))

test('the committed table types are those of the live schema (npm run types -w @minnaken/db)', async () => {
  const committed = new Map<string, string>()
  for (const path of [
    'tables.ts',
    ...(await readdir(`${src}tables`)).map((name) => `tables/${name}`),
  ])
    committed.set(path, await readFile(`${src}${path}`, 'utf8'))
  const live = await generateTables(database.owner)
  expect(Object.fromEntries(committed)).toEqual(Object.fromEntries(live))
})
