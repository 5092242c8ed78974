import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { type NamedTest, readLaws } from '../mutants/laws.ts'
import { mutants } from '../mutants/list.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const laws = readLaws()

test('laws are numbered without a gap', () => {
  expect(laws.map(({ id }) => id)).toEqual(laws.map((_, place) => `L${place + 1}`))
  expect(laws.length).toBeGreaterThan(40)
})

const textOf = (file: string): string => readFileSync(join(root, file), 'utf8')

/** The whole name, as a text of that file: with less of it no test would run. */
const isThere = ({ file, name }: NamedTest): boolean =>
  existsSync(join(root, file)) &&
  ["'", '"', '`'].some((quote) => textOf(file).includes(`${quote}${name}${quote}`))

test.each(laws)('$id ($title) is held by tests that exist', ({ heldBy, seenBy }) => {
  expect(heldBy.length).toBeGreaterThan(0)
  expect([...heldBy, ...seenBy].filter((named) => !isThere(named))).toEqual([])
})

/** They would be run for every break, and are skipped where there is no browser. */
test('tests in real browsers are named apart from those that find breaks', () => {
  const isBrowser = ({ file }: NamedTest): boolean => file.startsWith('apps/cli/tests/browser/')
  expect(laws.flatMap(({ heldBy }) => heldBy).filter(isBrowser)).toEqual([])
  expect(laws.flatMap(({ seenBy }) => seenBy).filter((named) => !isBrowser(named))).toEqual([])
})

test('every law has a break that a test of it must find, and there are more than a hundred', () => {
  const broken = new Set(mutants.map(({ law }) => law))
  expect(laws.map(({ id }) => id).filter((id) => !broken.has(id))).toEqual([])
  expect([...broken].filter((id) => !laws.some((law) => law.id === id))).toEqual([])
  expect(mutants.length).toBeGreaterThan(100)
})

test.each(mutants)('the break of $law in $file is of text that is there once', (mutant) => {
  expect(textOf(mutant.file).split(mutant.from)).toHaveLength(2)
  expect(mutant.to).not.toBe(mutant.from)
})
