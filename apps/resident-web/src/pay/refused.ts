import type { Problem } from '@minnaken/ui'

/** What a shop's refusal comes to for the payer, and what would work instead. */
export type Refusal =
  /** `worksYen` would be taken here; `restYen` has to be paid otherwise. */
  | Readonly<{
      kind: 'too_much'
      worksYen: number
      restYen: number
      /** Kinds of voucher that this shop does not take and that are left. */
      elsewhere: readonly string[]
      here: readonly string[]
    }>
  /** Nothing that is left can be spent here. */
  | Readonly<{ kind: 'nothing_here'; elsewhere: readonly string[] }>
  | Readonly<{ kind: 'too_little'; minYen: number }>
  /** Told in the words for it; null where only the service has any. */
  | Readonly<{ kind: 'other'; words: Told | null; problem: Problem }>

/** What a payer is told in words of their own: those of the service are for the till. */
const told = [
  'campaign_closed',
  'code_expired',
  'code_not_yet_valid',
  'confirmation_needed',
  'confirmation_refused',
  'device_revoked',
  'not_found',
  'payment_not_genuine',
  'payment_unreadable',
  'shop_left',
  'shop_suspended',
  'wallet_stopped',
] as const

type Told = (typeof told)[number]

/** Reads why a payment of this amount was refused. */
export function refusalOf(problem: Problem, amountYen: number): Refusal {
  if (problem.code === 'balance_too_small') {
    const worksYen = yenIn(problem['spendableYen'])
    const elsewhere = kindsIn(problem['elsewhere'])
    if (worksYen === 0) return { kind: 'nothing_here', elsewhere }
    return {
      kind: 'too_much',
      worksYen,
      restYen: amountYen - worksYen,
      elsewhere,
      here: kindsIn(problem['here']),
    }
  }
  if (problem.code === 'amount_too_small')
    return { kind: 'too_little', minYen: yenIn(problem['minYen']) }
  return { kind: 'other', words: told.find((it) => it === problem.code) ?? null, problem }
}

const yenIn = (value: unknown): number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0

/** The kinds that are worth anything, each once. */
function kindsIn(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return []
  const kinds = (value as readonly Readonly<{ kind?: unknown; yen?: unknown }>[])
    .filter(({ yen }) => yen === undefined || yenIn(yen) > 0)
    .flatMap(({ kind }) => (typeof kind === 'string' ? [kind] : []))
  return [...new Set(kinds)]
}
