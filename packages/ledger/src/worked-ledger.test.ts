import {
  type Yen,
  expiredOf,
  payableOf,
  premiumOfUsed,
  sumYen,
  transfersOf,
  yen,
} from '@minnaken/domain'
import { expect, test } from 'vitest'
import { account } from './accounts.ts'
import {
  type Leg,
  balancesOf,
  bankFeeLegs,
  expiredPremiumLegs,
  expiryLeg,
  payoutApprovedLegs,
  payoutReturnedLegs,
  payoutSettledLegs,
  premiumClaimLegs,
  providerPaidLegs,
  redemptionLegs,
  saleLegs,
  saleUndoneLegs,
  voidLegs,
  wardPaidLegs,
} from './legs.ts'

/*
 * The worked ledger of the settlement specification. It gives the story (ten sets sold and one
 * undone, ten redemptions and cancels at four shops, three runs, one return, a correction of −9,000
 * after cut-off with its 1 % given back, two claims, expiry), the totals and the final balances,
 * but not each amount: those below are chosen to reach every total that it gives. What follows
 * from it: 7 transfers at ¥110 are the bank's 770 (one of them is sent twice), the payment company
 * keeps 270 of 90,000, and the last redemption of 4,800 + 5,200 is the second claim of 2,000.
 */
const common = { code: 'COMMON', premiumYen: yen(1_000), faceYen: yen(6_000) }
const limited = { code: 'LIMITED', premiumYen: yen(1_500), faceYen: yen(6_500) }
const kinds = [common, limited]
const [A, B, C, D] = ['100001', '100002', '100003', '100004'] as const
const campaignId = 'MIRAI2027'

type Split = Readonly<Record<'COMMON' | 'LIMITED', number>>
type Payment = Readonly<{ run: number; shopNo: string; sign: 1 | -1; split: Split }>

const payment = (run: number, shopNo: string, commonYen: number, limitedYen: number): Payment => ({
  run,
  shopNo,
  sign: 1,
  split: { COMMON: commonYen, LIMITED: limitedYen },
})
const cancel = (...given: Parameters<typeof payment>): Payment => ({
  ...payment(...given),
  sign: -1,
})

const payments: readonly Payment[] = [
  payment(1, A, 9_955, 6_045),
  payment(1, A, 4_500, 4_500),
  payment(1, B, 6_345, 6_000),
  payment(1, C, 10_000, 0),
  cancel(1, C, 100, 0),
  payment(1, D, 12_000, 0),
  cancel(1, D, 2_000, 0),
  payment(2, B, 0, 3_000),
  cancel(2, B, 0, 246),
  payment(3, A, 4_800, 5_200),
]
/** The second payment at shop A, taken back by the federation after its run was closed. */
const correction = cancel(2, A, 4_500, 4_500)
const all = [...payments, correction]

const takesOf = ({ split }: Payment) =>
  kinds
    .map(({ code }) => ({ kind: code, lotId: code, campaignId, yen: amountIn(split, code) }))
    .filter((take) => take.yen > 0)
const amountIn = (split: Split, code: string): Yen =>
  yen(code === 'COMMON' ? split.COMMON : split.LIMITED)

const paymentLegs = (of: Payment): Leg[] =>
  (of.sign === 1 ? redemptionLegs : voidLegs)(of.shopNo, takesOf(of))

const usedUntil = (run: number, code: string): Yen =>
  yen(
    all
      .filter((of) => of.run <= run)
      .reduce((sum, of) => sum + of.sign * amountIn(of.split, code), 0),
  )

const unitsOf = (count: number) =>
  kinds.map(({ code, faceYen, premiumYen }) => ({
    kind: code,
    lotId: code,
    price: yen((faceYen - premiumYen) * count),
    face: yen(faceYen * count),
  }))

/** Pays each shop what the run owes it; the transfer of shop D comes back once. */
function runLegs(run: number, carried: Map<string, Yen>, returned: Map<string, Yen>): Leg[] {
  const legs: Leg[] = []
  const payables = [A, B, C, D].map((shopNo) => {
    const lines = all.filter((of) => of.run === run && of.shopNo === shopNo)
    const sum = (sign: 1 | -1) =>
      sumYen(lines.filter((of) => of.sign === sign).flatMap((of) => takesOf(of).map((t) => t.yen)))
    const payable = payableOf({
      redemptionsYen: sum(1),
      voidsYen: sum(-1),
      carriedYen: carried.get(shopNo) ?? yen(0),
      returnedYen: returned.get(shopNo) ?? yen(0),
      feeBps: 100,
      minimumYen: yen(0),
      held: false,
    })
    carried.set(shopNo, payable.carriedNextYen)
    returned.delete(shopNo)
    legs.push(...payoutApprovedLegs(shopNo, payable.paidYen, payable.feeYen))
    return { shopId: shopNo, payeeAccountId: shopNo, payable }
  })
  for (const { amountYen } of transfersOf(payables))
    legs.push(...payoutSettledLegs(amountYen), ...bankFeeLegs(yen(110)))
  if (run === 1) {
    const paid = payables.find(({ shopId }) => shopId === D)?.payable.paidYen ?? yen(0)
    legs.push(...payoutReturnedLegs(D, paid))
    returned.set(D, paid)
  }
  return legs
}

const claimLegs = (run: number, before: number): Leg[] =>
  kinds.flatMap((kind) => {
    const claim =
      premiumOfUsed(kind, usedUntil(run, kind.code)) -
      premiumOfUsed(kind, usedUntil(before, kind.code))
    return premiumClaimLegs(campaignId, kind.code, yen(claim))
  })

const expiryLegs = (): Leg[] =>
  kinds.flatMap((kind) => {
    const { faceYen, premiumYen } = expiredOf(kind, {
      soldUnits: 9,
      usedYen: usedUntil(3, kind.code),
    })
    return [
      expiryLeg({ kind: kind.code, lotId: kind.code, campaignId, yen: faceYen }),
      ...expiredPremiumLegs(campaignId, kind.code, premiumYen),
    ]
  })

const sum = (legs: readonly Leg[], name: string): number => balancesOf(legs).get(name) ?? 0

test('the worked ledger ends in the balances that the specification gives', () => {
  const carried = new Map<string, Yen>()
  const returned = new Map<string, Yen>()
  const claims = [claimLegs(2, 0), claimLegs(3, 2)]
  const expiry = expiryLegs()
  const legs = [
    ...saleLegs(campaignId, unitsOf(10)),
    ...saleUndoneLegs(campaignId, unitsOf(1)),
    ...providerPaidLegs(yen(89_730), yen(270)),
    ...all.flatMap(paymentLegs),
    ...[1, 2, 3].flatMap((run) => runLegs(run, carried, returned)),
    ...claims.flat(),
    ...wardPaidLegs(yen(9_448)),
    ...expiry,
  ]

  expect(payments).toHaveLength(10)
  expect([usedUntil(3, 'COMMON'), usedUntil(3, 'LIMITED')]).toEqual([41_000, 19_999])
  expect(claims.map((claim) => sum(claim, account.wardReceivable))).toEqual([9_448, 2_000])
  expect(sum(expiry, account.voucher('COMMON'))).toBe(13_000)
  expect(sum(expiry, account.voucher('LIMITED'))).toBe(38_501)
  expect(carried.get(A)).toBe(0)
  const balances = [...balancesOf(legs)].filter(([, balance]) => balance !== 0)
  expect(Object.fromEntries(balances)).toEqual({
    BANK: 38_018,
    WARD_RECEIVABLE: 2_000,
    BANK_FEE: 770,
    PSP_FEE: 270,
    REDEMPTION_FEE_INCOME: -609,
    BREAKAGE_PRINCIPAL: -40_449,
  })
  // What was paid for the vouchers is what shops got for it, and what nobody used.
  expect(90_000).toBe(60_999 - 11_448 + 40_449)
})

test('after the correction a shop owes, and its next run settles that first', () => {
  const carried = new Map<string, Yen>()
  const returned = new Map<string, Yen>()
  runLegs(1, carried, returned)
  runLegs(2, carried, returned)
  expect(carried.get(A)).toBe(-8_910)
  const third = runLegs(3, carried, returned)
  expect(sum(third, account.payoutInTransit)).toBe(0)
  expect(sum(third, account.bank)).toBe(-(10_000 - 100 - 8_910) - 110)
})
