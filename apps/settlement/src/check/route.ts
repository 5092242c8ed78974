import { problem, refusalReply, reply, route } from '@minnaken/http'
import { checkReply, runParams } from '../contract.ts'
import type { Deps } from '../deps.ts'
import { listRuns } from '../runs/summary.ts'
import { checkFile } from './check.ts'

export const checkRoute = (deps: Deps) =>
  route({
    method: 'post',
    path: '/v1/runs/:runId/check',
    access: ['clerk'],
    summary: { ja: '振込ファイルを作って確認する', en: "Render the banks' file and stand for it" },
    params: runParams,
    replies: { 200: checkReply },
    problems: ['wrong_state', 'earlier_run_unapproved', 'federation_missing', 'file_has_problems'],
    handle: async ({ params: { runId }, actor: { accountId: clerkId } }) => {
      const outcome = await checkFile(deps, { runId, clerkId })
      if (outcome.kind === 'refused') return refusalReply(outcome)
      const [run] = await listRuns(deps.db, runId)
      if (run === undefined) return problem('not_found')
      return reply(200, {
        ...run,
        sha256: outcome.file.sha256,
        paidYen: run.payableYen,
        fileBytes: outcome.file.bytes.length,
        unpaid: outcome.statements.flatMap(({ shopNo, why, carriedOutYen }) =>
          why === null || (why === 'nothing_owed' && carriedOutYen === 0)
            ? []
            : [{ shopNo, why, carriedOutYen }],
        ),
      })
    },
  })
