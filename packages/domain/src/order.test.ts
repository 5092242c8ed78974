import { describe, expect, test } from 'vitest'
import { campaignOf, changed } from '../tests/_campaign.ts'
import {
  capOfPerson,
  decideSecondSaleOrder,
  decideWinOrder,
  lapsedBefore,
  lapsesAt,
  payByOf,
  releaseRefusal,
  releaseWin,
  secondSaleCapLeft,
} from './order.ts'

const pay = { from: 1_000, until: 2_000 }
const won5 = { won: 5, reserved: 0, paid: 0, released: 0 }
const hour = 3_600_000
const day = 24 * hour

describe('an order for a win', () => {
  test.each([
    { why: 'all of it', units: 5, win: won5, reserved: 5 },
    { why: 'a part of it', units: 2, win: won5, reserved: 2 },
    { why: 'the rest of it', units: 1, win: { ...won5, reserved: 3, paid: 1 }, reserved: 4 },
  ])('$why is reserved', ({ units, win, reserved }) => {
    expect(decideWinOrder({ units, win, pay, now: 1_500 })).toEqual({
      kind: 'reserved',
      win: { ...win, reserved },
    })
  })

  test.each([
    { why: 'more than was won', units: 6, win: won5, unitsLeft: 5 },
    { why: 'more than is left', units: 2, win: { ...won5, reserved: 3, paid: 1 }, unitsLeft: 1 },
    { why: 'what was released', units: 1, win: { ...won5, released: 5 }, unitsLeft: 0 },
    { why: 'nothing was won', units: 1, win: { ...won5, won: 0 }, unitsLeft: 0 },
  ])('$why is refused with what is left', ({ units, win, unitsLeft }) => {
    expect(decideWinOrder({ units, win, pay, now: 1_500 })).toEqual({
      kind: 'refused',
      refusal: { kind: 'units_over_win', unitsLeft, unitsWon: win.won },
    })
  })

  test.each([
    { now: 999, kind: 'pay_not_open' },
    { now: 1_000, kind: undefined },
    { now: 1_999, kind: undefined },
    { now: 2_000, kind: 'pay_over' },
  ])('at $now the payment period answers $kind', ({ now, kind }) => {
    const decision = decideWinOrder({ units: 1, win: won5, pay, now })
    expect(decision.kind === 'refused' ? decision.refusal.kind : undefined).toBe(kind)
  })

  test('a closed period is told before a win that is used up', () => {
    const decision = decideWinOrder({ units: 9, win: won5, pay, now: 2_000 })
    expect(decision).toEqual({ kind: 'refused', refusal: { kind: 'pay_over', closedAt: 2_000 } })
  })
})

describe('an order of the second sale', () => {
  const facts = {
    units: 2,
    stock: { free: 10, seq: 41 },
    caps: { secondSale: 2, person: 5 },
    owned: { secondSale: 0, all: 0 },
    window: pay,
    wasReleased: true,
    now: 1_500,
  }

  test.each([
    { why: 'what is wanted', given: {}, units: 2, free: 8 },
    { why: 'what the stock has', given: { stock: { free: 1, seq: 41 } }, units: 1, free: 0 },
    {
      why: 'what the sale cap leaves',
      given: { owned: { secondSale: 1, all: 1 } },
      units: 1,
      free: 9,
    },
    {
      why: 'what the person cap leaves',
      given: { owned: { secondSale: 0, all: 4 } },
      units: 1,
      free: 9,
    },
  ])('is given $why and the next number', ({ given, units, free }) => {
    expect(decideSecondSaleOrder({ ...facts, ...given })).toEqual({
      kind: 'reserved',
      units,
      stock: { free, seq: 42 },
    })
  })

  const cap = { kind: 'person_cap', secondSaleUnitsMax: 2, unitsMax: 5 }
  test.each([
    {
      why: 'before it opens',
      given: { now: 999 },
      refusal: { kind: 'pay_not_open', opensAt: 1_000, closesAt: 2_000 },
    },
    {
      why: 'when it is over',
      given: { now: 2_000 },
      refusal: { kind: 'pay_over', closedAt: 2_000 },
    },
    {
      why: 'before unpaid wins came back',
      given: { wasReleased: false },
      refusal: { kind: 'second_sale_not_ready' },
    },
    { why: 'at the cap of the sale', given: { owned: { secondSale: 2, all: 2 } }, refusal: cap },
    { why: 'at the cap of a person', given: { owned: { secondSale: 0, all: 5 } }, refusal: cap },
    { why: 'above the cap of a person', given: { owned: { secondSale: 0, all: 7 } }, refusal: cap },
    {
      why: 'when all is sold',
      given: { stock: { free: 0, seq: 41 } },
      refusal: { kind: 'sold_out' },
    },
    {
      why: 'at the cap when all is sold',
      given: { stock: { free: 0, seq: 41 }, owned: { secondSale: 2, all: 2 } },
      refusal: cap,
    },
  ])('is refused $why', ({ given, refusal }) => {
    expect(decideSecondSaleOrder({ ...facts, ...given })).toEqual({ kind: 'refused', refusal })
  })

  test.each([
    { secondSale: 0, all: 0, left: 2 },
    { secondSale: 1, all: 1, left: 1 },
    { secondSale: 0, all: 4, left: 1 },
    { secondSale: 0, all: 6, left: 0 },
    { secondSale: 3, all: 3, left: 0 },
  ])('after $secondSale in it and $all in all, $left are left', ({ left, ...owned }) => {
    expect(secondSaleCapLeft({ secondSale: 2, person: 5 }, owned)).toBe(left)
  })
})

describe('the time of an order', () => {
  const window = { from: 0, until: 14 * day }

  test.each([
    { method: 'card', sale: 'win', placedAt: day, payBy: 14 * day },
    { method: 'slip', sale: 'win', placedAt: day, payBy: 14 * day },
    { method: 'slip', sale: 'second_sale', placedAt: day, payBy: 4 * day },
    { method: 'slip', sale: 'second_sale', placedAt: 13 * day, payBy: 14 * day },
  ] as const)('$method for $sale is paid by the right day', ({ payBy, ...facts }) => {
    expect(payByOf({ ...facts, window })).toBe(payBy)
  })

  test('a slip lapses two days after its last day, a card after half an hour', () => {
    const order = { placedAt: day, payBy: 4 * day }
    expect(lapsesAt({ ...order, method: 'slip' })).toBe(6 * day)
    expect(lapsesAt({ ...order, method: 'card' })).toBe(day + hour / 2)
  })

  test('the orders found as lapsed are those whose moment has come', () => {
    const order = { placedAt: day, payBy: 4 * day }
    const { cardPlacedAt } = lapsedBefore(lapsesAt({ ...order, method: 'card' }))
    const { slipPayBy } = lapsedBefore(lapsesAt({ ...order, method: 'slip' }))
    expect({ cardPlacedAt, slipPayBy }).toEqual({ cardPlacedAt: day, slipPayBy: 4 * day })
  })
})

describe('releasing unpaid wins', () => {
  test.each([
    { win: won5, units: 5 },
    { win: { ...won5, paid: 2, reserved: 3 }, units: 3 },
    { win: { ...won5, paid: 5 }, units: 0 },
    { win: { ...won5, paid: 2, released: 3 }, units: 0 },
  ])('gives back what is not paid, and nothing twice', ({ win, units }) => {
    const released = releaseWin(win)
    expect(released.units).toBe(units)
    expect(released.win).toEqual({
      won: 5,
      paid: win.paid,
      reserved: 0,
      released: win.released + units,
    })
  })

  test('is due two days after the end of the payment period and not before', () => {
    const campaign = campaignOf(changed({}))
    const dueAt = Date.parse('2027-02-17T00:00:00+09:00')
    expect(releaseRefusal(campaign, dueAt - 1)).toEqual({ kind: 'release_not_due', dueAt })
    expect(releaseRefusal(campaign, dueAt)).toBeNull()
  })
})

test('a group may have a cap of its own', () => {
  const inOrder = { algorithm: 'maxmin-v1', groups: 'strict', order: ['RESIDENT', 'WORKER'] }
  const campaign = campaignOf(changed({ allocation: { ...inOrder, groupCaps: { WORKER: 3 } } }))
  expect([null, 'RESIDENT', 'WORKER'].map((group) => capOfPerson(campaign, group))).toEqual([
    5, 5, 3,
  ])
  expect(capOfPerson(campaignOf(changed({})), 'WORKER')).toBe(5)
})
