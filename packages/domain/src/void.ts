import { assert, unreachable } from './assert.ts'
import type { Instant } from './time.ts'
import type { Yen } from './yen.ts'
import { minYen, yen } from './yen.ts'

/** What a redemption took from one lot, and what earlier voids have given back to it. */
export type TakeToVoid = Readonly<{
  lotId: string
  kind: string
  yen: Yen
  returned: Yen
  /** When the lot's vouchers expire. */
  expiresAt: Instant
}>

export type VoidFacts = Readonly<{
  /** `takes` in the order in which the lots were spent. */
  redemption: Readonly<{ amount: Yen; decidedAt: Instant; takes: readonly TakeToVoid[] }>
  /** How much goes back; `whole` is everything that earlier voids have left. */
  amount: Yen | 'whole'
  by: 'staff' | 'owner' | 'federation'
  /** Whether the settlement run of the redemption's period has closed. */
  periodClosed: boolean
  now: Instant
}>

/** Why a void is refused, with what a screen needs to say who or what would work. */
export type VoidRefusal =
  /** Earlier voids have given everything back. */
  | Readonly<{ kind: 'nothing_left' }>
  /** It would return value to vouchers that ended then. `returnable` would still work. */
  | Readonly<{ kind: 'voucher_ended'; endedAt: Instant; returnable: Yen }>
  /** The shop's list is already with the settlement: the federation can void. */
  | Readonly<{ kind: 'period_closed' }>
  /** The federation corrects only what is closed: until then the shop's owner can void. */
  | Readonly<{ kind: 'period_open' }>
  /** Staff had until then: the shop's owner can void. */
  | Readonly<{ kind: 'staff_window_over'; until: Instant }>
  /** More than the redemption has left. `left` would work. */
  | Readonly<{ kind: 'void_exceeds'; left: Yen }>

/**
 * The order in which reasons are looked for: first what nobody can cure, then what another
 * person can, last what another amount can. When several apply, the first here is the answer.
 */
export const voidRefusalOrder = [
  'nothing_left',
  'voucher_ended',
  'period_closed',
  'period_open',
  'staff_window_over',
  'void_exceeds',
] as const satisfies readonly VoidRefusal['kind'][]

export type VoidReturn = Readonly<{ lotId: string; kind: string; yen: Yen }>

export type VoidDecision =
  | Readonly<{ kind: 'accepted'; yen: Yen; returns: readonly VoidReturn[] }>
  | Readonly<{ kind: 'refused'; refusal: VoidRefusal }>

/** How long the person at the till may undo what was just taken. */
export const STAFF_VOID_MS = 15 * 60_000

/**
 * Decides whether a redemption, or a part of it, is taken back, and to which vouchers it goes.
 *
 * Staff may within 15 minutes; the shop's owner until the period's run closes; after that only
 * the federation. Value goes back to the lots it came from, the last one taken first, and never
 * more than was taken. After the vouchers' last day it is refused, whoever asks. When several
 * reasons against it apply, the answer is the first in `voidRefusalOrder`.
 */
export function decideVoid(facts: VoidFacts): VoidDecision {
  const { amount, redemption, now } = facts
  assert(amount === 'whole' || amount > 0, 'a void moves at least ¥1')

  const left = leftOf(redemption)
  if (left === 0) return refused({ kind: 'nothing_left' })

  const wanted = amount === 'whole' ? left : amount
  const ended = endedAmong(redemption.takes, now)
  if (ended && wanted > ended.returnable) return refused({ kind: 'voucher_ended', ...ended })

  const barrier = barrierFor(facts)
  if (barrier) return refused(barrier)
  if (wanted > left) return refused({ kind: 'void_exceeds', left })

  return { kind: 'accepted', yen: wanted, returns: returnsTo(redemption.takes, wanted) }
}

const refused = (refusal: VoidRefusal): VoidDecision => ({ kind: 'refused', refusal })

function leftOf({ amount, takes }: VoidFacts['redemption']): Yen {
  let taken = 0
  let left = 0
  for (const take of takes) {
    assert(take.returned >= 0 && take.returned <= take.yen, 'a lot gets back at most what it gave')
    taken += take.yen
    left += take.yen - take.returned
  }
  assert(taken === amount, 'the vouchers taken add up to the amount')
  return yen(left)
}

/**
 * The first lot, going back from the last taken, that has ended with something to give back;
 * and what can go back before it is reached.
 */
function endedAmong(takes: readonly TakeToVoid[], now: Instant) {
  let returnable = 0
  for (const take of takes.toReversed()) {
    if (take.returned === take.yen) continue
    if (now >= take.expiresAt) return { endedAt: take.expiresAt, returnable: yen(returnable) }
    returnable += take.yen - take.returned
  }
  return null
}

/** Whether this person may not void at this time. */
function barrierFor({ by, periodClosed, redemption, now }: VoidFacts): VoidRefusal | null {
  switch (by) {
    case 'federation':
      return periodClosed ? null : { kind: 'period_open' }
    case 'owner':
      return periodClosed ? { kind: 'period_closed' } : null
    case 'staff': {
      if (periodClosed) return { kind: 'period_closed' }
      const until = redemption.decidedAt + STAFF_VOID_MS
      return now >= until ? { kind: 'staff_window_over', until } : null
    }
    default:
      return unreachable(by)
  }
}

/** Gives back lot by lot, the last taken first, until the amount is returned. */
function returnsTo(takes: readonly TakeToVoid[], amount: Yen): readonly VoidReturn[] {
  const returns: VoidReturn[] = []
  let left: Yen = amount
  for (const take of takes.toReversed()) {
    const back = minYen(left, yen(take.yen - take.returned))
    if (back === 0) continue
    returns.push({ lotId: take.lotId, kind: take.kind, yen: back })
    left = yen(left - back)
    if (left === 0) break
  }
  assert(left === 0, 'what goes back adds up to the void')
  return returns
}
