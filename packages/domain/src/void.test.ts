import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TakeToVoid, VoidFacts } from './void.ts'
import { decideVoid, STAFF_VOID_MS, voidRefusalOrder } from './void.ts'
import { yen } from './yen.ts'

const SOLD = Date.parse('2027-03-10T12:00:00+09:00')
const DAY = 86_400_000

const take = (lotId: string, taken: number, changes: Partial<TakeToVoid> = {}): TakeToVoid => ({
  lotId,
  kind: 'COMMON',
  yen: yen(taken),
  returned: yen(0),
  expiresAt: SOLD + 60 * DAY,
  ...changes,
})
const facts = (takes: readonly TakeToVoid[], changes: Partial<VoidFacts> = {}): VoidFacts => ({
  redemption: {
    amount: yen(takes.reduce((sum, each) => sum + each.yen, 0)),
    decidedAt: SOLD,
    takes,
  },
  amount: 'whole',
  by: 'owner',
  periodClosed: false,
  now: SOLD + 60_000,
  ...changes,
})
const three = [take('first', 500, { kind: 'LIMITED' }), take('second', 300), take('third', 200)]

/** The takes as they stand after a void, when it is accepted. */
const afterVoid = (takes: readonly TakeToVoid[], amount: VoidFacts['amount']) => {
  const decision = decideVoid(facts(takes, { amount }))
  const returns = decision.kind === 'accepted' ? decision.returns : []
  return takes.map((each) => {
    const back = returns.find(({ lotId }) => lotId === each.lotId)
    return { ...each, returned: yen(each.returned + (back?.yen ?? 0)) }
  })
}

describe('what goes back', () => {
  test('the whole redemption goes back to the lots it came from, the last taken first', () => {
    expect(decideVoid(facts(three))).toEqual({
      kind: 'accepted',
      yen: 1_000,
      returns: [
        { lotId: 'third', kind: 'COMMON', yen: 200 },
        { lotId: 'second', kind: 'COMMON', yen: 300 },
        { lotId: 'first', kind: 'LIMITED', yen: 500 },
      ],
    })
  })

  test('a part goes back to the last lots only', () => {
    expect(decideVoid(facts(three, { amount: yen(250) }))).toMatchObject({
      yen: 250,
      returns: [
        { lotId: 'third', yen: 200 },
        { lotId: 'second', yen: 50 },
      ],
    })
  })

  test('what earlier voids gave back does not go back again', () => {
    const after = [
      take('first', 500),
      take('second', 300, { returned: yen(50) }),
      take('third', 200, { returned: yen(200) }),
    ]
    expect(decideVoid(facts(after))).toMatchObject({
      yen: 750,
      returns: [
        { lotId: 'second', yen: 250 },
        { lotId: 'first', yen: 500 },
      ],
    })
    expect(decideVoid(facts(after, { amount: yen(751) }))).toEqual({
      kind: 'refused',
      refusal: { kind: 'void_exceeds', left: 750 },
    })
  })

  test('any sequence of voids returns at most the whole, to each lot at most what it gave', () => {
    const amounts = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 6 })
    const voids = fc.array(
      fc.oneof(
        { weight: 5, arbitrary: fc.integer({ min: 1, max: 150 }) },
        fc.constant('whole' as const),
      ),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(amounts, voids, (taken, wishes) => {
        let takes = taken.map((value, at) => take(`lot-${at}`, value))
        const whole = taken.reduce((sum, value) => sum + value, 0)
        let returned = 0
        for (const wish of wishes) {
          const amount = wish === 'whole' ? wish : yen(wish)
          const decision = decideVoid(facts(takes, { amount }))
          const left = whole - returned
          expect(decision.kind).toBe(
            left > 0 && (wish === 'whole' || wish <= left) ? 'accepted' : 'refused',
          )
          if (decision.kind === 'refused') continue
          expect(decision.yen).toBe(wish === 'whole' ? left : wish)
          expect(decision.returns.reduce((sum, each) => sum + each.yen, 0)).toBe(decision.yen)
          expect(decision.returns.every((each) => each.yen > 0)).toBe(true)
          takes = afterVoid(takes, amount)
          returned += decision.yen
          expect(takes.every((each) => each.returned <= each.yen)).toBe(true)
          // Last taken first: before a lot that is not yet whole again, nothing has gone back.
          const open = takes.findLastIndex((each) => each.returned < each.yen)
          expect(takes.slice(0, Math.max(open, 0)).every((each) => each.returned === 0)).toBe(true)
        }
        expect(returned).toBeLessThanOrEqual(whole)
      }),
      { numRuns: 300 },
    )
  })

  test('a void in parts returns the same to each lot as one void of their sum', () => {
    const amounts = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(amounts, fc.nat(), fc.nat(), (taken, a, b) => {
        const whole = taken.reduce((sum, value) => sum + value, 0)
        fc.pre(whole > 1)
        const first = 1 + (a % (whole - 1))
        const second = 1 + (b % (whole - first))
        const takes = taken.map((value, at) => take(`lot-${at}`, value))
        const inParts = afterVoid(afterVoid(takes, yen(first)), yen(second))
        expect(inParts).toEqual(afterVoid(takes, yen(first + second)))
      }),
      { numRuns: 300 },
    )
  })

  test.for([0, -1])('a void of %d is a fault of the caller, not a refusal', (amount) => {
    expect(() => decideVoid(facts(three, { amount: yen(amount) }))).toThrow('at least ¥1')
  })

  test('takes that do not add up to the redemption are a fault', () => {
    const { redemption } = facts(three)
    const wrong = { ...redemption, amount: yen(999) }
    expect(() => decideVoid(facts(three, { redemption: wrong }))).toThrow('add up')
  })

  test('a lot that got back more than it gave is a fault', () => {
    const wrong = [take('first', 500, { returned: yen(501) }), take('second', 300)]
    expect(() => decideVoid(facts(wrong))).toThrow('at most what it gave')
  })
})

describe('who may void, and when', () => {
  const last = SOLD + STAFF_VOID_MS
  test.for([
    { by: 'staff', periodClosed: false, now: last - 1, kind: 'accepted' },
    { by: 'staff', periodClosed: false, now: last, kind: 'staff_window_over' },
    { by: 'staff', periodClosed: true, now: last - 1, kind: 'period_closed' },
    { by: 'owner', periodClosed: false, now: SOLD + 9 * DAY, kind: 'accepted' },
    { by: 'owner', periodClosed: true, now: SOLD + 9 * DAY, kind: 'period_closed' },
    { by: 'federation', periodClosed: true, now: SOLD + 9 * DAY, kind: 'accepted' },
    { by: 'federation', periodClosed: false, now: SOLD + 60_000, kind: 'period_open' },
  ] as const)('$by, period closed $periodClosed, at $now: $kind', ({ kind, ...changes }) => {
    const decision = decideVoid(facts(three, changes))
    expect(decision.kind === 'refused' ? decision.refusal.kind : decision.kind).toBe(kind)
  })

  test('staff hear until when they could', () => {
    expect(decideVoid(facts(three, { by: 'staff', now: last }))).toEqual({
      kind: 'refused',
      refusal: { kind: 'staff_window_over', until: SOLD + 15 * 60_000 },
    })
  })
})

describe('after the vouchers’ last day', () => {
  const by = ['staff', 'owner', 'federation'] as const
  test.for(by.flatMap((who) => [true, false].map((periodClosed) => ({ by: who, periodClosed }))))(
    'nothing goes back, whoever asks: $by, period closed $periodClosed',
    (changes) => {
      const takes = [take('first', 100, { expiresAt: SOLD + DAY })]
      expect(decideVoid(facts(takes, { ...changes, now: SOLD + DAY }))).toEqual({
        kind: 'refused',
        refusal: { kind: 'voucher_ended', endedAt: SOLD + DAY, returnable: 0 },
      })
    },
  )

  const mixed = [take('ended', 500, { expiresAt: SOLD + DAY }), take('lasting', 300)]
  const now = SOLD + DAY

  test('a void that would reach an ended lot says what would still work, and it works', () => {
    const refusal = { kind: 'voucher_ended', endedAt: SOLD + DAY, returnable: 300 }
    for (const amount of ['whole', yen(301), yen(900)] as const)
      expect(decideVoid(facts(mixed, { amount, now }))).toEqual({ kind: 'refused', refusal })
    expect(decideVoid(facts(mixed, { amount: yen(300), now }))).toMatchObject({
      kind: 'accepted',
      returns: [{ lotId: 'lasting', yen: 300 }],
    })
  })

  test('what a lasting lot got back already does not go back to an ended one in its place', () => {
    const returned = [
      take('ended', 500, { expiresAt: now }),
      take('lasting', 300, { returned: yen(100) }),
    ]
    expect(decideVoid(facts(returned, { amount: yen(200), now }))).toMatchObject({
      kind: 'accepted',
      returns: [{ lotId: 'lasting', yen: 200 }],
    })
    expect(decideVoid(facts(returned, { amount: yen(201), now }))).toEqual({
      kind: 'refused',
      refusal: { kind: 'voucher_ended', endedAt: now, returnable: 200 },
    })
  })

  test('the last moment of the last day is not after it', () => {
    expect(decideVoid(facts(mixed, { now: now - 1 }))).toMatchObject({ kind: 'accepted', yen: 800 })
  })

  test('it tells the end of the vouchers that are still to be returned', () => {
    const returned = [
      take('first', 500, { expiresAt: SOLD + DAY }),
      take('second', 300, { expiresAt: SOLD + 2 * DAY, returned: yen(300) }),
    ]
    expect(decideVoid(facts(returned, { now: SOLD + 3 * DAY }))).toMatchObject({
      refusal: { kind: 'voucher_ended', endedAt: SOLD + DAY, returnable: 0 },
    })
  })

  test('an ended lot that already got everything back does not stand in the way', () => {
    const returned = [
      take('ended', 500, { expiresAt: now, returned: yen(500) }),
      take('lasting', 300),
    ]
    expect(decideVoid(facts(returned, { now }))).toMatchObject({ kind: 'accepted', yen: 300 })
  })
})

type Fault = (before: VoidFacts) => VoidFacts
const onTakes =
  (change: (each: TakeToVoid) => Partial<TakeToVoid>): Fault =>
  (before) => ({
    ...before,
    redemption: {
      ...before.redemption,
      takes: before.redemption.takes.map((each) => ({ ...each, ...change(each) })),
    },
  })

describe('the order of refusals', () => {
  const faults: Record<(typeof voidRefusalOrder)[number], Fault> = {
    nothing_left: onTakes((each) => ({ returned: each.yen })),
    voucher_ended: onTakes(() => ({ expiresAt: SOLD })),
    period_closed: (f) => ({
      ...f,
      by: f.by === 'federation' ? 'owner' : f.by,
      periodClosed: true,
    }),
    period_open: (f) => ({ ...f, by: 'federation', periodClosed: false }),
    staff_window_over: (f) => ({ ...f, by: 'staff', now: SOLD + STAFF_VOID_MS }),
    void_exceeds: (f) => ({ ...f, amount: yen(1_001) }),
  }
  /** Each says who asks and whether the period is closed, so these two exclude each other. */
  const exclusive = new Set(['period_closed period_open', 'period_open staff_window_over'])
  const pairs = voidRefusalOrder
    .flatMap((earlier, at) => voidRefusalOrder.slice(at + 1).map((later) => ({ earlier, later })))
    .filter(({ earlier, later }) => !exclusive.has(`${earlier} ${later}`))

  test('is: what nobody can cure, what another person can, what another amount can', () => {
    expect(voidRefusalOrder).toEqual([
      'nothing_left',
      'voucher_ended',
      'period_closed',
      'period_open',
      'staff_window_over',
      'void_exceeds',
    ])
  })

  test.for(voidRefusalOrder.map((kind) => ({ kind })))('$kind alone is reported', ({ kind }) => {
    expect(decideVoid(faults[kind](facts(three)))).toMatchObject({ refusal: { kind } })
  })

  test.for(pairs)('$earlier is reported before $later', ({ earlier, later }) => {
    for (const both of [
      faults[later](faults[earlier](facts(three))),
      faults[earlier](faults[later](facts(three))),
    ])
      expect(decideVoid(both)).toMatchObject({ refusal: { kind: earlier } })
  })
})
