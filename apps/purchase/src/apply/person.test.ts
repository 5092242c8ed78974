import { expect, test } from 'vitest'
import { ageOn, householdOf, householdOfOne, personKeyOf } from './person.ts'

const hanako = { name: '未来 花子', birthDate: '1980-04-01', address: 'みらい区中央1-2-3 101号室' }
const keyOf = (given: Partial<typeof hanako>) =>
  personKeyOf({ ...hanako, ...given }).toString('hex')

test.each([
  { why: 'no space in the name', given: { name: '未来花子' } },
  { why: 'a wide space in the name', given: { name: '未来　花子' } },
  { why: 'wide digits in the address', given: { address: 'みらい区中央１−２−３　１０１号室' } },
  { why: 'long vowel marks as dashes', given: { address: 'みらい区中央1ー2ー3 101号室' } },
  { why: 'half-width marks as dashes', given: { address: 'みらい区中央1ｰ2‐3101号室' } },
])('the same person is known with $why', ({ given }) => {
  expect(keyOf(given)).toBe(keyOf({}))
})

test.each([
  { why: 'name', given: { name: '未来 花' } },
  { why: 'birth date', given: { birthDate: '1980-04-02' } },
  { why: 'address', given: { address: 'みらい区中央1-2-3 102号室' } },
])('another $why is another person', ({ given }) => {
  expect(keyOf(given)).not.toBe(keyOf({}))
})

test('a household is an address however it is typed, and names none', () => {
  expect(householdOf('みらい区中央１－２')).toBe(householdOf('みらい区 中央1-2'))
  expect(householdOf('みらい区中央1-2')).toMatch(/^[0-9a-f]{64}$/)
  expect(householdOfOne('1')).not.toBe(householdOfOne('2'))
})

test.each([
  { birthDate: '2000-06-15', today: '2018-06-14', age: 17 },
  { birthDate: '2000-06-15', today: '2018-06-15', age: 18 },
  { birthDate: '2000-02-29', today: '2018-02-27', age: 17 },
  { birthDate: '2000-02-29', today: '2018-02-28', age: 18 },
  { birthDate: '2020-02-29', today: '2020-02-28', age: -1 },
])('somebody born on $birthDate is $age on $today', ({ birthDate, today, age }) => {
  expect(ageOn(birthDate, today)).toBe(age)
})
