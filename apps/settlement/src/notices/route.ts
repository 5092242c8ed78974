import { isoOf, problem, reply, route } from '@minnaken/http'
import {
  noticeBody,
  noticeParams,
  noticeReadReply,
  noticeReply,
  noticesReply,
  sentNoticesReply,
  shopParams,
} from '../contract.ts'
import type { Deps } from '../deps.ts'
import { isOwnShop } from '../screen/own.ts'
import { markRead, noticesOf, publishNotice, sentNotices } from './notices.ts'

export const publishNoticeRoute = (deps: Deps) =>
  route({
    method: 'post',
    path: '/v1/notices',
    access: ['clerk'],
    summary: { ja: '全店にお知らせを出す', en: 'Tell all shops something' },
    body: noticeBody,
    replies: { 201: noticeReply },
    handle: async ({ body, actor: { accountId } }) =>
      reply(201, await publishNotice(deps, { ...body, by: accountId })),
  })

export const sentNoticesRoute = (deps: Deps) =>
  route({
    method: 'get',
    path: '/v1/notices',
    access: ['clerk', 'approver', 'auditor'],
    summary: { ja: '出したお知らせと既読の数', en: 'What shops were told, and how many read it' },
    replies: { 200: sentNoticesReply },
    handle: async () => reply(200, { notices: await sentNotices(deps.db) }),
  })

export const shopNoticesRoute = (deps: Deps) =>
  route({
    method: 'get',
    path: '/v1/shops/:shopId/notices',
    access: ['shop_owner'],
    summary: { ja: '事務局からのお知らせ', en: 'What the federation told my shop' },
    params: shopParams,
    replies: { 200: noticesReply },
    handle: async ({ params: { shopId }, actor: { accountId } }) => {
      if (!(await isOwnShop(deps, { shopId, accountId }))) return problem('not_found')
      return reply(200, { notices: await noticesOf(deps.db, shopId) })
    },
  })

export const readNoticeRoute = (deps: Deps) =>
  route({
    method: 'post',
    path: '/v1/shops/:shopId/notices/:noticeId/read',
    access: ['shop_owner'],
    summary: { ja: 'お知らせを読んだ', en: 'Mark a notice as read' },
    params: noticeParams,
    replies: { 200: noticeReadReply },
    handle: async ({ params: { shopId, noticeId }, actor: { accountId } }) => {
      if (!(await isOwnShop(deps, { shopId, accountId }))) return problem('not_found')
      const readAt = await markRead(deps.db, { shopId, noticeId, at: deps.now() })
      return readAt === null ? problem('not_found') : reply(200, { readAt: isoOf(readAt) })
    },
  })
