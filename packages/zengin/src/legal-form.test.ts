import { expect, test } from 'vitest'
import { suggestLegalForm } from './legal-form.ts'
import { normaliseName } from './name.ts'

test.each([
  ['株式会社ミナト', '株式会社', 'front', 'カ)ミナト'],
  ['ミナト株式会社', '株式会社', 'end', 'ミナト(カ'],
  ['ミナト株式会社シバシテン', '株式会社', 'middle', 'ミナト(カ)シバシテン'],
  ['株式会社　ミナト', '株式会社', 'front', 'カ)ミナト'],
  ['（有）ミナト', '(有)', 'front', 'ユ)ミナト'],
  ['ミナト㈱', '㈱', 'end', 'ミナト(カ'],
  ['一般社団法人ミライ', '一般社団法人', 'front', 'シヤ)ミライ'],
  ['医療法人社団ミライカイ', '医療法人社団', 'front', 'イ)ミライカイ'],
  ['特定非営利活動法人ミライ', '特定非営利活動法人', 'front', 'トクヒ)ミライ'],
  ['株式会社ミナト営業所', '株式会社', 'front', 'カ)ミナト(エイ'],
  ['有限会社港商店', '有限会社', 'front', 'ユ)港商店'],
])('%s has %s in %s place: %s', (name, form, place, suggestion) => {
  expect(suggestLegalForm(name)).toEqual({ kind: 'found', form, place, suggestion })
})

test.each([
  ['ミライ農業協同組合連合会', 'ミライノウキヨウレン', 'the longest term counts'],
  [
    'ミライ商店街協同組合',
    'ミライ商店街キヨウクミ',
    'kanji stay: their reading is the shop’s to say',
  ],
])('%s is shortened without a bracket: %s (%s)', (name, suggestion) => {
  expect(suggestLegalForm(name)).toEqual({ kind: 'found', form: null, place: null, suggestion })
})

test('a name without a legal form has nothing to shorten', () => {
  expect(suggestLegalForm('ミナト')).toEqual({ kind: 'none' })
  expect(suggestLegalForm('商店街振興組合ミナト')).toEqual({ kind: 'none' })
})

test('a name with two legal forms is for a person to decide', () => {
  expect(suggestLegalForm('株式会社ミナト有限会社')).toEqual({
    kind: 'ambiguous',
    forms: ['株式会社', '有限会社'],
  })
})

test('a suggestion with a kanji left in it is refused by the normaliser, not read', () => {
  const found = suggestLegalForm('株式会社港')
  expect(found.kind === 'found' && normaliseName(found.suggestion)).toMatchObject({
    error: 'not_permitted',
    character: 'U+6E2F 港',
  })
})
