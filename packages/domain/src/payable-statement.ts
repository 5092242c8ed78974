import { type Payable, payableOf } from './payable.ts'
import { type Yen, yen } from './yen.ts'

/** One line of a statement. A correction is the federation's void after closing. Yen >= 0. */
export type StatementLine = Readonly<{
  kind: 'redemption' | 'void' | 'correction'
  /** The kinds of voucher it took or gave back. */
  parts: readonly Readonly<{ code: string; yen: Yen }>[]
}>

export type CountAndYen = Readonly<{ count: number; yen: Yen }>

/** The totals on a shop's 支払通知書. Its lines add up to them; `carriedNextYen` goes on. */
export type StatementTotals = Readonly<{
  redemptions: CountAndYen
  voids: CountAndYen
  corrections: CountAndYen
  /** Redemptions by kind of voucher; a payment from two kinds counts once in each. */
  byKind: Readonly<Record<string, CountAndYen>>
  carriedYen: Yen
  returnedYen: Yen
  feeBps: number
  feeYen: Yen
  paidYen: Yen
  carriedNextYen: Yen
}>

/**
 * Draws up one shop's statement for a run: its totals, and what is paid or carried.
 *
 * Every line is counted exactly once, a correction as a void of its own column. One statement
 * per shop even where several share a bank account. The order of lines does not matter.
 */
export function statementOf(facts: {
  lines: readonly StatementLine[]
  carriedYen: Yen
  returnedYen: Yen
  feeBps: number
  minimumYen: Yen
  held: boolean
}): Readonly<{ totals: StatementTotals; payable: Payable }> {
  const { lines, ...terms } = facts
  const sums = { redemption: nothing, void: nothing, correction: nothing }
  const byKind = new Map<string, CountAndYen>()
  for (const line of lines) {
    const amount = line.parts.reduce((sum, part) => sum + part.yen, 0)
    sums[line.kind] = plus(sums[line.kind], amount)
    if (line.kind !== 'redemption') continue
    for (const part of line.parts)
      byKind.set(part.code, plus(byKind.get(part.code) ?? nothing, part.yen))
  }
  const payable = payableOf({
    redemptionsYen: sums.redemption.yen,
    voidsYen: yen(sums.void.yen + sums.correction.yen),
    ...terms,
  })
  const totals = {
    redemptions: sums.redemption,
    voids: sums.void,
    corrections: sums.correction,
    byKind: Object.fromEntries(byKind),
    carriedYen: terms.carriedYen,
    returnedYen: terms.returnedYen,
    feeBps: terms.feeBps,
    feeYen: payable.feeYen,
    paidYen: payable.paidYen,
    carriedNextYen: payable.carriedNextYen,
  }
  return { totals, payable }
}

const nothing: CountAndYen = { count: 0, yen: yen(0) }

const plus = (sum: CountAndYen, amount: number): CountAndYen => ({
  count: sum.count + 1,
  yen: yen(sum.yen + amount),
})
