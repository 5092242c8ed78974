import { type RedemptionRefusal, bucketedId, unreachable } from '@minnaken/domain'
import { isoOf, problem, reply, route } from '@minnaken/http'
import { previewReply, redeemBody, redeemReply } from '../contract.ts'
import type { Desk, DeskAnswer, NotOurs } from './desk.ts'
import type { Redemption } from './facts.ts'

const refusals = [
  'code_foreign',
  'code_forged',
  'code_already_used',
  'shop_suspended',
  'shop_left',
  'till_revoked',
  'till_expired',
  'device_revoked',
  'wallet_stopped',
  'campaign_closed',
  'code_expired',
  'code_not_yet_valid',
  'amount_too_small',
  'confirmation_needed',
  'balance_too_small',
] as const

export const redeemRoute = (desk: Desk) =>
  route({
    method: 'post',
    path: '/v1/redemptions',
    access: ['shop_staff'],
    summary: { ja: '支払コードで受け取る', en: 'Take a payment by a payment code' },
    body: redeemBody,
    replies: { 201: redeemReply },
    problems: refusals,
    handle: async ({ body, actor }) => {
      const answered = await desk.redeem({
        text: body.code,
        amount: body.amountYen,
        tillId: actor.tillId,
      })
      if (isTaken(answered)) {
        const { kind, redemption } = answered.answer
        const again =
          kind === 'replayed' ? { replayed: true as const, voidedYen: redemption.voided } : {}
        return reply(201, { ...paymentOf(answered.bucket, redemption), ...again })
      }
      return refusalOf(answered)
    },
  })

export const previewRoute = (desk: Desk) =>
  route({
    method: 'post',
    path: '/v1/redemptions/preview',
    access: ['shop_staff'],
    summary: { ja: '受け取る前に内訳を見る', en: 'See the split before taking a payment' },
    body: redeemBody,
    replies: { 200: previewReply },
    problems: refusals,
    handle: async ({ body, actor }) => {
      const answered = await desk.preview({
        text: body.code,
        amount: body.amountYen,
        tillId: actor.tillId,
      })
      if (isTaken(answered)) {
        const { kind, redemption } = answered.answer
        const payment = paymentOf(answered.bucket, redemption)
        const { amountYen, split, redemptionId } = payment
        return reply(
          200,
          kind === 'replayed' ? { amountYen, split, redemptionId } : { amountYen, split },
        )
      }
      return refusalOf(answered)
    },
  })

type Taken = DeskAnswer & Readonly<{ answer: { kind: 'redeemed' | 'replayed' } }>

const isTaken = (answered: DeskAnswer | NotOurs): answered is Taken =>
  'answer' in answered && ['redeemed', 'replayed'].includes(answered.answer.kind)

const paymentOf = (bucket: number, { redemptionId, amount, split, decidedAt }: Redemption) => ({
  redemptionId: bucketedId(bucket, redemptionId),
  amountYen: amount,
  split,
  acceptedAt: isoOf(decidedAt),
})

function refusalOf(answered: Exclude<DeskAnswer, Taken> | NotOurs) {
  if (!('answer' in answered)) return problem(answered.kind)
  const { bucket, answer } = answered
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
