import { twoWordsOf } from '@minnaken/qr'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { beforeAll, expect, test, vi } from 'vitest'
import { startWords } from './dictionaries.ts'
import { ResultScreen } from './result-screen.tsx'

beforeAll(async () => {
  vi.stubGlobal('document', { documentElement: { dataset: {} } })
  vi.stubGlobal('navigator', { languages: ['ja'] })
  await startWords({ '../words/ja.json': async () => ({}) })
})

const attributeOf = (page: string, name: string): readonly string[] =>
  new RegExp(`<h1[^>]* ${name}="([^"]*)"`).exec(page)?.[1]?.split(' ') ?? []

/** What is read from the place of that id on. */
const textFrom = (page: string, id: string): string =>
  page
    .split(` id="${id}"`)
    .slice(1)
    .join()
    .replace(/^[^>]*>/, '')
    .replaceAll(/<[^>]*>/g, '')

const words = twoWordsOf(new Uint8Array(32))
const names = words.map(({ ja }) => ja).join('・')

const resultPage = (): string =>
  renderToStaticMarkup(
    createElement(
      ResultScreen,
      { kind: 'success', title: '支払いました', yen: 800, words },
      'みらい商店',
    ),
  )

test('a result is called by what happened, the amount and the two words, in this order', () => {
  const page = resultPage()
  const [title = '', yen = '', both = '', ...others] = attributeOf(page, 'aria-labelledby')
  expect(textFrom(page, title)).toMatch(/^支払いました/)
  expect(textFrom(page, yen)).toMatch(/^800円/)
  expect(textFrom(page, both)).toContain(names)
  expect(textFrom(page, both)).not.toContain('支払いました')
  expect(others).toEqual([])
})

test('what else it says is said after that', () => {
  const page = resultPage()
  const [more = '', ...others] = attributeOf(page, 'aria-describedby')
  expect(textFrom(page, more)).toBe('みらい商店')
  expect(others).toEqual([])
})
