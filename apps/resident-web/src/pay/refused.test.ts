import { expect, test } from 'vitest'
import { refusalOf } from './refused.ts'

const problem = (code: string, data: object = {}) => ({
  code,
  status: 409,
  title: '',
  titleEn: '',
  ...data,
})

test('a payment that is too much is told what would work and what has to be paid otherwise', () => {
  const refused = problem('balance_too_small', {
    spendableYen: 800,
    here: [{ kind: 'COMMON', yen: 800 }],
    elsewhere: [
      { kind: 'LIMITED', yen: 600, acceptedBy: ['SMALL'] },
      { kind: 'LIMITED', yen: 100, acceptedBy: ['SMALL'] },
    ],
  })
  expect(refusalOf(refused, 1_200)).toEqual({
    kind: 'too_much',
    worksYen: 800,
    restYen: 400,
    here: ['COMMON'],
    elsewhere: ['LIMITED'],
  })
})

test('where nothing can be spent, no smaller amount is proposed', () => {
  const refused = problem('balance_too_small', { spendableYen: 0, here: [], elsewhere: [] })
  expect(refusalOf(refused, 500)).toEqual({ kind: 'nothing_here', elsewhere: [] })
})

test('a kind of which nothing is left is not named', () => {
  const refused = problem('balance_too_small', {
    spendableYen: 0,
    here: [],
    elsewhere: [{ kind: 'LIMITED', yen: 0 }],
  })
  expect(refusalOf(refused, 500)).toEqual({ kind: 'nothing_here', elsewhere: [] })
})

test('a payment that is too little is told the smallest', () => {
  expect(refusalOf(problem('amount_too_small', { minYen: 500 }), 3)).toEqual({
    kind: 'too_little',
    minYen: 500,
  })
})

test('any other refusal stays what it is', () => {
  const refused = problem('shop_suspended')
  expect(refusalOf(refused, 500)).toEqual({
    kind: 'other',
    words: 'shop_suspended',
    problem: refused,
  })
  const unheardOf = problem('something_new')
  expect(refusalOf(unheardOf, 500)).toEqual({ kind: 'other', words: null, problem: unheardOf })
})
