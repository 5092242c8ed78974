/**
 * What is let go first when there is too much to do: reports, then sales, then looking at a
 * balance. Whatever names no class goes last: notices of money, signing out, stopping a wallet.
 */
const shedClasses = ['report', 'sale', 'balance'] as const

export type ShedClass = (typeof shedClasses)[number]

export type ShedLimits = Readonly<Record<ShedClass, number>>

/** A quarter, a half and three quarters of what may be at work at once. */
export const usualShedLimits = (inFlightMax: number): ShedLimits => ({
  report: Math.ceil(inFlightMax * 0.25),
  sale: Math.ceil(inFlightMax * 0.5),
  balance: Math.ceil(inFlightMax * 0.75),
})

/** Throws when something more important would be refused before something less important. */
export function assertShedOrder(limits: ShedLimits, inFlightMax: number): void {
  const inOrder = [...shedClasses.map((each) => limits[each]), inFlightMax]
  if (inOrder.some((limit, n) => limit < (inOrder[n - 1] ?? 1)))
    throw new Error(
      `reports, sales, balances and the rest are shed in this order: ${inOrder.join()}`,
    )
}
