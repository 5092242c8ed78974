import { expect, test } from 'vitest'
import { stretchesOf, withoutReadings } from './ruby.ts'

test('a reading belongs to the kanji right before it', () => {
  expect(
    stretchesOf('あなたは 商品券(しょうひんけん)を 3口(くち) 買(か)うことが できます。'),
  ).toEqual([
    { text: 'あなたは ' },
    { text: '商品券', reading: 'しょうひんけん' },
    { text: 'を 3' },
    { text: '口', reading: 'くち' },
    { text: ' ' },
    { text: '買', reading: 'か' },
    { text: 'うことが できます。' },
  ])
})

test.each([
  ['2月14日(日)まで', '2月14日(日)まで'],
  ['ミライ(かな)', 'ミライ(かな)'],
  ['店(shop)', '店(shop)'],
])('%j has no reading', (text) => {
  expect(stretchesOf(text)).toEqual([{ text }])
})

test('a label that is heard has the kanji once', () => {
  expect(withoutReadings('お金(かね)を払(はら)う')).toBe('お金を払う')
})
