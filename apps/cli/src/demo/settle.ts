import { createHash } from 'node:crypto'
import type { Person } from '../people/people.ts'
import { at } from './campaign.ts'
import type { Stage } from './stage.ts'

export type SettledRun = Readonly<{
  runId: string
  periodStart: string
  periodEnd: string
  payDate: string
  /** Null where nobody is paid: the banks know no file without a transfer. */
  file: Uint8Array | null
  sha256: string
  transfers: number
  paidYen: number
}>

/** A clerk closes and checks, another person approves over the file's hash; the bank gets the file. */
export async function settlePeriod(
  stage: Stage,
  {
    clerk,
    approver,
    periodStart,
    periodEnd,
  }: Readonly<{ clerk: Person; approver: Person; periodStart: string; periodEnd: string }>,
): Promise<SettledRun> {
  const runs = `${stage.urls.settlement}/v1/runs`
  const closed = await clerk.get({ method: 'POST', url: runs, body: { periodStart, periodEnd } })
  const again = await clerk.get({ method: 'POST', url: runs, body: { periodStart, periodEnd } })
  stage.expect(
    `${periodEnd}: もう一度締めても同じ`,
    JSON.stringify(again) === JSON.stringify(closed),
  )
  const runId = String(closed['runId'])
  const checked = await clerk.get({ method: 'POST', url: `${runs}/${runId}/check` })
  const sha256 = String(checked['fileSha256'])
  const selfApproval = await clerk.ask({
    method: 'POST',
    url: `${runs}/${runId}/approve`,
    body: { sha256 },
  })
  stage.expect(`${periodEnd}: 自分では承認できない`, selfApproval.status === 403)
  await approver.get({ method: 'POST', url: `${runs}/${runId}/approve`, body: { sha256 } })
  const transfers = Number(checked['transfers'])
  const file = transfers === 0 ? null : await fetchFile(stage, clerk, runId)
  if (file !== null)
    stage.expect(
      `${periodEnd}: 承認した通りの振込ファイル`,
      createHash('sha256').update(file).digest('hex') === sha256,
    )
  return {
    runId,
    periodStart,
    periodEnd,
    payDate: String(checked['payDate']),
    file,
    sha256,
    transfers,
    paidYen: Number(checked['payableYen']),
  }
}

async function fetchFile(stage: Stage, clerk: Person, runId: string): Promise<Uint8Array> {
  const { status, body, bytes } = await clerk.ask({
    method: 'GET',
    url: `${stage.urls.settlement}/v1/runs/${runId}/file`,
  })
  if (status !== 200) throw new Error(JSON.stringify(body))
  return bytes
}

/** The bank takes the file and pays on the value date; where nobody is paid it has nothing to do. */
export async function payOut(stage: Stage, clerk: Person, run: SettledRun): Promise<void> {
  const url = `${stage.urls.settlement}/v1/runs/${run.runId}`
  if (run.file === null) return
  await clerk.get({ method: 'POST', url: `${url}/send`, body: { bankReceipt: '受付-0001' } })
  await stage.travelTo(at(`${run.payDate}T10:00:00`))
  await clerk.get({ method: 'POST', url: `${url}/settle` })
}
