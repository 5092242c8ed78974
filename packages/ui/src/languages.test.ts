import { expect, test } from 'vitest'
import { langOf, languageFor, languages } from './languages.ts'

test.each([
  [['ja-JP', 'en'], 'ja'],
  [['en-GB'], 'en'],
  [['zh-CN'], 'zh-Hans'],
  [['zh-TW'], 'zh-Hans'],
  [['ko-KR'], 'ko'],
  [['vi-VN', 'ja'], 'ja'],
  [['vi-VN'], 'en'],
  [[], 'en'],
])('whoever reads %j reads %s', (wished, language) => {
  expect(languageFor(wished)).toBe(language)
})

test('every language has a name that a browser knows', () => {
  for (const language of languages)
    expect(Intl.getCanonicalLocales(langOf(language))).toHaveLength(1)
  expect(langOf('ja-easy')).toBe('ja')
})
