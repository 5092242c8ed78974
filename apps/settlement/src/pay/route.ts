import { refusalReply, reply, route } from '@minnaken/http'
import {
  payoutParams,
  returnBody,
  runDetailReply,
  runParams,
  runReply,
  sendBody,
} from '../contract.ts'
import type { Deps } from '../deps.ts'
import { replayed } from '../replayed.ts'
import { runDetail } from '../runs/detail.ts'
import { summaryOf } from '../runs/summary.ts'
import { noteReturn } from './return.ts'
import { noteSent, settleTransfers } from './send.ts'

export const sendRoute = (deps: Deps) =>
  route({
    method: 'post',
    path: '/v1/runs/:runId/send',
    access: ['clerk'],
    summary: { ja: '銀行に渡したことを記録する', en: 'Note that the bank has the file' },
    params: runParams,
    body: sendBody,
    replies: { 200: runReply },
    problems: ['wrong_state', 'no_transfers'],
    handle: async ({ params: { runId }, body: { bankReceipt }, actor: { accountId: clerkId } }) => {
      const outcome = await noteSent(deps, { runId, clerkId, bankReceipt })
      if (outcome.kind === 'refused') return refusalReply(outcome)
      const headers = outcome.kind === 'done_before' ? replayed : {}
      return reply(200, await summaryOf(deps.db, runId), { headers })
    },
  })

export const settleRoute = (deps: Deps) =>
  route({
    method: 'post',
    path: '/v1/runs/:runId/settle',
    access: ['clerk'],
    summary: { ja: '振込日に精算を終える', en: 'Settle on the value date or later' },
    params: runParams,
    replies: { 200: runReply },
    problems: ['wrong_state', 'value_date_ahead'],
    handle: async ({ params: { runId } }) => {
      const outcome = await settleTransfers(deps, { runId })
      if (outcome.kind === 'refused') return refusalReply(outcome)
      const headers = outcome.kind === 'done_before' ? replayed : {}
      return reply(200, await summaryOf(deps.db, runId), { headers })
    },
  })

export const returnRoute = (deps: Deps) =>
  route({
    method: 'post',
    path: '/v1/payouts/:payoutId/return',
    access: ['clerk'],
    summary: { ja: '振込が戻ったことを記録する', en: 'Note that a transfer came back' },
    params: payoutParams,
    body: returnBody,
    replies: { 200: runDetailReply },
    problems: ['payout_wrong_state'],
    handle: async ({ params: { payoutId }, body: { reason } }) => {
      const outcome = await noteReturn(deps, { payoutId, reason })
      if (outcome.kind === 'refused') return refusalReply(outcome)
      const { runId } = outcome
      const detail = await runDetail(deps.db, runId)
      const headers = outcome.kind === 'returned_before' ? replayed : {}
      return reply(200, { ...(await summaryOf(deps.db, runId)), ...detail }, { headers })
    },
  })
