import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { languages } from '../src/languages.ts'
import { withoutReadings } from '../src/ruby.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const homes = ['packages/ui', 'apps/resident-web', 'apps/shop-web'] as const

type Home = (typeof homes)[number]

const dictionaryOf = (home: Home, language: string) =>
  JSON.parse(readFileSync(join(root, home, `words/${language}.json`), 'utf8')) as Record<
    string,
    string
  >

/** What a screen asks for: `units_one` and `units_other` are both `units`. */
const baseOf = (key: string): string => key.replace(/_(one|other)$/, '')

const basesOf = (home: Home, language: string): string[] =>
  [...new Set(Object.keys(dictionaryOf(home, language)).map(baseOf))].toSorted()

const placesOf = (text: string): string[] =>
  [...new Set(text.match(/\{\{\w+\}\}/g) ?? [])].toSorted()

const sources = homes
  .flatMap((home) =>
    readdirSync(join(root, home, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.test.ts'))
      .map((path) => readFileSync(join(root, home, 'src', path), 'utf8')),
  )
  .join('\n')

const named = new Set([...sources.matchAll(/'([a-z][\w.-]*)'/g)].map(([, key]) => key))
/** `pay.refused.${code}` uses every key that begins so. */
const begun = [...sources.matchAll(/`([a-z][\w-]*\.[\w.-]*)\$\{/g)].map(([, head = '']) => head)

const isUsed = (key: string): boolean =>
  named.has(key) || begun.some((head) => key.startsWith(head))

describe.each(homes)('the words of %s', (home) => {
  test('are there in five languages and no other', () => {
    expect(readdirSync(join(root, home, 'words')).toSorted()).toEqual(
      languages.map((language) => `${language}.json`).toSorted(),
    )
  })

  test.each(languages)('in %s: none is missing, none is too many, none is empty', (language) => {
    expect(basesOf(home, language)).toEqual(basesOf(home, 'ja'))
    for (const text of Object.values(dictionaryOf(home, language))) expect(text.trim()).not.toBe('')
  })

  test.each(languages)(
    'in %s: each plural has every form that its grammar asks for',
    (language) => {
      const { pluralCategories } = new Intl.PluralRules(
        language === 'ja-easy' ? 'ja' : language,
      ).resolvedOptions()
      const keys = Object.keys(dictionaryOf(home, language))
      for (const key of keys.filter((it) => baseOf(it) !== it))
        for (const category of pluralCategories)
          expect(keys).toContain(`${baseOf(key)}_${category}`)
    },
  )

  test.each(languages)('in %s: the same values are named', (language) => {
    const inJapanese = new Map<string, string[]>()
    for (const [key, text] of Object.entries(dictionaryOf(home, 'ja')))
      inJapanese.set(baseOf(key), placesOf(text))
    for (const [key, text] of Object.entries(dictionaryOf(home, language)))
      expect([key, placesOf(text)]).toEqual([key, inJapanese.get(baseOf(key))])
  })

  test('each is used', () => {
    expect(basesOf(home, 'ja').filter((key) => !isUsed(key))).toEqual([])
  })

  test('those of an app do not take the name of a shared one', () => {
    const isShared = (key: string) => key.startsWith('ui.')
    const wrong = basesOf(home, 'ja').filter((key) => isShared(key) !== (home === 'packages/ui'))
    expect(wrong).toEqual([])
  })

  test('in easy Japanese every kanji has its reading', () => {
    const bare = Object.entries(dictionaryOf(home, 'ja-easy')).filter(([, text]) =>
      /\p{sc=Han}/u.test(withoutKanji(text)),
    )
    expect(bare).toEqual([])
  })

  test.each(['en', 'zh-Hans', 'ko'])('in %s there is no kana', (language) => {
    const wrong = Object.entries(dictionaryOf(home, language)).filter(([, text]) =>
      /[\p{sc=Hiragana}\p{sc=Katakana}]/u.test(text.replaceAll('みんな券', '')),
    )
    expect(wrong).toEqual([])
  })
})

/** A text of easy Japanese without the kanji that have a reading. */
const withoutKanji = (text: string): string =>
  text.replaceAll(/[\p{sc=Han}々〆ヶ]+[(（][\p{sc=Hiragana}ー]+[)）]/gu, '')

test('a kanji without its reading is noticed', () => {
  expect(withoutKanji('支払(しはら)い')).toBe('い')
  expect(withoutKanji('支払い(しはらい)')).toMatch(/\p{sc=Han}/u)
  expect(withoutReadings('支払(しはら)い')).toBe('支払い')
})

/** What a small phone gives all tabs together, without their edges, in letters of 4.5 % of it. */
const lettersBeside = (tabs: number): number => (320 / tabs - 4) / (320 * 0.045)

/** Latin letters are about half as wide as those of the East. */
const lettersIn = (text: string): number =>
  Array.from(withoutReadings(text), (it) => (it.charCodeAt(0) < 0x100 ? 0.6 : 1)).reduce(
    (sum, width) => sum + width,
    0,
  )

describe.each(['apps/resident-web', 'apps/shop-web'] as const)('the tabs of %s', (home) => {
  test.each(languages)('in %s: stand side by side, each in one line', (language) => {
    const tabs = Object.entries(dictionaryOf(home, language)).filter(([key]) =>
      key.startsWith('tab.'),
    )
    const words = tabs.map(([, text]) => text)
    const tooLong = words.filter((text) => lettersIn(text) > lettersBeside(words.length))
    expect(tooLong).toEqual([])
  })
})
