import type { Campaign, HistoryEntry, Order } from '../answers.ts'

/** One line of amounts on paper. */
export type Line =
  /** So much of it was paid by, or bought as, this kind of voucher. */
  | Readonly<{ kind: 'part'; voucher: string; label?: string; yen: number }>
  | Readonly<{ kind: 'total'; yen: number }>
  /** It came back later. */
  | Readonly<{ kind: 'back'; yen: number; at: string }>
  /** What is left of it after all that came back. */
  | Readonly<{ kind: 'left'; yen: number }>

/** The amounts of a payment: by kind, in all, and what came back of it by now. */
export const paymentLines = ({
  payment,
  voids,
  leftYen,
}: Readonly<{
  payment: Pick<HistoryEntry, 'parts' | 'yen'>
  voids: readonly Pick<HistoryEntry, 'yen' | 'at'>[]
  leftYen: number
}>): readonly Line[] => [
  ...payment.parts.map(({ kind, yen }) => ({ kind: 'part', voucher: kind, yen }) as const),
  { kind: 'total', yen: payment.yen },
  ...voids.map(({ yen, at }) => ({ kind: 'back', yen, at }) as const),
  ...(voids.length === 0 ? [] : [{ kind: 'left', yen: leftYen } as const]),
]

/** The vouchers that an order brought: by kind, and what they are worth in all. */
export function orderLines(
  { units }: Pick<Order, 'units'>,
  { kinds, unit }: Pick<Campaign, 'kinds' | 'unit'>,
): readonly Line[] {
  const parts = kinds.map(
    ({ code, label, faceYen }) =>
      ({ kind: 'part', voucher: code, label, yen: units * faceYen }) as const,
  )
  return [...parts, { kind: 'total', yen: units * unit.faceYen }]
}
