import { type Yen, assert, yen } from '@minnaken/domain'
import { account } from './accounts.ts'

/** An amount that enters the debit account and leaves the credit account, so that the two always agree. */
export type Leg = Readonly<{
  debit: string
  credit: string
  yen: Yen
  campaignId?: string
  lotId?: string
}>

/** A part of what was sold, in one kind: what was paid for it and what it can buy. */
export type SoldPart = Readonly<{ kind: string; lotId: string; price: Yen; face: Yen }>

/** Vouchers were paid for: the payment company owes the price, the ward will owe the premium. */
export const saleLegs = (campaignId: string, parts: readonly SoldPart[]): Leg[] =>
  parts.flatMap(({ kind, lotId, price, face }) =>
    present([
      { debit: account.providerReceivable, yen: price },
      { debit: account.premiumCommitmentWard(kind), yen: yen(face - price) },
    ]).map((side) => ({ ...side, credit: account.voucher(kind), campaignId, lotId })),
  )

/** Vouchers that nobody has used are taken back, and the price is owed to the buyer again. */
export const saleUndoneLegs = (campaignId: string, parts: readonly SoldPart[]): Leg[] =>
  saleLegs(campaignId, parts).map(swap)

/** A payment arrived for which there are no vouchers: it has to go back. */
export const paymentUnmatchedLegs = (price: Yen): Leg[] => [
  { debit: account.providerReceivable, credit: account.refundPayable, yen: price },
]

export const paymentRefundedLegs = (price: Yen): Leg[] => paymentUnmatchedLegs(price).map(swap)

export type Take = Readonly<{ lotId: string; campaignId: string; kind: string; yen: Yen }>

/** Value goes from a resident's lots to the shop. */
export const redemptionLegs = (shopNo: string, takes: readonly Take[]): Required<Leg>[] =>
  takes.map((take) => ({
    debit: account.voucher(take.kind),
    credit: account.shopPayable(shopNo),
    yen: take.yen,
    campaignId: take.campaignId,
    lotId: take.lotId,
  }))

/** Value goes back from the shop to the lots that it came from. */
export const voidLegs = (shopNo: string, returns: readonly Take[]): Leg[] =>
  redemptionLegs(shopNo, returns).map(swap)

/** A second person approved the run: the shop's money is on its way, less the fee that is withheld. */
export const payoutApprovedLegs = (shopNo: string, payable: Yen, fee: Yen): Leg[] => [
  ...signed(account.shopPayable(shopNo), account.payoutInTransit, payable),
  ...signed(account.shopPayable(shopNo), account.redemptionFeeIncome, fee),
]

/** The value date: the bank has paid. */
export const payoutSettledLegs = (amount: Yen): Leg[] =>
  signed(account.payoutInTransit, account.bank, amount)

/** The transfer came back, and the shop is owed again. */
export const payoutReturnedLegs = (shopNo: string, amount: Yen): Leg[] =>
  signed(account.bank, account.shopPayable(shopNo), amount)

/** After the last day a lot's remainder is the federation's, until its premium is set against it. */
export const expiryLeg = (take: Take): Leg => ({
  debit: account.voucher(take.kind),
  credit: account.breakagePrincipal,
  yen: take.yen,
  campaignId: take.campaignId,
  lotId: take.lotId,
})

/**
 * The ward never owes the premium of what expired: premium sold less premium used, per kind.
 * One amount for the whole kind, so that nothing is lost to the rounding of each lot.
 */
export const expiredPremiumLegs = (campaignId: string, kind: string, premium: Yen): Leg[] =>
  ofCampaign(
    campaignId,
    signed(account.breakagePrincipal, account.premiumCommitmentWard(kind), premium),
  )

/** An issue was stopped: what a lot still holds is owed to its holder, until its premium is set against it. */
export const refundLeg = (take: Take): Leg => ({
  ...expiryLeg(take),
  credit: account.refundPayable,
})

/** Holders get back what they paid: the premium of what is refunded is not owed by the ward. */
export const refundedPremiumLegs = (campaignId: string, kind: string, premium: Yen): Leg[] =>
  ofCampaign(
    campaignId,
    signed(account.refundPayable, account.premiumCommitmentWard(kind), premium),
  )

/** The ward is asked for the premium of what was used since the claim before; less than zero gives back. */
export const premiumClaimLegs = (campaignId: string, kind: string, claim: Yen): Leg[] =>
  ofCampaign(campaignId, signed(account.wardReceivable, account.premiumCommitmentWard(kind), claim))

export const wardPaidLegs = (amount: Yen): Leg[] =>
  signed(account.bank, account.wardReceivable, amount)

/** The ward paid the whole premium in advance. */
export const wardAdvancedLegs = (amount: Yen): Leg[] =>
  signed(account.bank, account.wardAdvance, amount)

/** The premium of what was used is taken from the ward's advance instead of being claimed. */
export const wardAdvanceUsedLegs = (campaignId: string, kind: string, premium: Yen): Leg[] =>
  ofCampaign(campaignId, signed(account.wardAdvance, account.premiumCommitmentWard(kind), premium))

/** What of the advance nobody used goes back to the ward. */
export const wardAdvanceReturnedLegs = (amount: Yen): Leg[] => wardAdvancedLegs(amount).map(swap)

/** The payment company paid out, keeping its fee. */
export const providerPaidLegs = (amount: Yen, fee: Yen): Leg[] => [
  ...signed(account.bank, account.providerReceivable, amount),
  ...signed(account.providerFee, account.providerReceivable, fee),
]

export const bankFeeLegs = (amount: Yen): Leg[] => signed(account.bankFee, account.bank, amount)

/** What every account holds after these legs: debit +, credit −. They always add up to zero. */
export function balancesOf(legs: Iterable<Leg>): Map<string, Yen> {
  const balances = new Map<string, Yen>()
  const add = (name: string, amount: number) =>
    balances.set(name, yen((balances.get(name) ?? 0) + amount))
  for (const leg of legs) {
    assert(leg.yen > 0, 'a leg moves at least 1 yen')
    assert(leg.debit !== leg.credit, 'a leg moves between two accounts')
    add(leg.debit, leg.yen)
    add(leg.credit, 0 - leg.yen)
  }
  return balances
}

const ofCampaign = (campaignId: string, legs: readonly Leg[]): Leg[] =>
  legs.map((leg) => ({ ...leg, campaignId }))

const swap = (leg: Leg): Leg => ({ ...leg, debit: leg.credit, credit: leg.debit })

const present = <Side extends { yen: Yen }>(sides: Side[]): Side[] =>
  sides.filter((side) => side.yen > 0)

/** One leg for an amount that may be negative (then the other way) or nothing (then none). */
function signed(debit: string, credit: string, amount: Yen): Leg[] {
  if (amount === 0) return []
  const leg = { debit, credit, yen: yen(Math.abs(amount)) }
  return [amount > 0 ? leg : swap(leg)]
}
