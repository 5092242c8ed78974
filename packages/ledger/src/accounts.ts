/**
 * The chart of accounts. Assets and expenses grow by debit, liabilities and income by credit.
 *
 * Vouchers and the ward's premium are kept per kind, payables per shop.
 */
export const account = {
  /** Money in the federation's bank account. */
  bank: 'BANK',
  /** Sales money that the payment company holds for us. */
  providerReceivable: 'PSP_RECEIVABLE',
  providerFee: 'PSP_FEE',
  bankFee: 'BANK_FEE',
  /** What the ward has been asked for and has not paid. */
  wardReceivable: 'WARD_RECEIVABLE',
  wardAdvance: 'WARD_ADVANCE',
  /** Transfers that a second person approved and the bank has not made. */
  payoutInTransit: 'PAYOUT_IN_TRANSIT',
  /** Money that has to go back to a buyer or holder. */
  refundPayable: 'REFUND_PAYABLE',
  redemptionFeeIncome: 'REDEMPTION_FEE_INCOME',
  breakagePrincipal: 'BREAKAGE_PRINCIPAL',
  /** Face value in residents' hands. */
  voucher: (kind: string) => `VOUCHER:${kind}`,
  /** What the ward will owe for vouchers that are used. */
  premiumCommitmentWard: (kind: string) => `PREMIUM_COMMITMENT_WARD:${kind}`,
  /** What the federation owes a shop, by its shop number. */
  shopPayable: (shopNo: string) => `SHOP_PAYABLE:${shopNo}`,
} as const

const VOUCHER = 'VOUCHER:'

/** The kind of a voucher account, or null for any other account. */
export const kindOfVoucher = (name: string): string | null =>
  name.startsWith(VOUCHER) ? name.slice(VOUCHER.length) : null
