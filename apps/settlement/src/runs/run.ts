import type { Tables, Tx } from '@minnaken/db'
import { type Run, type RunEvent, type RunRefusal, assert, openRun } from '@minnaken/domain'
import { refused } from '@minnaken/http'
import type { Selectable } from 'kysely'

/** A run as it is stored, without its file. */
export type RunRow = Omit<Selectable<Tables['settlement.run']>, 'file'>

const columns = [
  'run_id',
  'run_no',
  'period_start',
  'period_end',
  'pay_date',
  'fee_bps',
  'minimum_yen',
  'state',
  'opened_at',
  'closed_at',
  'checked_at',
  'checked_by',
  'file_sha256',
  'approved_at',
  'approved_by',
  'posted_at',
  'sent_at',
  'sent_by',
  'bank_receipt',
  'settled_at',
] as const satisfies readonly (keyof RunRow)[]

/** Finds a run and holds it, so that of two who act on it one waits for the other. */
export const lockRun = (tx: Tx, runId: string): Promise<RunRow | undefined> =>
  tx
    .selectFrom('settlement.run')
    .select(columns)
    .where('run_id', '=', runId)
    .forUpdate()
    .executeTakeFirst()

/** The run as the rules know it: each state with exactly what is known in it. */
export function runOf(row: RunRow): Run {
  const { state } = row
  const open = openRun({ periodStart: row.period_start, periodEnd: row.period_end })
  if (state === 'open') return open
  const closed = { ...open, kind: 'closed', closedAt: at(row.closed_at) } as const
  if (state === 'closed') return closed
  const checked = {
    ...closed,
    kind: 'checked',
    fileSha256: known(row.file_sha256),
    valueDate: row.pay_date,
    checkedBy: known(row.checked_by),
    checkedAt: at(row.checked_at),
  } as const
  if (state === 'checked') return checked
  const approved = {
    ...checked,
    kind: 'approved',
    approvedBy: known(row.approved_by),
    approvedAt: at(row.approved_at),
  } as const
  if (state === 'approved') return approved
  const sent = {
    ...approved,
    kind: 'sent',
    sentBy: known(row.sent_by),
    sentAt: at(row.sent_at),
    bankReceipt: known(row.bank_receipt),
  } as const
  if (state === 'sent') return sent
  assert(state === 'settled', `${state} is a state of a run`)
  return { ...sent, kind: 'settled', settledOn: row.pay_date }
}

/** A step that meets a run in a state it is not for; it changes nothing. */
export const wrongState = (
  run: Run,
  { event, needs }: Readonly<{ event: RunEvent['kind']; needs: readonly Run['kind'][] }>,
) => refused({ kind: 'wrong_state', event, is: run.kind, needs })

export type WrongState = Extract<RunRefusal, { kind: 'wrong_state' }>

function known<T>(value: T | null): T {
  assert(value !== null, 'a run knows what its state says')
  return value
}

const at = (value: Date | null): number => known(value).getTime()
