import { expect, test } from 'vitest'
import { birthDateOf, type Typed, wrongFields } from './person.ts'

const typed: Typed = {
  units: 2,
  group: 'RESIDENT',
  name: '未来 花子',
  nameKana: 'ミライ ハナコ',
  year: '1951',
  month: '4',
  day: '1',
  address: 'みらい区中央1-2-3',
}

test('a person who is written in full may apply', () => {
  expect(wrongFields(typed)).toEqual([])
})

test('every field that is empty is named', () => {
  const empty = {
    units: 1,
    group: '',
    name: ' ',
    nameKana: '',
    year: '',
    month: '',
    day: '',
    address: '',
  }
  expect(wrongFields(empty)).toEqual(['group', 'name', 'nameKana', 'birthDate', 'address'])
})

test('a reading is in kana of any width', () => {
  for (const nameKana of ['みらい はなこ', 'ﾐﾗｲ ﾊﾅｺ', 'ミライ・ハナコ'])
    expect(wrongFields({ ...typed, nameKana })).toEqual([])
  for (const nameKana of ['未来', 'Mirai'])
    expect(wrongFields({ ...typed, nameKana })).toEqual(['nameKana'])
})

test('a day of birth exists, and may be typed in any width', () => {
  expect(birthDateOf({ year: '１９５１', month: '４', day: '1' })).toBe('1951-04-01')
  expect(birthDateOf({ year: '2000', month: '2', day: '29' })).toBe('2000-02-29')
  expect(birthDateOf({ year: '1999', month: '2', day: '29' })).toBeNull()
  expect(birthDateOf({ year: '1899', month: '12', day: '31' })).toBeNull()
  expect(birthDateOf({ year: '51', month: '4', day: '1' })).toBeNull()
  expect(birthDateOf({ year: '1951', month: '', day: '1' })).toBeNull()
})
