import { problem, refusalReply, reply, route } from '@minnaken/http'
import {
  decisionBody,
  reasonBody,
  shopParams,
  shopReply,
  shopsQuery,
  shopsReply,
} from '../contract.ts'
import type { Deps } from '../deps.ts'
import { type ShopChange, decideShop } from './decide.ts'
import { listShops } from './shops.ts'

export const listShopsRoute = (deps: Deps) =>
  route({
    method: 'get',
    path: '/v1/shops',
    access: ['clerk', 'approver', 'auditor'],
    summary: { ja: '取扱店の審査の一覧', en: 'Shops to screen, by state' },
    query: shopsQuery,
    replies: { 200: shopsReply },
    handle: async ({ query: { state }, actor: { role } }) => {
      const filter = state === undefined ? {} : { state }
      const masking = role === 'auditor' ? 'masked' : 'whole'
      return reply(200, { shops: await listShops(deps, filter, masking) })
    },
  })

export const decisionRoute = (deps: Deps) =>
  route({
    method: 'post',
    path: '/v1/shops/:shopId/decision',
    access: ['clerk'],
    summary: { ja: '申込を承認または却下する', en: 'Accept or reject an application' },
    params: shopParams,
    body: decisionBody,
    replies: { 200: shopReply },
    problems: ['shop_wrong_state', 'account_unconfirmed'],
    handle: ({ params: { shopId }, body, actor: { accountId } }) =>
      decided(deps, {
        shopId,
        change: body.decision,
        reason: body.reason ?? '審査のとおり',
        clerkId: accountId,
      }),
  })

const steps = [
  { step: 'suspension', change: 'suspend', ja: '取り扱いを停止する', en: 'Suspend a shop' },
  { step: 'resumption', change: 'resume', ja: '停止を解く', en: 'Let a shop take vouchers again' },
  { step: 'hold', change: 'hold', ja: '支払いを保留する', en: 'Hold back what a shop is paid' },
  { step: 'release', change: 'release', ja: '保留を解く', en: 'Pay a held shop again' },
  { step: 'leave', change: 'leave', ja: '取り扱いを終える', en: 'A shop leaves' },
] as const

/** One route for each thing that a clerk can do to a shop later, always with a reason. */
export const changeShopRoutes = (deps: Deps) =>
  steps.map(({ step, change, ja, en }) =>
    route({
      method: 'post',
      path: `/v1/shops/:shopId/${step}`,
      access: ['clerk'],
      summary: { ja, en },
      params: shopParams,
      body: reasonBody,
      replies: { 200: shopReply },
      problems: ['shop_wrong_state', 'account_unconfirmed'],
      handle: ({ params: { shopId }, body: { reason }, actor: { accountId } }) =>
        decided(deps, { shopId, change, reason, clerkId: accountId }),
    }),
  )

async function decided(
  deps: Deps,
  given: Readonly<{ shopId: string; change: ShopChange; reason: string; clerkId: string }>,
) {
  const outcome = await decideShop(deps, given)
  if (outcome.kind === 'refused') return refusalReply(outcome)
  const [shop] = await listShops(deps, { shopId: given.shopId })
  return shop === undefined ? problem('not_found') : reply(200, shop)
}
