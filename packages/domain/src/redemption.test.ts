import { describe, expect, test } from 'vitest'
import type { Lot } from './lot.ts'
import type { RedemptionFacts } from './redemption.ts'
import { decideRedemption, previewSplit } from './redemption.ts'
import { yen } from './yen.ts'

const NOW = Date.parse('2027-03-10T12:00:00+09:00')
const DAY = 86_400_000

const common: Lot = {
  lotId: 'lot-common',
  campaignId: 'MIRAI2026',
  kind: 'COMMON',
  remaining: yen(6_000),
  expiresAt: NOW + 60 * DAY,
  use: { from: NOW - 30 * DAY, until: NOW + 60 * DAY },
  acceptedBy: ['SMALL', 'LARGE', 'MEDICAL', 'TAXI'],
  perCodeYenMax: yen(50_000),
  minYen: yen(1),
}
const limited: Lot = {
  ...common,
  lotId: 'lot-limited',
  kind: 'LIMITED',
  remaining: yen(6_500),
  acceptedBy: ['SMALL'],
}

const facts = (changes: Partial<RedemptionFacts> = {}): RedemptionFacts => ({
  amount: yen(1_000),
  lots: [common, limited],
  shop: { kind: 'active', shopClass: 'SMALL' },
  till: { revokedAt: null, expiresAt: null },
  device: { revokedAt: null },
  wallet: { stoppedAt: null },
  codeIssuedAt: NOW,
  confirmed: false,
  decidedAt: NOW,
  ...changes,
})
const large = { kind: 'active', shopClass: 'LARGE' } as const
const refusalOf = (changes: Partial<RedemptionFacts>) => {
  const decision = decideRedemption(facts(changes))
  return decision.kind === 'refused' ? decision.refusal : null
}

describe('what is spent', () => {
  test('a small shop takes 限定券 before 共通券', () => {
    expect(decideRedemption(facts({ amount: yen(7_000) }))).toEqual({
      kind: 'accepted',
      takes: [
        {
          lotId: 'lot-limited',
          campaignId: 'MIRAI2026',
          kind: 'LIMITED',
          yen: 6_500,
          remaining: 0,
        },
        {
          lotId: 'lot-common',
          campaignId: 'MIRAI2026',
          kind: 'COMMON',
          yen: 500,
          remaining: 5_500,
        },
      ],
    })
  })

  test('a large shop takes 共通券 only', () => {
    const decision = decideRedemption(facts({ amount: yen(6_000), shop: large }))
    expect(decision).toMatchObject({
      kind: 'accepted',
      takes: [{ lotId: 'lot-common', yen: 6_000, remaining: 0 }],
    })
  })

  test('vouchers that expire first go first, whatever their kind', () => {
    const ending = { ...common, lotId: 'lot-ending', expiresAt: NOW + DAY, remaining: yen(300) }
    const decision = decideRedemption(facts({ lots: [common, limited, ending] }))
    expect(decision).toMatchObject({ takes: [{ lotId: 'lot-ending' }, { lotId: 'lot-limited' }] })
  })

  test('empty lots, ended lots and lots of a campaign that has not begun are passed over', () => {
    const lots = [
      { ...limited, lotId: 'empty', remaining: yen(0) },
      { ...limited, lotId: 'ended', expiresAt: NOW },
      { ...limited, lotId: 'too-early', use: { from: NOW + 1, until: NOW + DAY } },
      common,
    ]
    expect(decideRedemption(facts({ lots }))).toMatchObject({ takes: [{ lotId: 'lot-common' }] })
  })

  test('the whole wallet can be spent to the last yen', () => {
    expect(decideRedemption(facts({ amount: yen(12_500) }))).toMatchObject({
      takes: [{ remaining: 0 }, { remaining: 0 }],
    })
  })

  test('the lots that are handed in stay as they are', () => {
    const lots = Object.freeze([common, limited])
    decideRedemption(facts({ lots, amount: yen(7_000) }))
    expect(lots.map((lot) => lot.lotId)).toEqual(['lot-common', 'lot-limited'])
  })

  test.for([0, -1])('an amount of %d is a fault of the caller, not a refusal', (amount) => {
    expect(() => decideRedemption(facts({ amount: yen(amount) }))).toThrow('at least ¥1')
  })

  test('a lot below zero is a fault', () => {
    const lots = [{ ...common, remaining: yen(-1) }, limited]
    expect(() => decideRedemption(facts({ lots }))).toThrow('less than ¥0')
  })
})

describe('what stops a payment', () => {
  test.for<[Partial<RedemptionFacts>, object]>([
    [
      { shop: { kind: 'suspended', shopClass: 'SMALL', since: 5 } },
      { kind: 'shop_suspended', since: 5 },
    ],
    [{ shop: { kind: 'left', shopClass: 'SMALL', since: 6 } }, { kind: 'shop_left', since: 6 }],
    [{ till: { revokedAt: 7, expiresAt: null } }, { kind: 'till_revoked', revokedAt: 7 }],
    [{ till: { revokedAt: null, expiresAt: NOW } }, { kind: 'till_expired', expiresAt: NOW }],
    [{ device: { revokedAt: 8 } }, { kind: 'device_revoked', revokedAt: 8 }],
    [{ wallet: { stoppedAt: 9 } }, { kind: 'wallet_stopped', stoppedAt: 9 }],
  ])('%j is told as %j', ([changes, refusal]) => {
    expect(refusalOf(changes)).toEqual(refusal)
  })

  test('a till works until the moment it expires', () => {
    expect(refusalOf({ till: { revokedAt: null, expiresAt: NOW + 1 } })).toBeNull()
  })
})

describe('the campaign window', () => {
  const after = { ...limited, use: { from: NOW - DAY, until: NOW }, expiresAt: NOW + DAY }
  const before = {
    ...common,
    use: { from: NOW + DAY, until: NOW + 9 * DAY },
    expiresAt: NOW + 5 * DAY,
  }

  test('a wallet whose vouchers are all outside it hears when each campaign’s could be spent', () => {
    const other = { ...after, campaignId: 'MIRAI2025' }
    expect(refusalOf({ lots: [before, other] })).toEqual({
      kind: 'campaign_closed',
      windows: [
        { campaignId: 'MIRAI2026', window: { from: NOW + DAY, until: NOW + 5 * DAY } },
        { campaignId: 'MIRAI2025', window: { from: NOW - DAY, until: NOW } },
      ],
    })
  })

  test('lots of one campaign are told as one window, and empty lots not at all', () => {
    const later = { ...before, lotId: 'later', expiresAt: NOW + 7 * DAY }
    const empty = { ...before, lotId: 'empty', campaignId: 'MIRAI2024', remaining: yen(0) }
    expect(refusalOf({ lots: [before, later, empty] })).toEqual({
      kind: 'campaign_closed',
      windows: [{ campaignId: 'MIRAI2026', window: { from: NOW + DAY, until: NOW + 7 * DAY } }],
    })
  })

  test('one open lot is enough, even where this shop does not take it', () => {
    expect(refusalOf({ lots: [before, limited], shop: large })?.kind).toBe('balance_too_small')
  })

  test('an empty wallet is no closed campaign', () => {
    const lots = [{ ...after, remaining: yen(0) }]
    const nothing = { kind: 'balance_too_small', spendableHere: 0, here: [], elsewhere: [] }
    expect(refusalOf({ lots })).toEqual(nothing)
    expect(refusalOf({ lots: [] })).toEqual(nothing)
  })
})

describe('the minute of a payment code', () => {
  test.for([
    [-5_001, 'code_not_yet_valid'],
    [-5_000, undefined],
    [0, undefined],
    [64_900, undefined],
    [64_999, undefined],
    [65_000, 'code_expired'],
    [65_100, 'code_expired'],
  ] as const)('%d ms after it was signed: %s', ([age, kind]) => {
    expect(refusalOf({ codeIssuedAt: NOW - age })?.kind).toBe(kind)
  })

  test('the answer says from when and until when it could be used', () => {
    expect(refusalOf({ codeIssuedAt: NOW - 70_000 })).toEqual({
      kind: 'code_expired',
      issuedAt: NOW - 70_000,
      validUntil: NOW - 5_000,
    })
    expect(refusalOf({ codeIssuedAt: NOW + 6_000 })).toEqual({
      kind: 'code_not_yet_valid',
      issuedAt: NOW + 6_000,
      validFrom: NOW + 1_000,
    })
  })
})

describe('the limits of an amount', () => {
  const strict = { ...limited, minYen: yen(100), perCodeYenMax: yen(3_000) }

  test('the strictest limit among the lots that count is the limit', () => {
    const lots = [common, strict]
    expect(refusalOf({ lots, amount: yen(99) })).toEqual({ kind: 'amount_too_small', minYen: 100 })
    expect(refusalOf({ lots, amount: yen(3_001) })).toEqual({
      kind: 'confirmation_needed',
      perCodeYenMax: 3_000,
    })
    expect(refusalOf({ lots, amount: yen(100) })).toBeNull()
    expect(refusalOf({ lots, amount: yen(3_000) })).toBeNull()
  })

  test('each limit may come from another lot, in whatever order they are handed in', () => {
    const first = { ...common, minYen: yen(200) }
    const second = { ...limited, perCodeYenMax: yen(2_000) }
    for (const lots of [
      [first, second],
      [second, first],
    ]) {
      expect(refusalOf({ lots, amount: yen(199) })).toMatchObject({ minYen: 200 })
      expect(refusalOf({ lots, amount: yen(2_001) })).toMatchObject({ perCodeYenMax: 2_000 })
    }
  })

  test('lots that this shop does not take set no limit', () => {
    expect(refusalOf({ lots: [strict, common], shop: large, amount: yen(99) })).toBeNull()
    expect(refusalOf({ lots: [strict, common], shop: large, amount: yen(3_001) })).toBeNull()
  })

  test('what the payer has confirmed may be above the limit, not below the minimum', () => {
    expect(refusalOf({ lots: [strict], amount: yen(3_001), confirmed: true })).toBeNull()
    expect(refusalOf({ lots: [strict], amount: yen(99), confirmed: true })?.kind).toBe(
      'amount_too_small',
    )
  })
})

describe('a balance that is too small', () => {
  test('says what would work here, and what is left for other shops', () => {
    expect(refusalOf({ amount: yen(6_001), shop: large })).toEqual({
      kind: 'balance_too_small',
      spendableHere: 6_000,
      here: [{ campaignId: 'MIRAI2026', kind: 'COMMON', yen: 6_000 }],
      elsewhere: [{ campaignId: 'MIRAI2026', kind: 'LIMITED', yen: 6_500, acceptedBy: ['SMALL'] }],
    })
  })

  test('lots of a kind are told as one, and only those that can be spent today', () => {
    const second = { ...limited, lotId: 'second', remaining: yen(500) }
    const ended = { ...limited, lotId: 'ended', expiresAt: NOW }
    const spent = { ...common, lotId: 'spent', remaining: yen(0) }
    const taxi = { ...spent, kind: 'TAXI', acceptedBy: ['TAXI'] }
    const lots = [ended, second, limited, spent, taxi]
    expect(refusalOf({ lots, shop: large })).toEqual({
      kind: 'balance_too_small',
      spendableHere: 0,
      here: [],
      elsewhere: [{ campaignId: 'MIRAI2026', kind: 'LIMITED', yen: 7_000, acceptedBy: ['SMALL'] }],
    })
    expect(refusalOf({ lots, amount: yen(7_001) })).toEqual({
      kind: 'balance_too_small',
      spendableHere: 7_000,
      here: [{ campaignId: 'MIRAI2026', kind: 'LIMITED', yen: 7_000 }],
      elsewhere: [],
    })
  })

  test('what it says would work, works', () => {
    const refusal = refusalOf({ amount: yen(20_000) })
    expect(refusal).toMatchObject({ kind: 'balance_too_small', spendableHere: 12_500 })
    expect(refusalOf({ amount: yen(12_500) })).toBeNull()
  })
})

describe('the preview', () => {
  test('shows by kind what the payment would take', () => {
    const second = { ...limited, lotId: 'second', remaining: yen(200) }
    expect(previewSplit(facts({ lots: [second, limited, common], amount: yen(7_000) }))).toEqual({
      kind: 'accepted',
      split: [
        { campaignId: 'MIRAI2026', kind: 'LIMITED', yen: 6_700 },
        { campaignId: 'MIRAI2026', kind: 'COMMON', yen: 300 },
      ],
    })
  })

  test('refuses what the payment would refuse, in the same words', () => {
    const short = facts({ amount: yen(20_000) })
    expect(previewSplit(short)).toEqual(decideRedemption(short))
  })
})
