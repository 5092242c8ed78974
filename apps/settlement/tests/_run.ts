import { assert } from '@minnaken/domain'
import { inventedFederation, writeFederation } from '../src/federation.ts'
import { type Answer, type App, type Person, type Stage, send } from './_stage.ts'

export const february = { periodStart: '2027-02-01', periodEnd: '2027-02-15' }
export const lateFebruary = { periodStart: '2027-02-16', periodEnd: '2027-02-28' }
export const march = { periodStart: '2027-03-01', periodEnd: '2027-03-15' }

export type Office = Awaited<ReturnType<typeof openOffice>>

/** The federation's office: a clerk and an approver who take a run from step to step. */
export async function openOffice(stage: Stage) {
  await writeFederation(stage.owner, inventedFederation)
  const clerk = await stage.person('clerk')
  const approver = await stage.person('approver')
  const ask = (from: Person, line: string, body?: unknown, at: App = stage.service) =>
    send(at, from, line, body)

  const close = (period: Readonly<Record<string, string>>, at?: App) =>
    ask(clerk, 'POST /v1/runs', period, at)
  const check = (runId: unknown, at?: App) =>
    ask(clerk, `POST /v1/runs/${String(runId)}/check`, undefined, at)
  const approve = (runId: unknown, sha256: unknown, at?: App) =>
    ask(approver, `POST /v1/runs/${String(runId)}/approve`, { sha256 }, at)
  const show = (runId: unknown) => ask(clerk, `GET /v1/runs/${String(runId)}`)

  /** Closes, checks and approves a period: its file is ready for the bank. */
  const approved = async (period: Readonly<Record<string, string>>) => {
    const { runId } = ok(await close(period)).body
    const { fileSha256 } = ok(await check(runId)).body
    ok(await approve(runId, fileSha256))
    return { runId: String(runId), sha256: String(fileSha256) }
  }

  const sendFile = (runId: unknown, bankReceipt = '受付 0001') =>
    ask(clerk, `POST /v1/runs/${String(runId)}/send`, { bankReceipt })
  const settle = (runId: unknown) => ask(clerk, `POST /v1/runs/${String(runId)}/settle`)
  const giveBack = (payoutId: unknown, reason = '口座名義相違') =>
    ask(clerk, `POST /v1/payouts/${String(payoutId)}/return`, { reason })

  /** The bytes that the bank gets. */
  const fileOf = async (runId: unknown, from: Person = clerk) => {
    const response = await stage.service.app.request(
      new Request(`http://localhost/v1/runs/${String(runId)}/file`, { headers: from.headers }),
    )
    return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()), response }
  }

  const transfersOf = async (runId: unknown) =>
    (await show(runId)).body['payouts'] as {
      payoutId: string
      yen: number
      state: string
      shops: string[]
    }[]

  return {
    clerk,
    approver,
    ask,
    close,
    check,
    approve,
    show,
    approved,
    sendFile,
    settle,
    giveBack,
    fileOf,
    transfersOf,
  }
}

/** An answer that went well. */
export function ok(answer: Answer): Answer {
  assert(answer.status < 300, JSON.stringify(answer.body))
  return answer
}

/** The fields of a record of the banks' file, by the offsets of its standard. */
export const recordsOf = (bytes: Buffer): string[] =>
  bytes.toString('latin1').split('\r\n').slice(0, -1)
