/** Entries under the month of their business day, in the order in which they come. */
export function byMonth<Entry extends Readonly<{ businessDate: string }>>(
  entries: readonly Entry[],
): readonly Readonly<{ month: string; entries: readonly Entry[] }>[] {
  const months = new Map<string, Entry[]>()
  for (const entry of entries) {
    const month = entry.businessDate.slice(0, 7)
    months.set(month, [...(months.get(month) ?? []), entry])
  }
  return [...months].map(([month, list]) => ({ month, entries: list }))
}

/** Of one payment: what was paid, what came back since, and what is left paid. */
export function receiptOf<
  Entry extends Readonly<{ kind: 'payment' | 'void'; redemptionId: string; yen: number }>,
>(
  entries: readonly Entry[],
  redemptionId: string,
): Readonly<{ payment: Entry; voids: readonly Entry[]; leftYen: number }> | null {
  const own = entries.filter((entry) => entry.redemptionId === redemptionId)
  const payment = own.find(({ kind }) => kind === 'payment')
  if (payment === undefined) return null
  const voids = own.filter(({ kind }) => kind === 'void')
  return { payment, voids, leftYen: voids.reduce((left, { yen }) => left - yen, payment.yen) }
}
