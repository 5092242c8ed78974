import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  decideSecondSaleOrder,
  decideWinOrder,
  lapsesAt,
  type OrderState,
  releaseWin,
  type Sale,
  secondSaleCapLeft,
  type Stock,
  type Win,
} from './order.ts'
import { decideFailure, decidePayment, type OrderSource } from './order-payment.ts'

const day = 86_400_000
const pay = { from: 0, until: 14 * day }
const resale = { from: 17 * day, until: 24 * day }
const caps = { secondSale: 2, person: 5 }

type Order = { person: number; sale: Sale; units: number; state: OrderState; placedAt: number }

/** A sale that does only what the rules decide: the code under test. */
type Market = {
  now: number
  total: number
  unsold: number
  wins: Win[]
  stock: Stock
  wasReleased: boolean
  orders: Order[]
  seqs: number[]
}

const open = ({ won, unsold }: { won: number[]; unsold: number }): Market => ({
  now: 0,
  total: won.reduce((sum, each) => sum + each, unsold),
  unsold,
  wins: won.map((units) => ({ won: units, reserved: 0, paid: 0, released: 0 })),
  stock: { free: 0, seq: 0 },
  wasReleased: false,
  orders: [],
  seqs: [],
})

const isCounted = ({ state }: Order): boolean => state === 'reserved' || state === 'paid'

const unitsOf = (orders: readonly Order[]): number =>
  orders.reduce((units, order) => units + order.units, 0)

const ownedBy = ({ orders }: Market, person: number) => {
  const own = orders.filter((order) => order.person === person && isCounted(order))
  return {
    secondSale: unitsOf(own.filter(({ sale }) => sale === 'second_sale')),
    all: unitsOf(own),
  }
}

const winOf = ({ wins }: Market, person: number): Win => {
  const win = wins[person]
  if (win === undefined) throw new Error('no such person')
  return win
}

const sourceOf = (market: Market, order: Order): OrderSource =>
  order.sale === 'second_sale'
    ? { kind: 'second_sale' }
    : { kind: 'win', win: winOf(market, order.person) }

function keep(market: Market, order: Order, after: { source: OrderSource; stock: Stock }): void {
  if (after.source.kind === 'win') market.wins[order.person] = after.source.win
  market.stock = after.stock
}

type Step = (market: Market) => void

const buyWin =
  (person: number, units: number): Step =>
  (market) => {
    const { now } = market
    const decision = decideWinOrder({ units, win: winOf(market, person), pay, now })
    if (decision.kind === 'refused') return
    market.wins[person] = decision.win
    market.orders.push({ person, sale: 'win', units, state: 'reserved', placedAt: now })
  }

const buyLeftover =
  (person: number, units: number): Step =>
  (market) => {
    const { now, stock, wasReleased } = market
    const owned = ownedBy(market, person)
    const facts = { units, stock, caps, owned, window: resale, wasReleased, now }
    const decision = decideSecondSaleOrder(facts)
    if (decision.kind === 'refused') return
    market.stock = decision.stock
    market.seqs.push(decision.stock.seq)
    const { units: granted } = decision
    market.orders.push({
      person,
      sale: 'second_sale',
      units: granted,
      state: 'reserved',
      placedAt: now,
    })
  }

const hear =
  (which: number, outcome: 'paid' | 'paid_late' | 'declined' | 'lapsed'): Step =>
  (market) => {
    const order = market.orders[which % Math.max(1, market.orders.length)]
    if (order === undefined) return
    const place = { order, source: sourceOf(market, order), stock: market.stock }
    if (outcome === 'declined' || outcome === 'lapsed') {
      const decision = decideFailure(place)
      if (decision.kind === 'nothing_new') return
      keep(market, order, decision)
      order.state = outcome
      return
    }
    const owned = ownedBy(market, order.person)
    const decision = decidePayment({
      ...place,
      payBy: 10,
      paidAt: outcome === 'paid' ? 9 : 10,
      endsAt: Infinity,
      now: market.now,
      capLeft: order.sale === 'win' ? caps.person - owned.all : secondSaleCapLeft(caps, owned),
    })
    if (decision.kind === 'nothing_new') return
    keep(market, order, decision)
    order.state = decision.kind === 'issued' ? 'paid' : 'refund_due'
  }

const release: Step = (market) => {
  if (market.now < pay.until + 2 * day) return
  let back = market.wasReleased ? 0 : market.unsold
  for (const [person, win] of market.wins.entries()) {
    const released = releaseWin(win)
    market.wins[person] = released.win
    back += released.units
  }
  for (const order of market.orders)
    if (order.sale === 'win' && order.state === 'reserved') order.state = 'lapsed'
  market.stock = { ...market.stock, free: market.stock.free + back }
  market.wasReleased = true
}

const lapse: Step = (market) => {
  for (const order of market.orders) {
    const due = lapsesAt({ method: 'card', placedAt: order.placedAt, payBy: 0 })
    if (order.state !== 'reserved' || due > market.now) continue
    const decision = decideFailure({ order, source: sourceOf(market, order), stock: market.stock })
    if (decision.kind === 'nothing_new') continue
    keep(market, order, decision)
    order.state = 'lapsed'
  }
}

const wait =
  (days: number): Step =>
  (market) => {
    market.now += days * day
  }

/** The laws that do not hold, by plain sums over the orders, which know nothing of the counters. */
function brokenLaws(market: Market): string[] {
  const { wins, orders, stock, seqs } = market
  const counted = orders.filter(isCounted)
  const held = (person: number, state: OrderState) =>
    unitsOf(
      orders.filter(
        (order) => order.person === person && order.sale === 'win' && order.state === state,
      ),
    )
  const holds: [string, boolean][] = [
    ['the stock is never below zero', stock.free >= 0],
    ['no more is sold than there is', unitsOf(counted) + stock.free <= market.total],
    ['numbers are gapless', seqs.every((seq, at) => seq === at + 1)],
  ]
  for (const [person, win] of wins.entries()) {
    const owned = ownedBy(market, person)
    holds.push(
      ['reserved units are those of orders', win.reserved === held(person, 'reserved')],
      ['paid units are those of orders', win.paid === held(person, 'paid')],
      ['reserved and paid fit the win', win.reserved + win.paid <= win.won],
      ['and so do the released', win.reserved + win.paid + win.released <= win.won],
      ['no counter is below zero', Math.min(win.reserved, win.paid, win.released) >= 0],
      ['the cap of the second sale holds', owned.secondSale <= caps.secondSale],
      ['the cap of a person holds', owned.all <= caps.person],
    )
  }
  const inWins = wins.reduce((units, { won, released }) => units + won - released, 0)
  const leftovers = unitsOf(counted.filter(({ sale }) => sale === 'second_sale'))
  const notYet = market.wasReleased ? 0 : market.unsold
  holds.push(['every unit is somewhere', inWins + leftovers + stock.free + notYet === market.total])
  return holds.filter(([, isHeld]) => !isHeld).map(([law]) => law)
}

const person = fc.nat({ max: 2 })
const units = fc.integer({ min: 1, max: 4 })
const outcome = fc.constantFrom('paid', 'paid_late', 'declined', 'lapsed')
type NamedStep = { name: string; run: Step }
const heard: fc.Arbitrary<NamedStep> = fc
  .tuple(fc.nat({ max: 20 }), outcome)
  .map(([a, b]) => ({ name: `${a} ${b}`, run: hear(a, b) }))
const anytime: fc.Arbitrary<NamedStep> = fc.oneof(
  heard,
  fc.constant({ name: 'lapse', run: lapse }),
  fc.constant({ name: 'release', run: release }),
  fc.constant({ name: 'wait', run: wait(1) }),
)
const payStep: fc.Arbitrary<NamedStep> = fc.oneof(
  fc.tuple(person, units).map(([a, b]) => ({ name: `win ${a} ${b}`, run: buyWin(a, b) })),
  heard,
  anytime,
)
const resaleStep: fc.Arbitrary<NamedStep> = fc.oneof(
  fc.tuple(person, units).map(([a, b]) => ({ name: `leftover ${a} ${b}`, run: buyLeftover(a, b) })),
  heard,
  anytime,
)
/** Two sales, one after the other, with anything in between. */
const steps = fc
  .tuple(fc.array(payStep, { maxLength: 20 }), fc.array(resaleStep, { maxLength: 30 }))
  .map(([first, second]) => [
    ...first,
    { name: 'wait 17', run: wait(17) },
    { name: 'release', run: release },
    ...second,
  ])
const market = fc.record({
  won: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 3, maxLength: 3 }),
  unsold: fc.nat({ max: 2 }),
})

test('under any sequence reserved + paid fit the win, the stock is not oversold, caps hold', () => {
  const property = fc.property(market, steps, (given, all) => {
    const sale = open(given)
    for (const { run } of all) {
      run(sale)
      expect(brokenLaws(sale)).toEqual([])
    }
  })
  expect(() => fc.assert(property, { numRuns: 500 })).not.toThrow()
})
