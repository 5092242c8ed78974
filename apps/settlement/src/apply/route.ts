import { problem, refusalReply, reply, route } from '@minnaken/http'
import { publicShopsReply, shopBody, shopReply, shopsReply } from '../contract.ts'
import type { Deps } from '../deps.ts'
import { listOpenShops } from '../profile/public.ts'
import { listShops } from '../screen/shops.ts'
import { applyAsShop } from './apply.ts'

export const applyRoute = (deps: Deps) =>
  route({
    method: 'post',
    path: '/v1/shops',
    access: ['shop_owner'],
    summary: { ja: '取扱店に申し込む', en: 'Apply to take vouchers' },
    body: shopBody,
    replies: { 201: shopReply },
    problems: [
      'bank_unknown',
      'branch_unknown',
      'holder_not_writable',
      'holder_too_long',
      'shop_applied_already',
    ],
    handle: async ({ body, actor: { accountId: ownerAccountId } }) => {
      const outcome = await applyAsShop(deps, { ...body, ownerAccountId })
      if (outcome.kind === 'refused') return refusalReply(outcome)
      const [shop] = await listShops(deps, { shopId: outcome.shopId, ownerAccountId })
      return shop === undefined ? problem('not_found') : reply(201, shop)
    },
  })

export const ownShopsRoute = (deps: Deps) =>
  route({
    method: 'get',
    path: '/v1/shops/mine',
    access: ['shop_owner'],
    summary: { ja: '自分の店の一覧', en: 'My shops' },
    replies: { 200: shopsReply },
    handle: async ({ actor: { accountId } }) =>
      reply(200, { shops: await listShops(deps, { ownerAccountId: accountId }) }),
  })

export const publicShopsRoute = (deps: Deps) =>
  route({
    method: 'get',
    path: '/v1/public/shops',
    access: 'anyone',
    anonymous: true,
    tagged: true,
    summary: { ja: '取扱店の一覧(公開)', en: 'The shops that take vouchers, for anyone' },
    replies: { 200: publicShopsReply },
    handle: async () => reply(200, { shops: await listOpenShops(deps.db) }),
  })
