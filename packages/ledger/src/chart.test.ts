import { yen } from '@minnaken/domain'
import { expect, test } from 'vitest'
import { chart } from './chart.ts'
import * as legs from './legs.ts'

const amounts = [yen(10), yen(-10)]
const parts = [{ kind: 'COMMON', lotId: 'lot', price: yen(5_000), face: yen(6_000) }]
const take = { kind: 'COMMON', lotId: 'lot', campaignId: 'C', yen: yen(10) }

/** Every leg that an event can have, with amounts above and below zero where it may be either. */
const made: Readonly<Record<keyof typeof chart, readonly legs.Leg[]>> = {
  sale: legs.saleLegs('C', parts),
  sale_undone: legs.saleUndoneLegs('C', parts),
  payment_unmatched: legs.paymentUnmatchedLegs(yen(10)),
  payment_refunded: legs.paymentRefundedLegs(yen(10)),
  provider_paid: amounts.flatMap((amount) => legs.providerPaidLegs(amount, amount)),
  redemption: legs.redemptionLegs('100001', [take]),
  void: legs.voidLegs('100001', [take]),
  payout_approved: amounts.flatMap((amount) => legs.payoutApprovedLegs('100001', amount, amount)),
  payout_settled: amounts.flatMap(legs.payoutSettledLegs),
  payout_returned: amounts.flatMap((amount) => legs.payoutReturnedLegs('100001', amount)),
  bank_fee: amounts.flatMap(legs.bankFeeLegs),
  expiry: [
    legs.expiryLeg(take),
    ...amounts.flatMap((amount) => legs.expiredPremiumLegs('C', 'COMMON', amount)),
  ],
  refund: [
    legs.refundLeg(take),
    ...amounts.flatMap((amount) => legs.refundedPremiumLegs('C', 'COMMON', amount)),
  ],
  premium_claim: amounts.flatMap((amount) => legs.premiumClaimLegs('C', 'COMMON', amount)),
  ward_paid: amounts.flatMap(legs.wardPaidLegs),
  ward_advanced: amounts.flatMap(legs.wardAdvancedLegs),
  ward_advance_used: amounts.flatMap((amount) => legs.wardAdvanceUsedLegs('C', 'COMMON', amount)),
  ward_advance_returned: amounts.flatMap(legs.wardAdvanceReturnedLegs),
}

const nameOf = (account: string): string => account.split(':')[0] ?? ''

test.each(Object.entries(chart))(
  'an event %s moves exactly what the chart says',
  (event, entries) => {
    const its = Object.entries(made).find(([name]) => name === event)?.[1] ?? []
    const pairs = its.map(({ debit, credit }) => `${nameOf(debit)} < ${nameOf(credit)}`)
    expect(new Set(pairs)).toEqual(
      new Set(entries.map(([debit, credit]) => `${debit} < ${credit}`)),
    )
  },
)
