import { isoOf, problem, reply, route } from '@minnaken/http'
import {
  joinBody,
  joinCodeReply,
  joinReply,
  shopParams,
  tillParams,
  tillReply,
  tillsReply,
} from '../contract.ts'
import type { Deps } from '../deps.ts'
import { type Till, findOwnShop, joinShop, listTills, makeJoinCode, revokeTill } from './tills.ts'

const shown = (till: Till) => ({
  tillId: till.tillId,
  name: till.name,
  joinedAt: isoOf(till.joinedAt),
  expiresAt: isoOf(till.expiresAt),
  revokedAt: till.revokedAt === null ? null : isoOf(till.revokedAt),
})

export const makeJoinCodeRoute = (deps: Deps) =>
  route({
    method: 'post',
    path: '/v1/shops/:shopId/join-codes',
    access: ['shop_owner'],
    summary: { ja: '端末の参加コードを出す', en: 'Make a join code for a till' },
    params: shopParams,
    replies: { 201: joinCodeReply },
    problems: ['shop_not_trading'],
    handle: async ({ params: { shopId }, actor: { accountId } }) => {
      const shop = await findOwnShop(deps.db, { shopId, accountId })
      if (shop === null) return problem('not_found')
      if (!shop.isTrading) return problem('shop_not_trading', { state: shop.state })
      const { joinCode, expiresAt } = await makeJoinCode(deps, { shopId, accountId })
      return reply(201, { joinCode, expiresAt: isoOf(expiresAt) })
    },
  })

export const joinShopRoute = (deps: Deps) =>
  route({
    method: 'post',
    path: '/v1/tills',
    access: 'anyone',
    summary: { ja: '参加コードで端末になる', en: 'Join a shop as a till' },
    body: joinBody,
    replies: { 201: joinReply },
    problems: ['join_code_invalid'],
    handle: async ({ body }) => {
      const joined = await joinShop(deps, body)
      if (joined === null) return problem('join_code_invalid')
      const { till, token, shop } = joined
      return reply(201, {
        tillId: till.tillId,
        name: till.name,
        token,
        expiresAt: isoOf(till.expiresAt),
        shop,
      })
    },
  })

export const showTillRoute = (deps: Deps) =>
  route({
    method: 'get',
    path: '/v1/tills/current',
    access: ['shop_staff'],
    summary: { ja: 'この端末', en: 'This till' },
    replies: { 200: tillReply },
    handle: async ({ actor: { tillId, shopId } }) => {
      const tills = await listTills(deps.db, shopId)
      const till = tills.find((each) => each.tillId === tillId)
      const shop = await deps.db
        .selectFrom('shop.shop')
        .select(['shop_id', 'shop_no', 'name'])
        .where('shop_id', '=', shopId)
        .executeTakeFirst()
      if (till === undefined || shop === undefined) return problem('not_found')
      return reply(200, {
        ...shown(till),
        shop: { shopId: shop.shop_id, shopNo: shop.shop_no, name: shop.name },
      })
    },
  })

export const listTillsRoute = (deps: Deps) =>
  route({
    method: 'get',
    path: '/v1/shops/:shopId/tills',
    access: ['shop_owner'],
    summary: { ja: '店の端末の一覧', en: 'The tills of a shop' },
    params: shopParams,
    replies: { 200: tillsReply },
    handle: async ({ params: { shopId }, actor: { accountId } }) => {
      if ((await findOwnShop(deps.db, { shopId, accountId })) === null) return problem('not_found')
      const tills = await listTills(deps.db, shopId)
      return reply(200, { tills: tills.map(shown) })
    },
  })

export const revokeTillRoute = (deps: Deps) =>
  route({
    method: 'delete',
    path: '/v1/shops/:shopId/tills/:tillId',
    access: ['shop_owner'],
    summary: { ja: '端末を外す', en: 'Revoke a till' },
    params: tillParams,
    replies: { 200: tillsReply },
    handle: async ({ params: { shopId, tillId }, actor: { accountId } }) => {
      if ((await findOwnShop(deps.db, { shopId, accountId })) === null) return problem('not_found')
      if (!(await revokeTill(deps, { shopId, tillId }))) return problem('not_found')
      const tills = await listTills(deps.db, shopId)
      return reply(200, { tills: tills.map(shown) })
    },
  })
