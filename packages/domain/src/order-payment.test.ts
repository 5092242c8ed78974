import { describe, expect, test } from 'vitest'
import type { OrderState } from './order.ts'
import { decideFailure, decidePayment, type OrderSource } from './order-payment.ts'

const win = { won: 5, reserved: 2, paid: 0, released: 0 }
const stock = { free: 4, seq: 7 }
const ofWin = (given: Partial<typeof win> = {}): OrderSource => ({
  kind: 'win',
  win: { ...win, ...given },
})
const secondSale: OrderSource = { kind: 'second_sale' }
const times = { paidAt: 1_999, payBy: 2_000, endsAt: 9_000, now: 2_500 }
const inTime = { ...times, stock, capLeft: 5 }
const order = (state: OrderState) => ({ state, units: 2 })

describe('a payment in time', () => {
  test('turns the reserved units of a win into paid ones', () => {
    expect(decidePayment({ ...inTime, order: order('reserved'), source: ofWin() })).toEqual({
      kind: 'issued',
      source: ofWin({ reserved: 0, paid: 2 }),
      stock,
    })
  })

  test('keeps what a reserved order of the second sale took from the stock', () => {
    const facts = { ...inTime, order: order('reserved'), source: secondSale }
    expect(decidePayment(facts)).toEqual({ kind: 'issued', source: secondSale, stock })
  })

  test.each(['declined', 'lapsed'] as const)(
    'of a %s order takes what its win still has',
    (state) => {
      const source = ofWin({ reserved: 0, paid: 3 })
      expect(decidePayment({ ...inTime, order: order(state), source })).toEqual({
        kind: 'issued',
        source: ofWin({ reserved: 0, paid: 5 }),
        stock,
      })
    },
  )

  test('heard after the release takes the units back from the stock', () => {
    const source = ofWin({ reserved: 0, released: 5 })
    expect(decidePayment({ ...inTime, order: order('lapsed'), source })).toEqual({
      kind: 'issued',
      source: ofWin({ reserved: 0, paid: 2, released: 3 }),
      stock: { free: 2, seq: 7 },
    })
  })

  test('of a lapsed order of the second sale takes them from the stock again', () => {
    const facts = { ...inTime, order: order('lapsed'), source: secondSale, capLeft: 2 }
    expect(decidePayment(facts)).toEqual({
      kind: 'issued',
      source: secondSale,
      stock: { free: 2, seq: 7 },
    })
  })

  const released = ofWin({ reserved: 0, released: 5 })
  const usedUp = ofWin({ reserved: 0, paid: 5 })
  test.each([
    { why: 'the win was bought with another order', source: usedUp, reason: 'over_cap' },
    {
      why: 'the person has the cap by now',
      source: released,
      given: { capLeft: 1 },
      reason: 'over_cap',
    },
    {
      why: 'the stock is gone',
      source: released,
      given: { stock: { free: 1, seq: 7 } },
      reason: 'sold_out',
    },
    {
      why: 'the second-sale cap is used',
      source: secondSale,
      given: { capLeft: 1 },
      reason: 'over_cap',
    },
    {
      why: 'the second sale is sold out',
      source: secondSale,
      given: { stock: { free: 1, seq: 7 } },
      reason: 'sold_out',
    },
    {
      why: 'cap and stock are both gone',
      source: secondSale,
      given: { capLeft: 0, stock: { free: 0, seq: 7 } },
      reason: 'over_cap',
    },
  ])('of a lapsed order is a case when $why', ({ source, given, reason }) => {
    const facts = { ...inTime, ...given, order: order('lapsed'), source }
    expect(decidePayment(facts)).toEqual({
      kind: 'refund_due',
      reason,
      source,
      stock: facts.stock,
    })
  })
})

describe('a payment that comes too late', () => {
  test.each([
    { paidAt: 1_999, kind: 'issued' },
    { paidAt: 2_000, kind: 'refund_due' },
  ])('is judged by when it was paid: at $paidAt it is $kind', ({ paidAt, kind }) => {
    const facts = { ...inTime, paidAt, order: order('reserved'), source: ofWin() }
    expect(decidePayment(facts).kind).toBe(kind)
  })

  test('is a case, and the units go back to the win', () => {
    const facts = { ...inTime, paidAt: 2_000, order: order('reserved'), source: ofWin() }
    expect(decidePayment(facts)).toEqual({
      kind: 'refund_due',
      reason: 'paid_late',
      source: ofWin({ reserved: 0 }),
      stock,
    })
  })

  test('for vouchers that have ended is a case, and the stock gets its units back', () => {
    const facts = { ...inTime, now: 9_000, order: order('reserved'), source: secondSale }
    expect(decidePayment(facts)).toEqual({
      kind: 'refund_due',
      reason: 'vouchers_ended',
      source: secondSale,
      stock: { free: 6, seq: 7 },
    })
  })
})

test.each(['paid', 'refund_due', 'refunded'] as const)(
  'an order that is %s stays so, whatever is heard of it again',
  (state) => {
    const place = { order: order(state), source: ofWin({ paid: 2 }), stock }
    expect(decidePayment({ ...inTime, ...place })).toEqual({ kind: 'nothing_new' })
    expect(decideFailure(place)).toEqual({ kind: 'nothing_new' })
  },
)

describe('a payment that fails', () => {
  test('gives reserved units back to the win', () => {
    expect(decideFailure({ order: order('reserved'), source: ofWin(), stock })).toEqual({
      kind: 'given_back',
      source: ofWin({ reserved: 0 }),
      stock,
    })
  })

  test('gives reserved units back to the second sale', () => {
    expect(decideFailure({ order: order('reserved'), source: secondSale, stock })).toEqual({
      kind: 'given_back',
      source: secondSale,
      stock: { free: 6, seq: 7 },
    })
  })

  test.each(['declined', 'lapsed'] as const)('changes nothing for a %s order', (state) => {
    const place = { order: order(state), source: secondSale, stock }
    expect(decideFailure(place)).toEqual({ kind: 'nothing_new' })
  })
})
