import type { PaymentRefusal } from './payment.ts'

/** The refusals that this screen has its own words for. */
const known = [
  'balance_too_small',
  'nothing_here',
  'confirmation_needed',
  'code_expired',
  'code_not_yet_valid',
  'code_foreign',
  'code_forged',
  'number_unknown',
  'code_already_used',
  'used_here',
  'amount_too_small',
  'campaign_closed',
  'device_revoked',
  'wallet_stopped',
  'shop_suspended',
  'shop_left',
  'till_revoked',
  'till_expired',
  'offline',
] as const

type RefusalWords = (typeof known)[number]

/** What would work after a refusal, and which words say so; null where only the service has any. */
export type Advice = Readonly<{ words: RefusalWords | null }> &
  (
    | Readonly<{ kind: 'take_less'; yen: number }>
    | Readonly<{
        kind: 'same_again' | 'another_code' | 'join_again' | 'next'
        /** An amount that the words name. */
        yen?: number
      }>
  )

/**
 * What the till offers next. The same code again only where the refusal left it good: it burns
 * nothing, so a smaller amount needs no new code. Where it has paid already it is never offered
 * again.
 */
export function adviceOf(refusal: PaymentRefusal, asked: number): Advice {
  if (refusal.kind === 'offline') return { kind: 'same_again', words: 'offline' }
  const { problem } = refusal
  switch (problem.code) {
    case 'balance_too_small': {
      const yen = numberIn(problem['spendableYen'])
      return yen > 0 && yen < asked
        ? { kind: 'take_less', yen, words: 'balance_too_small' }
        : { kind: 'next', words: 'nothing_here' }
    }
    case 'confirmation_needed':
      return { kind: 'next', words: problem.code, yen: numberIn(problem['perCodeYenMax']) }
    case 'amount_too_small':
      return { kind: 'next', words: problem.code, yen: numberIn(problem['minYen']) }
    case 'code_already_used': {
      const yen = numberIn(problem['amountYen'])
      return yen > 0
        ? { kind: 'next', words: 'used_here', yen }
        : { kind: 'another_code', words: problem.code }
    }
    case 'code_expired':
    case 'code_not_yet_valid':
    case 'code_foreign':
    case 'code_forged':
    case 'number_unknown':
      return { kind: 'another_code', words: problem.code }
    case 'till_revoked':
    case 'till_expired':
      return { kind: 'join_again', words: problem.code }
    case 'sign_in_needed':
      return { kind: 'join_again', words: 'till_revoked' }
    case 'busy':
    case 'service_unreachable':
    case 'too_many_requests':
      return { kind: 'same_again', words: null }
    default:
      return { kind: 'next', words: known.find((it) => it === problem.code) ?? null }
  }
}

const numberIn = (value: unknown): number => (typeof value === 'number' ? value : 0)
