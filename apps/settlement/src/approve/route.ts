import { refusalReply, reply, route } from '@minnaken/http'
import { approveBody, runParams, runReply } from '../contract.ts'
import type { Deps } from '../deps.ts'
import { replayed } from '../replayed.ts'
import { summaryOf } from '../runs/summary.ts'
import { approveFile } from './approve.ts'

export const approveRoute = (deps: Deps) =>
  route({
    method: 'post',
    path: '/v1/runs/:runId/approve',
    access: ['approver'],
    summary: { ja: 'ファイルのハッシュを見て承認する', en: 'Approve the file, by its hash' },
    params: runParams,
    body: approveBody,
    replies: { 200: runReply },
    problems: ['wrong_state', 'self_approval', 'hash_differs', 'file_due_over', 'file_outdated'],
    handle: async ({ params: { runId }, body: { sha256 }, actor: { accountId } }) => {
      const outcome = await approveFile(deps, { runId, sha256, approverId: accountId })
      if (outcome.kind === 'refused') return refusalReply(outcome)
      const headers = outcome.kind === 'approved_before' ? replayed : {}
      return reply(200, await summaryOf(deps.db, runId), { headers })
    },
  })
