import { premiumOfUsed, yen } from '@minnaken/domain'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { account } from './accounts.ts'
import {
  type Leg,
  balancesOf,
  bankFeeLegs,
  expiredPremiumLegs,
  expiryLeg,
  paymentRefundedLegs,
  paymentUnmatchedLegs,
  payoutApprovedLegs,
  payoutReturnedLegs,
  payoutSettledLegs,
  premiumClaimLegs,
  providerPaidLegs,
  redemptionLegs,
  refundLeg,
  refundedPremiumLegs,
  saleLegs,
  saleUndoneLegs,
  voidLegs,
  wardAdvanceReturnedLegs,
  wardAdvanceUsedLegs,
  wardAdvancedLegs,
  wardPaidLegs,
} from './legs.ts'

const part = (kind: string, lotId: string, price: number, face: number) => ({
  kind,
  lotId,
  price: yen(price),
  face: yen(face),
})
const take = (kind: string, lotId: string, amount: number) => ({
  kind,
  lotId,
  campaignId: 'MIRAI2027',
  yen: yen(amount),
})

/** One unit of the campaign that settlement.md takes for its table: 6,000 + 6,500 for 10,000. */
const unit = [part('COMMON', 'c1', 5_000, 6_000), part('LIMITED', 'l1', 5_000, 6_500)]
const sumOf = (takes: readonly { kind: string; yen: number }[], kind?: string): number =>
  takes.reduce((sum, it) => sum + (kind === undefined || it.kind === kind ? it.yen : 0), 0)

const spent = [take('COMMON', 'c1', 700), take('LIMITED', 'l1', 300)]

/** The table of entries: debit +, credit −, an account that is not named stays as it is. */
const entries: readonly (readonly [
  event: string,
  legs: readonly Leg[],
  balances: Readonly<Record<string, number>>,
])[] = [
  [
    'a sale',
    saleLegs('MIRAI2027', unit),
    {
      PSP_RECEIVABLE: 10_000,
      'PREMIUM_COMMITMENT_WARD:COMMON': 1_000,
      'PREMIUM_COMMITMENT_WARD:LIMITED': 1_500,
      'VOUCHER:COMMON': -6_000,
      'VOUCHER:LIMITED': -6_500,
    },
  ],
  [
    'a sale undone',
    saleUndoneLegs('MIRAI2027', unit),
    {
      PSP_RECEIVABLE: -10_000,
      'PREMIUM_COMMITMENT_WARD:COMMON': -1_000,
      'PREMIUM_COMMITMENT_WARD:LIMITED': -1_500,
      'VOUCHER:COMMON': 6_000,
      'VOUCHER:LIMITED': 6_500,
    },
  ],
  [
    'a payment without vouchers',
    paymentUnmatchedLegs(yen(10_000)),
    { PSP_RECEIVABLE: 10_000, REFUND_PAYABLE: -10_000 },
  ],
  [
    'its refund',
    paymentRefundedLegs(yen(10_000)),
    { PSP_RECEIVABLE: -10_000, REFUND_PAYABLE: 10_000 },
  ],
  [
    'the payment company pays out',
    providerPaidLegs(yen(9_970), yen(30)),
    { BANK: 9_970, PSP_FEE: 30, PSP_RECEIVABLE: -10_000 },
  ],
  [
    'a redemption',
    redemptionLegs('100001', spent),
    { 'VOUCHER:COMMON': 700, 'VOUCHER:LIMITED': 300, 'SHOP_PAYABLE:100001': -1_000 },
  ],
  [
    'a void of it',
    voidLegs('100001', spent),
    { 'VOUCHER:COMMON': -700, 'VOUCHER:LIMITED': -300, 'SHOP_PAYABLE:100001': 1_000 },
  ],
  [
    'a payout with its fee',
    payoutApprovedLegs('100001', yen(990), yen(10)),
    { 'SHOP_PAYABLE:100001': 1_000, PAYOUT_IN_TRANSIT: -990, REDEMPTION_FEE_INCOME: -10 },
  ],
  [
    'a fee that is given back where voids outweigh redemptions',
    payoutApprovedLegs('100001', yen(0), yen(-90)),
    { 'SHOP_PAYABLE:100001': -90, REDEMPTION_FEE_INCOME: 90 },
  ],
  [
    'the part of a payout in a bucket where voids outweigh redemptions',
    payoutApprovedLegs('100001', yen(-8_910), yen(-90)),
    { 'SHOP_PAYABLE:100001': -9_000, PAYOUT_IN_TRANSIT: 8_910, REDEMPTION_FEE_INCOME: 90 },
  ],
  ['the value date', payoutSettledLegs(yen(990)), { PAYOUT_IN_TRANSIT: 990, BANK: -990 }],
  [
    'a transfer that came back',
    payoutReturnedLegs('100001', yen(990)),
    { BANK: 990, 'SHOP_PAYABLE:100001': -990 },
  ],
  ["the bank's fee", bankFeeLegs(yen(110)), { BANK_FEE: 110, BANK: -110 }],
  [
    'a premium claim',
    premiumClaimLegs('MIRAI2027', 'COMMON', yen(116)),
    { WARD_RECEIVABLE: 116, 'PREMIUM_COMMITMENT_WARD:COMMON': -116 },
  ],
  [
    'a premium claim that gives back',
    premiumClaimLegs('MIRAI2027', 'COMMON', yen(-116)),
    { WARD_RECEIVABLE: -116, 'PREMIUM_COMMITMENT_WARD:COMMON': 116 },
  ],
  ['the ward pays', wardPaidLegs(yen(116)), { BANK: 116, WARD_RECEIVABLE: -116 }],
  ['the ward pays in advance', wardAdvancedLegs(yen(2_500)), { BANK: 2_500, WARD_ADVANCE: -2_500 }],
  [
    'premium used against the advance',
    wardAdvanceUsedLegs('MIRAI2027', 'LIMITED', yen(69)),
    { WARD_ADVANCE: 69, 'PREMIUM_COMMITMENT_WARD:LIMITED': -69 },
  ],
  [
    'the rest of the advance goes back',
    wardAdvanceReturnedLegs(yen(2_431)),
    { BANK: -2_431, WARD_ADVANCE: 2_431 },
  ],
  [
    'expiry',
    [
      expiryLeg(take('COMMON', 'c1', 5_300)),
      ...expiredPremiumLegs('MIRAI2027', 'COMMON', yen(884)),
    ],
    {
      'VOUCHER:COMMON': 5_300,
      'PREMIUM_COMMITMENT_WARD:COMMON': -884,
      BREAKAGE_PRINCIPAL: -4_416,
    },
  ],
  [
    'refund to holders',
    [
      refundLeg(take('COMMON', 'c1', 5_300)),
      ...refundedPremiumLegs('MIRAI2027', 'COMMON', yen(884)),
    ],
    { 'VOUCHER:COMMON': 5_300, 'PREMIUM_COMMITMENT_WARD:COMMON': -884, REFUND_PAYABLE: -4_416 },
  ],
]

describe('the entries of each event', () => {
  test.each(entries)('%s', (_, legs, balances) => {
    expect(Object.fromEntries(balancesOf(legs))).toEqual(balances)
  })

  test('name the lot wherever vouchers move, and the campaign wherever its money does', () => {
    for (const [event, legs] of entries)
      for (const leg of legs) {
        const names = `${leg.debit} ${leg.credit}`
        expect([event, leg.lotId !== undefined]).toEqual([event, names.includes('VOUCHER:')])
        const isOfCampaign = /VOUCHER:|PREMIUM_COMMITMENT_WARD:/.test(names)
        expect([event, leg.campaignId]).toEqual([event, isOfCampaign ? 'MIRAI2027' : undefined])
      }
  })

  test('nothing at all makes no leg', () => {
    expect(payoutApprovedLegs('100001', yen(0), yen(0))).toEqual([])
    expect(providerPaidLegs(yen(0), yen(0))).toEqual([])
    expect(premiumClaimLegs('MIRAI2027', 'COMMON', yen(0))).toEqual([])
  })

  test('a kind that is sold at face has no premium, and one that is given has no price', () => {
    expect(saleLegs('C', [part('K', 'l', 500, 500)])).toEqual([
      { debit: 'PSP_RECEIVABLE', credit: 'VOUCHER:K', yen: 500, campaignId: 'C', lotId: 'l' },
    ])
    expect(saleLegs('C', [part('K', 'l', 0, 500)])).toEqual([
      {
        debit: 'PREMIUM_COMMITMENT_WARD:K',
        credit: 'VOUCHER:K',
        yen: 500,
        campaignId: 'C',
        lotId: 'l',
      },
    ])
  })
})

describe('balances', () => {
  test.each([
    ['nothing', 0, account.bank],
    ['less than nothing', -1, account.bank],
    ['from an account to itself', 1, account.bankFee],
  ])('a leg that moves %s is a fault', (_, amount, credit) => {
    const leg = { debit: account.bankFee, credit, yen: yen(amount) }
    expect(() => balancesOf([leg])).toThrow('broken invariant')
  })

  const amount = fc.integer({ min: 1, max: 1_000_000 }).map(yen)
  const difference = fc.integer({ min: -1_000_000, max: 1_000_000 }).map(yen)
  const kind = fc.constantFrom('COMMON', 'LIMITED')
  const campaignId = fc.constantFrom('MIRAI2026', 'MIRAI2027')
  const shopNo = fc.constantFrom('100001', '100002')
  const parts = fc
    .tuple(kind, amount, amount)
    .map(([of, price, premium]) => [part(of, 'lot', price, price + premium)])
  const takes = fc.array(fc.record({ kind, campaignId, lotId: fc.constant('lot'), yen: amount }), {
    minLength: 1,
    maxLength: 3,
  })
  /** The legs of any event, with any amounts. */
  const event: fc.Arbitrary<Leg[]> = fc.oneof(
    fc.tuple(campaignId, parts).map((given) => saleLegs(...given)),
    fc.tuple(campaignId, parts).map((given) => saleUndoneLegs(...given)),
    amount.map(paymentUnmatchedLegs),
    fc.tuple(shopNo, takes).map((given) => redemptionLegs(...given)),
    fc.tuple(shopNo, takes).map((given) => voidLegs(...given)),
    fc.tuple(shopNo, difference, difference).map((given) => payoutApprovedLegs(...given)),
    difference.map(payoutSettledLegs),
    fc.tuple(shopNo, amount).map((given) => payoutReturnedLegs(...given)),
    takes.map((given) => given.map(expiryLeg)),
    takes.map((given) => given.map(refundLeg)),
    fc.tuple(campaignId, kind, difference).map((given) => expiredPremiumLegs(...given)),
    fc.tuple(campaignId, kind, difference).map((given) => premiumClaimLegs(...given)),
    fc.tuple(campaignId, kind, difference).map((given) => wardAdvanceUsedLegs(...given)),
    fc.tuple(difference, difference).map((given) => providerPaidLegs(...given)),
  )

  test('of any events add up to zero, over all and for each campaign', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        const legs = events.flat()
        const campaigns = Map.groupBy(legs, (leg) => leg.campaignId)
        for (const some of [legs, ...campaigns.values()])
          expect([...balancesOf(some).values()].reduce((sum, one) => sum + one, 0)).toBe(0)
      }),
      { numRuns: 300 },
    )
  })

  test('of a kind are what its takes leave, whatever is taken and given back in any order', () => {
    fc.assert(
      fc.property(takes, takes, shopNo, (taken, returned, shop) => {
        const balances = balancesOf([...redemptionLegs(shop, taken), ...voidLegs(shop, returned)])
        const owed = balances.get(account.shopPayable(shop))
        expect(owed).toBe(sumOf(returned) - sumOf(taken) || 0)
        for (const code of ['COMMON', 'LIMITED'])
          expect(balances.get(account.voucher(code)) ?? 0).toBe(
            sumOf(taken, code) - sumOf(returned, code) || 0,
          )
      }),
      { numRuns: 300 },
    )
  })

  test('of claims, whatever was used between them, are the premium of what was used in all', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 5_000 }), { maxLength: 20 }), (uses) => {
        const of = { code: 'LIMITED', premiumYen: yen(1_500), faceYen: yen(6_500) }
        let used = 0
        const legs = uses.flatMap((more) => {
          const before = premiumOfUsed(of, yen(used))
          used += more
          const claim = yen(premiumOfUsed(of, yen(used)) - before)
          return premiumClaimLegs('MIRAI2027', 'LIMITED', claim)
        })
        const claimed = balancesOf(legs).get(account.wardReceivable) ?? 0
        expect(claimed).toBe(premiumOfUsed(of, yen(used)))
      }),
      { numRuns: 200 },
    )
  })
})
