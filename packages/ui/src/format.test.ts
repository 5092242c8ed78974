import { beforeAll, afterAll, expect, test, vi } from 'vitest'
import { chooseLanguage, startWords } from './dictionaries.ts'
import { format } from './format.ts'
import { type Language, languages } from './languages.ts'
import { stretchesOf } from './ruby.ts'

beforeAll(async () => {
  vi.stubGlobal('document', { documentElement: { dataset: {} } })
  const noWords = languages.map((it) => [`../words/${it}.json`, async () => ({})] as const)
  await startWords(Object.fromEntries(noWords))
})
afterAll(() => vi.unstubAllGlobals())

const week = [1, 2, 3, 4, 5, 6, 7]

test.each<[Language, string]>([
  ['ja', '月火水木金土日'],
  ['ja-easy', '月(げつ)火(か)水(すい)木(もく)金(きん)土(ど)日(にち)'],
  ['en', 'MonTueWedThuFriSatSun'],
  ['zh-Hans', '周一周二周三周四周五周六周日'],
  ['ko', '월화수목금토일'],
])('the days of the week in %s are %s', async (language, names) => {
  await chooseLanguage(language)
  expect(week.map((day) => format.weekday(day)).join('')).toBe(names)
})

test('in easy Japanese every kanji of a date has its reading', async () => {
  await chooseLanguage('ja-easy')
  expect(format.day('2027-02-14')).toBe('2月(がつ)14日(にち)(日(にち))')
  expect(format.day('2027-02-15')).toBe('2月(がつ)15日(にち)(月(げつ))')
  const bare = [1, 2, 3, 4, 5, 6, 7]
    .map((day) => format.day(`2027-03-0${day}`))
    .flatMap((text) => stretchesOf(text))
    .filter(({ text, reading }) => reading === undefined && /\p{sc=Han}/u.test(text))
  expect(bare).toEqual([])
})
