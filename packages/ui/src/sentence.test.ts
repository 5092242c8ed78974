import { expect, test } from 'vitest'
import { sentence } from './sentence.ts'

const dictionary = {
  paid: '{{amount}} at {{shop}}',
  units_one: '{{count}} unit',
  units_other: '{{count}} units',
  words: '{{a}}{{a}}',
}
const say = (key: string, values = {}, lang = 'en') => sentence(dictionary, { key, values, lang })

test('values stand where their names stand', () => {
  expect(say('paid', { amount: '¥800', shop: 'みらい商店' })).toBe('¥800 at みらい商店')
  expect(say('words', { a: '$&' })).toBe('$&$&')
})

test('a value that looks like a place is not filled again', () => {
  expect(say('paid', { amount: '{{shop}}', shop: 'x' })).toBe('{{shop}} at x')
})

test.each([
  [1, 'en', '1 unit'],
  [2, 'en', '2 units'],
  [0, 'en', '0 units'],
  [1, 'ja', '1 units'],
])('the plural of %i in %s is that of its grammar', (count, lang, text) => {
  expect(say('units', { count }, lang)).toBe(text)
})

test('what has no sentence is seen', () => {
  expect(say('nothing.there')).toBe('nothing.there')
})
