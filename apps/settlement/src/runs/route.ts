import { bytes, file, problem, reply, route } from '@minnaken/http'
import { runDetailReply, runParams, runsReply } from '../contract.ts'
import type { Deps } from '../deps.ts'
import { runDetail } from './detail.ts'
import { listRuns } from './summary.ts'

export const listRunsRoute = (deps: Deps) =>
  route({
    method: 'get',
    path: '/v1/runs',
    access: ['clerk', 'approver', 'auditor'],
    summary: { ja: '締めの一覧', en: 'Every run, the newest first' },
    replies: { 200: runsReply },
    handle: async () => reply(200, { runs: await listRuns(deps.db) }),
  })

export const showRunRoute = (deps: Deps) =>
  route({
    method: 'get',
    path: '/v1/runs/:runId',
    access: ['clerk', 'approver', 'auditor'],
    summary: { ja: '締めの明細', en: 'A run with its statements and transfers' },
    params: runParams,
    replies: { 200: runDetailReply },
    handle: async ({ params: { runId } }) => {
      const [run] = await listRuns(deps.db, runId)
      if (run === undefined) return problem('not_found')
      return reply(200, { ...run, ...(await runDetail(deps.db, runId)) })
    },
  })

/** The very bytes that were approved, and no others: before approval there is nothing to fetch. */
export const runFileRoute = (deps: Deps) =>
  route({
    method: 'get',
    path: '/v1/runs/:runId/file',
    access: ['clerk', 'approver'],
    summary: { ja: '承認された総合振込ファイル', en: "The approved banks' file" },
    params: runParams,
    replies: { 200: bytes('application/octet-stream') },
    problems: ['file_unapproved', 'no_transfers'],
    handle: async ({ params: { runId } }) => {
      const run = await deps.db
        .selectFrom('settlement.run')
        .select(['run_no', 'pay_date', 'approved_at', 'file'])
        .where('run_id', '=', runId)
        .executeTakeFirst()
      if (run === undefined) return problem('not_found')
      if (run.approved_at === null || run.file === null) return problem('file_unapproved')
      if (run.file.length === 0) return problem('no_transfers')
      const name = `furikomi-${String(run.run_no).padStart(4, '0')}-${run.pay_date}.txt`
      return file(run.file, 'application/octet-stream', name)
    },
  })
