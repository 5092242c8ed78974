import { hash } from 'node:crypto'
import { type RedemptionRefusal, bucketedId, refusalOrder, unreachable } from '@minnaken/domain'
import { isoOf, problem } from '@minnaken/http'
import { type TwoWords, decodePaymentCode, twoWordsOf } from '@minnaken/qr'
import type { DeskAnswer } from './desk.ts'
import type { Redemption } from './facts.ts'

/** Every way in which the decision says no, after a code's earlier use. */
export const refusals = ['code_already_used', ...refusalOrder] as const

export type Taken = DeskAnswer & Readonly<{ answer: { kind: 'redeemed' | 'replayed' } }>

export const isTaken = (answered: DeskAnswer): answered is Taken =>
  ['redeemed', 'replayed'].includes(answered.answer.kind)

export const paymentOf = (
  bucket: number,
  { redemptionId, amount, split, decidedAt }: Redemption,
) => ({
  redemptionId: bucketedId(bucket, redemptionId),
  amountYen: amount,
  split,
  acceptedAt: isoOf(decidedAt),
})

/** What is said of a payment that was asked for again. */
export const againOf = ({ answer: { kind, redemption } }: Taken) =>
  kind === 'replayed' ? { replayed: true as const, voidedYen: redemption.voided } : {}

/** The words that the phone shows too; it makes them of the same nonce without a network. */
export const wordsOf = (nonce: Uint8Array): TwoWords => twoWordsOf(hash('sha256', nonce, 'buffer'))

export function wordsOfCode(text: string): TwoWords {
  const code = decodePaymentCode(text)
  if (code.kind === 'refused') throw new Error('a code that was taken can be read')
  return wordsOf(code.nonce)
}

/** Why a code or a payment was not taken, with what a screen needs. */
export function refusalOf({ bucket, answer }: Exclude<DeskAnswer, Taken>) {
  switch (answer.kind) {
    case 'refused':
      return problem(answer.refusal.kind, dataOf(answer.refusal))
    case 'code_already_used':
      return problem('code_already_used', usedData(bucket, answer.own))
    case 'busy':
      return problem('busy')
    case 'redeemed':
    case 'replayed':
      throw new Error('a payment that was taken is not a refusal')
    default:
      return unreachable(answer)
  }
}

/** Only the till that used the code hears what it was used for, so that nobody charges again. */
const usedData = (bucket: number, own: Redemption | null) =>
  own === null
    ? {}
    : {
        redemptionId: bucketedId(bucket, own.redemptionId),
        amountYen: own.amount,
        voidedYen: own.voided,
      }

/** What a screen needs to say what would work, with moments as text. */
function dataOf(refusal: RedemptionRefusal): Record<string, unknown> {
  switch (refusal.kind) {
    case 'shop_suspended':
    case 'shop_left':
      return { since: isoOf(refusal.since) }
    case 'till_revoked':
    case 'device_revoked':
      return { revokedAt: isoOf(refusal.revokedAt) }
    case 'till_expired':
      return { expiresAt: isoOf(refusal.expiresAt) }
    case 'wallet_stopped':
      return { stoppedAt: isoOf(refusal.stoppedAt) }
    case 'campaign_closed':
      return {
        windows: refusal.windows.map(({ campaignId, window }) => ({
          campaignId,
          from: isoOf(window.from),
          until: isoOf(window.until),
        })),
      }
    case 'code_expired':
      return { validUntil: isoOf(refusal.validUntil) }
    case 'code_not_yet_valid':
      return { validFrom: isoOf(refusal.validFrom) }
    case 'amount_too_small':
      return { minYen: refusal.minYen }
    case 'confirmation_needed':
      return { perCodeYenMax: refusal.perCodeYenMax }
    case 'balance_too_small':
      return {
        spendableYen: refusal.spendableHere,
        here: refusal.here,
        elsewhere: refusal.elsewhere,
      }
    default:
      return unreachable(refusal)
  }
}
