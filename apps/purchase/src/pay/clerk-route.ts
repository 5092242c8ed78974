import { problem, reply, route, isoOf, isoOrNull, refusalReply } from '@minnaken/http'
import {
  campaignParams,
  orderParams,
  refundCaseReply,
  refundCasesReply,
  releaseReply,
} from '../contract.ts'
import type { Deps } from '../deps.ts'
import { closeRefundCase, listRefundCases, type RefundCase } from './refund.ts'
import { releaseUnpaid } from './release.ts'

export const releaseRoute = (deps: Deps) =>
  route({
    method: 'post',
    path: '/v1/campaigns/:code/release',
    access: ['clerk'],
    summary: { ja: '未払いの当選を戻す', en: 'Release unpaid wins' },
    params: campaignParams,
    replies: { 200: releaseReply },
    problems: ['release_not_due', 'draw_not_run'],
    handle: async ({ params: { code } }) => {
      const open = await deps.findCampaign(code)
      if (open === null) return problem('not_found')
      const outcome = await releaseUnpaid(deps, open)
      if (outcome.kind === 'refused') return refusalReply(outcome)
      const { kind: _kind, releasedAt, ...released } = outcome
      return reply(200, { campaign: code, releasedAt: isoOf(releasedAt), ...released })
    },
  })

const shown = (refundCase: RefundCase) => ({
  ...refundCase,
  paidAt: isoOf(refundCase.paidAt),
  openedAt: isoOf(refundCase.openedAt),
  closedAt: isoOrNull(refundCase.closedAt),
})

export const listRefundCasesRoute = (deps: Deps) =>
  route({
    method: 'get',
    path: '/v1/refund-cases',
    access: ['clerk'],
    shed: 'report',
    summary: { ja: '返金が必要な入金', en: 'Payments that have to go back' },
    replies: { 200: refundCasesReply },
    handle: async () => reply(200, { cases: (await listRefundCases(deps.db)).map(shown) }),
  })

export const closeRefundCaseRoute = (deps: Deps) =>
  route({
    method: 'post',
    path: '/v1/refund-cases/:orderId/close',
    access: ['clerk'],
    summary: { ja: '返金済みにする', en: 'The money has gone back' },
    params: orderParams,
    replies: { 200: refundCaseReply },
    handle: async ({ params: { orderId }, actor: { accountId } }) => {
      const closed = await closeRefundCase(deps, { orderId, by: accountId })
      return closed === null ? problem('not_found') : reply(200, shown(closed))
    },
  })
