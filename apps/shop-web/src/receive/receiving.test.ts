import { expect, test } from 'vitest'
import type { Payment, Taken } from './payment.ts'
import { type Happened, type Receiving, received, start } from './receiving.ts'

const code = { kind: 'payment', code: 'CODE' } as const
const taken = { amountYen: 800 } as Taken
const refused = {
  kind: 'refused',
  problem: { code: 'balance_too_small', status: 409, title: 'いいえ', titleEn: 'No' },
} as const

const after = (...happened: readonly Happened[]): Receiving => happened.reduce(received, start)

const paymentIn = (state: Receiving): Payment => {
  if (!('payment' in state)) throw new Error(`${state.kind} has no payment`)
  return state.payment
}

const asked = after(
  { kind: 'typed', yen: 800 },
  { kind: 'amount_done', at: 1 },
  { kind: 'read', read: code, at: 2 },
)

test('with the amount typed the camera opens, and the code that it reads is sent at once', () => {
  expect(after({ kind: 'typed', yen: 800 }, { kind: 'amount_done', at: 1 })).toMatchObject({
    kind: 'code',
    yen: 800,
    by: 'camera',
  })
  expect(asked).toEqual({
    kind: 'asking',
    payment: { code: 'CODE', yen: 800, since: 2 },
    isUnknown: false,
  })
})

test('a code that is read first waits for its amount', () => {
  const held = after({ kind: 'code_first' }, { kind: 'read', read: code, at: 1 })
  expect(held).toEqual({ kind: 'amount', yen: 0, code: 'CODE' })
  const typed = received(held, { kind: 'typed', yen: 500 })
  expect(received(typed, { kind: 'amount_done', at: 3 })).toEqual({
    kind: 'asking',
    payment: { code: 'CODE', yen: 500, since: 3 },
    isUnknown: false,
  })
})

test('without an amount nothing is asked', () => {
  expect(after({ kind: 'amount_done', at: 1 })).toEqual(start)
})

test('a code of another company leaves the camera open and says whose it is', () => {
  const foreign = { kind: 'foreign', service: 'PayPay' } as const
  const state = after(
    { kind: 'typed', yen: 800 },
    { kind: 'amount_done', at: 1 },
    { kind: 'read', read: foreign, at: 2 },
  )
  expect(state).toEqual({ kind: 'code', yen: 800, by: 'camera', not: foreign, except: null })
  expect(received(state, { kind: 'read', read: code, at: 3 })).toMatchObject({ kind: 'asking' })
})

test('while the service is asked, nothing but its answer leads on', () => {
  const doubted = received(asked, { kind: 'in_doubt', payment: paymentIn(asked) })
  for (const state of [asked, doubted])
    for (const happened of [
      { kind: 'typed', yen: 1 },
      { kind: 'amount_done', at: 9 },
      { kind: 'code_first' },
      { kind: 'read', read: code, at: 9 },
      { kind: 'another_code' },
      { kind: 'take_less', yen: 1, at: 9 },
      { kind: 'back' },
      { kind: 'next' },
    ] as const)
      expect(received(state, happened)).toBe(state)
})

test('the answer to another payment is not the answer to this one', () => {
  const other = { ...paymentIn(asked) }
  expect(received(asked, { kind: 'settled', payment: other, settled: refused })).toBe(asked)
})

test('a payment that is taken is shown until the next one', () => {
  const state = received(asked, {
    kind: 'settled',
    payment: paymentIn(asked),
    settled: { kind: 'taken', taken },
  })
  expect(state).toMatchObject({ kind: 'taken', taken })
  expect(received(state, { kind: 'read', read: code, at: 9 })).toBe(state)
  expect(received(state, { kind: 'next' })).toBe(start)
})

test('after a refusal the same code may pay less, another code the same, or nothing', () => {
  const state = received(asked, {
    kind: 'settled',
    payment: paymentIn(asked),
    settled: refused,
  })
  expect(received(state, { kind: 'take_less', yen: 300, at: 7 })).toEqual({
    kind: 'asking',
    payment: { code: 'CODE', yen: 300, since: 7 },
    isUnknown: false,
  })
  expect(received(state, { kind: 'another_code' })).toMatchObject({ kind: 'code', yen: 800 })
  expect(received(state, { kind: 'back' })).toEqual({ kind: 'amount', yen: 800, code: null })
})

test('what an earlier visit left in doubt comes before anything else, in doubt', () => {
  const payment = { code: 'CODE', yen: 800, since: 0 }
  expect(after({ kind: 'resumed', payment })).toEqual({
    kind: 'asking',
    payment: { ...payment, wasSent: true },
    isUnknown: true,
  })
})

test('a refused code that is still before the camera is not asked about again', () => {
  const state = received(asked, { kind: 'settled', payment: paymentIn(asked), settled: refused })
  const again = received(state, { kind: 'another_code' })
  expect(received(again, { kind: 'read', read: code, at: 9 })).toBe(again)
  const fresh = { kind: 'payment', code: 'FRESH' } as const
  expect(received(again, { kind: 'read', read: fresh, at: 9 })).toMatchObject({ kind: 'asking' })
})

test('the number of a refused code that is typed again is asked about again', () => {
  const state = received(asked, { kind: 'settled', payment: paymentIn(asked), settled: refused })
  const again = received(state, { kind: 'another_code' })
  const typed = received(again, { kind: 'by', by: 'number' })
  expect(received(typed, { kind: 'read', read: code, at: 9 })).toMatchObject({
    kind: 'asking',
    payment: { code: 'CODE', yen: 800, since: 9 },
  })
  const camera = received(typed, { kind: 'by', by: 'camera' })
  expect(received(camera, { kind: 'read', read: code, at: 9 })).toBe(camera)
})
