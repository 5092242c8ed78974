import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = new URL('../../..', import.meta.url)
const read = (path: string): string => readFileSync(fileURLToPath(new URL(path, root)), 'utf8')

const wordsIn = (language: string): readonly string[] =>
  ['apps/resident-web', 'apps/shop-web', 'packages/ui'].flatMap((home) =>
    Object.values<string>(JSON.parse(read(`${home}/words/${language}.json`))),
  )

const between = (text: string, from: string, until: string): string =>
  text.slice(text.indexOf(from), text.indexOf(until))

test('the buttons that the README leads a newcomer to are called so on the screens', () => {
  const steps = between(read('README.md'), '**A payment in two windows', 'The same by commands')
  const names = [...steps.matchAll(/(?<!\*)\*([^*\n]+)\*(?!\*)/g)].map(([, name = '']) => name)
  expect(names.length).toBeGreaterThan(10)
  // Pay … by card: an amount stands between.
  const shown = new Set(wordsIn('en').map((words) => words.replaceAll(/\{\{\w+\}\}/g, '…')))
  expect(names.filter((name) => !shown.has(name))).toEqual([])
})
