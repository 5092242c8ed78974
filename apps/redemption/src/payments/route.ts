import { type OwnLine, isoOf, problem, reply, route } from '@minnaken/http'
import { shopNoOf } from '@minnaken/qr'
import {
  payBody,
  payPreviewBody,
  payPreviewReply,
  payReply,
  shopCodeParams,
  shopCodeReply,
} from '../contract.ts'
import type { Deps } from '../deps.ts'
import { againOf, isTaken, paymentOf, refusalOf, refusals, wordsOf } from '../redeem/answer.ts'
import { findShopCard } from './card.ts'
import { type PayDesk, pay, previewPayment } from './pay.ts'
import type { PrintedShop } from './shop.ts'

const shopOf = ({ shopNo, name }: PrintedShop) => ({ shopNo, name })

export const payRoute = (
  deps: Deps,
  desk: PayDesk,
  { ownLine, taken }: Readonly<{ ownLine: OwnLine; taken: () => void }>,
) =>
  route({
    method: 'post',
    path: '/v1/payments',
    access: ['resident'],
    hasRoom: desk.buckets.hasRoom,
    ownLine,
    summary: {
      ja: '店のコードを読み取って払う(店と金額にスマホが署名)',
      en: 'Pay a shop after scanning its code; the phone signs shop and amount',
    },
    body: payBody,
    replies: { 201: payReply },
    problems: ['payment_unreadable', 'payment_not_genuine', 'confirmation_refused', ...refusals],
    handle: async ({ body, actor: { accountId } }) => {
      const outcome = await pay(deps, desk, {
        accountId,
        text: body.payment,
        confirmation: body.confirmation,
      })
      if (outcome.kind === 'shop_unknown') return problem('not_found')
      if (outcome.kind !== 'answered') return problem(outcome.kind)
      const { bucket, answer, shop, nonce, wasConfirmed } = outcome
      const answered = { bucket, answer }
      if (isTaken(answered)) {
        taken()
        return reply(201, {
          ...paymentOf(bucket, answered.answer.redemption),
          shop: shopOf(shop),
          words: wordsOf(nonce),
          ...againOf(answered),
        })
      }
      const needsMore = answer.kind === 'refused' && answer.refusal.kind === 'confirmation_needed'
      return needsMore && wasConfirmed ? problem('confirmation_refused') : refusalOf(answered)
    },
  })

export const payPreviewRoute = (deps: Deps, desk: PayDesk) =>
  route({
    method: 'post',
    path: '/v1/payments/preview',
    access: ['resident'],
    shed: 'balance',
    summary: { ja: '払う前に内訳を見る', en: 'See the split before paying' },
    body: payPreviewBody,
    replies: { 200: payPreviewReply },
    problems: [...refusals],
    handle: async ({ body, actor: { accountId } }) => {
      const { deviceId, shopNo, amountYen: amount } = body
      const outcome = await previewPayment(deps, desk, { accountId, deviceId, shopNo, amount })
      if (outcome.kind === 'busy') return problem('busy')
      if (outcome.kind !== 'answered') return problem('not_found')
      const { bucket, answer, shop, confirmationNeeded } = outcome
      const answered = { bucket, answer }
      if (!isTaken(answered)) return refusalOf(answered)
      const { amountYen, split } = paymentOf(bucket, answered.answer.redemption)
      const serverTime = isoOf(deps.now())
      return reply(200, { amountYen, split, shop: shopOf(shop), confirmationNeeded, serverTime })
    },
  })

export const shopCodeRoute = (deps: Deps) =>
  route({
    method: 'get',
    path: '/v1/shop-codes/:code',
    access: 'anyone',
    shed: 'balance',
    summary: { ja: '店のコードがどの店のものか', en: 'Whose code a printed shop code is' },
    params: shopCodeParams,
    replies: { 200: shopCodeReply },
    problems: ['shop_code_mistyped'],
    handle: async ({ params: { code } }) => {
      const shopNo = shopNoOf(code)
      if (shopNo === null) return problem('shop_code_mistyped')
      const card = await findShopCard(deps, shopNo)
      return card === null ? problem('not_found') : reply(200, card)
    },
  })
