import type { MoneyIdentity } from '@minnaken/ledger'

export const yenText = (amount: number): string => `${amount.toLocaleString('ja-JP')}円`

/** Where the issued face value is, line by line; the lines add up to the first. */
export function identityLines(identity: MoneyIdentity): string[] {
  const rows: [string, number][] = [
    ['発行額   issued', identity.issued],
    ['= 未使用  unspent', identity.unspent],
    ['+ 未精算  unsettled', identity.unsettled],
    ['+ 振込中  in transfer', identity.inTransfer],
    ['+ 精算済  settled', identity.settled],
    ['+ 払戻   refunded', identity.refunded],
    ['+ 失効   expired', identity.expired],
  ]
  return rows.map(([name, amount]) => `${name.padEnd(20)}${yenText(amount).padStart(18)}`)
}
