import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Lot } from './lot.ts'
import { refusalOrder } from './redemption-refusal.ts'
import type { RedemptionFacts } from './redemption.ts'
import { decideRedemption } from './redemption.ts'
import { yen } from './yen.ts'

type RefusalKind = (typeof refusalOrder)[number]
type Fault = (before: RedemptionFacts) => RedemptionFacts

const NOW = Date.parse('2027-03-10T12:00:00+09:00')
const DAY = 86_400_000

const lot: Lot = {
  lotId: 'lot-1',
  campaignId: 'MIRAI2026',
  kind: 'COMMON',
  remaining: yen(6_000),
  expiresAt: NOW + DAY,
  use: { from: NOW - DAY, until: NOW + DAY },
  acceptedBy: ['SMALL', 'LARGE'],
  perCodeYenMax: yen(50_000),
  minYen: yen(1),
}
const faultless: RedemptionFacts = {
  amount: yen(1_000),
  lots: [lot],
  shop: { kind: 'active', shopClass: 'SMALL' },
  till: { revokedAt: null, expiresAt: null },
  device: { revokedAt: null },
  wallet: { stoppedAt: null },
  codeIssuedAt: NOW,
  confirmed: false,
  decidedAt: NOW,
}

const onLots =
  (change: Partial<Lot>): Fault =>
  (before) => ({ ...before, lots: before.lots.map((each) => ({ ...each, ...change })) })

/** How to add each fault to facts that may already have others. */
const faults: Record<RefusalKind, Fault> = {
  shop_suspended: (f) => ({ ...f, shop: { kind: 'suspended', shopClass: 'SMALL', since: 1 } }),
  shop_left: (f) => ({ ...f, shop: { kind: 'left', shopClass: 'SMALL', since: 1 } }),
  till_revoked: (f) => ({ ...f, till: { ...f.till, revokedAt: 1 } }),
  till_expired: (f) => ({ ...f, till: { ...f.till, expiresAt: NOW } }),
  device_revoked: (f) => ({ ...f, device: { revokedAt: 1 } }),
  wallet_stopped: (f) => ({ ...f, wallet: { stoppedAt: 1 } }),
  campaign_closed: onLots({ expiresAt: NOW }),
  code_expired: (f) => ({ ...f, codeIssuedAt: NOW - DAY }),
  code_not_yet_valid: (f) => ({ ...f, codeIssuedAt: NOW + DAY }),
  amount_too_small: onLots({ minYen: yen(1_001) }),
  confirmation_needed: onLots({ perCodeYenMax: yen(999) }),
  balance_too_small: onLots({ remaining: yen(10) }),
}

/** A shop is in one state, and a code is not both too old and too new. */
const exclusive = new Set(['shop_suspended shop_left', 'code_expired code_not_yet_valid'])

const pairs = refusalOrder
  .flatMap((earlier, at) => refusalOrder.slice(at + 1).map((later) => ({ earlier, later })))
  .filter(({ earlier, later }) => !exclusive.has(`${earlier} ${later}`))

const kindOf = (facts: RedemptionFacts) => {
  const decision = decideRedemption(facts)
  return decision.kind === 'refused' ? decision.refusal.kind : 'accepted'
}

describe('the order of refusals', () => {
  test('is the order of the rules: stopped, window, code, amount, balance', () => {
    expect(refusalOrder).toEqual([
      'shop_suspended',
      'shop_left',
      'till_revoked',
      'till_expired',
      'device_revoked',
      'wallet_stopped',
      'campaign_closed',
      'code_expired',
      'code_not_yet_valid',
      'amount_too_small',
      'confirmation_needed',
      'balance_too_small',
    ])
  })

  test('without a fault the payment is accepted', () => {
    expect(kindOf(faultless)).toBe('accepted')
  })

  test.for(refusalOrder.map((kind) => ({ kind })))('$kind alone is reported', ({ kind }) => {
    expect(kindOf(faults[kind](faultless))).toBe(kind)
  })

  test.for(pairs)('$earlier is reported before $later', ({ earlier, later }) => {
    expect(kindOf(faults[later](faults[earlier](faultless)))).toBe(earlier)
    expect(kindOf(faults[earlier](faults[later](faultless)))).toBe(earlier)
  })

  test('of any set of faults the first is reported', () => {
    fc.assert(
      fc.property(fc.subarray([...refusalOrder], { minLength: 1 }), (kinds) => {
        const possible = kinds.filter((kind, at) => !exclusive.has(`${kinds[at - 1]} ${kind}`))
        const faulty = possible.reduce((before, kind) => faults[kind](before), faultless)
        expect(kindOf(faulty)).toBe(possible[0])
      }),
      { numRuns: 500 },
    )
  })
})
