import { expect, test } from 'vitest'
import { adviceOf } from './refusal-advice.ts'

const no = (code: string, data: object = {}) =>
  ({
    kind: 'refused',
    problem: { ...data, code, status: 409, title: 'いいえ', titleEn: 'No' },
  }) as const

test('what the customer can still spend here is offered, with the same code', () => {
  expect(adviceOf(no('balance_too_small', { spendableYen: 500 }), 800)).toEqual({
    kind: 'take_less',
    yen: 500,
    words: 'balance_too_small',
  })
})

test('nothing is offered where nothing can be spent', () => {
  expect(adviceOf(no('balance_too_small', { spendableYen: 0 }), 800)).toMatchObject({
    kind: 'next',
    words: 'nothing_here',
  })
})

test.each(['code_expired', 'code_not_yet_valid', 'code_foreign', 'code_forged', 'number_unknown'])(
  '%s: another code is asked for',
  (code) => {
    expect(adviceOf(no(code), 800)).toEqual({ kind: 'another_code', words: code })
  },
)

test('a code that has paid at this till is never sent again, and its amount is said', () => {
  expect(adviceOf(no('code_already_used', { amountYen: 700 }), 800)).toEqual({
    kind: 'next',
    words: 'used_here',
    yen: 700,
  })
  expect(adviceOf(no('code_already_used'), 800)).toMatchObject({ kind: 'another_code' })
})

test.each(['till_revoked', 'till_expired', 'sign_in_needed'])(
  '%s: the till joins again',
  (code) => {
    expect(adviceOf(no(code), 800).kind).toBe('join_again')
  },
)

test('what never left the till is sent again as it is', () => {
  expect(adviceOf({ kind: 'offline' }, 800)).toEqual({ kind: 'same_again', words: 'offline' })
})

test.each(['busy', 'too_many_requests', 'service_unreachable'])(
  '%s: the same is sent again, without typing its amount anew',
  (code) => {
    expect(adviceOf(no(code), 800).kind).toBe('same_again')
  },
)

test('what this screen has no words for is told in those of the service', () => {
  expect(adviceOf(no('something_new'), 800)).toEqual({ kind: 'next', words: null })
})
