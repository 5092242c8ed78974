import type { PostingEvent } from './post.ts'

type Entry = readonly [debit: string, credit: string]

/** An amount that may be negative moves the other way. */
const bothWays = (...entries: readonly Entry[]): readonly Entry[] =>
  entries.flatMap(([debit, credit]) => [
    [debit, credit],
    [credit, debit],
  ])

const sale: readonly Entry[] = [
  ['PSP_RECEIVABLE', 'VOUCHER'],
  ['PREMIUM_COMMITMENT_WARD', 'VOUCHER'],
]

/**
 * Between which accounts each event moves money: debit first, without the kind or shop.
 *
 * The proof of the book holds every leg against this, so an event moves nothing else.
 */
export const chart: Readonly<Record<PostingEvent | 'redemption' | 'void', readonly Entry[]>> = {
  sale,
  sale_undone: sale.map(([debit, credit]) => [credit, debit]),
  payment_unmatched: [['PSP_RECEIVABLE', 'REFUND_PAYABLE']],
  payment_refunded: [['REFUND_PAYABLE', 'PSP_RECEIVABLE']],
  provider_paid: bothWays(['BANK', 'PSP_RECEIVABLE'], ['PSP_FEE', 'PSP_RECEIVABLE']),
  redemption: [['VOUCHER', 'SHOP_PAYABLE']],
  void: [['SHOP_PAYABLE', 'VOUCHER']],
  payout_approved: bothWays(
    ['SHOP_PAYABLE', 'PAYOUT_IN_TRANSIT'],
    ['SHOP_PAYABLE', 'REDEMPTION_FEE_INCOME'],
  ),
  payout_settled: bothWays(['PAYOUT_IN_TRANSIT', 'BANK']),
  payout_returned: bothWays(['BANK', 'SHOP_PAYABLE']),
  bank_fee: bothWays(['BANK_FEE', 'BANK']),
  expiry: [
    ['VOUCHER', 'BREAKAGE_PRINCIPAL'],
    ...bothWays(['BREAKAGE_PRINCIPAL', 'PREMIUM_COMMITMENT_WARD']),
  ],
  refund: [
    ['VOUCHER', 'REFUND_PAYABLE'],
    ...bothWays(['REFUND_PAYABLE', 'PREMIUM_COMMITMENT_WARD']),
  ],
  premium_claim: bothWays(['WARD_RECEIVABLE', 'PREMIUM_COMMITMENT_WARD']),
  ward_paid: bothWays(['BANK', 'WARD_RECEIVABLE']),
  ward_advanced: bothWays(['BANK', 'WARD_ADVANCE']),
  ward_advance_used: bothWays(['WARD_ADVANCE', 'PREMIUM_COMMITMENT_WARD']),
  ward_advance_returned: bothWays(['WARD_ADVANCE', 'BANK']),
}
