import { assert, unreachable } from './assert.ts'
import { momentsOf, type SettlementPeriod } from './calendar.ts'
import { type Instant, type JstDate, jstDateOf } from './time.ts'

/** A settlement period that shops still earn in, or that nobody has closed yet. */
export type OpenRun = Readonly<{ kind: 'open'; period: SettlementPeriod }>

/** Its lines are frozen: nothing that happens later belongs to it. */
export type ClosedRun = Readonly<{ kind: 'closed'; period: SettlementPeriod; closedAt: Instant }>

/** The banks' file was rendered and its hash shown. */
export type CheckedRun = Omit<ClosedRun, 'kind'> &
  Readonly<{
    kind: 'checked'
    fileSha256: string
    valueDate: JstDate
    checkedBy: string
    checkedAt: Instant
  }>

/** A second person stands for exactly this file. */
export type ApprovedRun = Omit<CheckedRun, 'kind'> &
  Readonly<{ kind: 'approved'; approvedBy: string; approvedAt: Instant }>

/** The bank has the file, and its receipt is noted. */
export type SentRun = Omit<ApprovedRun, 'kind'> &
  Readonly<{ kind: 'sent'; sentBy: string; sentAt: Instant; bankReceipt: string }>

/** The value date has come. */
export type SettledRun = Omit<SentRun, 'kind'> & Readonly<{ kind: 'settled'; settledOn: JstDate }>

/** 締め: one closing. Each state holds exactly what is known in it. */
export type Run = OpenRun | ClosedRun | CheckedRun | ApprovedRun | SentRun | SettledRun

/** Why a step is refused. Ordered: when several apply, the first is the one reported. */
export type RunRefusal =
  | Readonly<{
      kind: 'wrong_state'
      event: RunEvent['kind']
      is: Run['kind']
      needs: readonly Run['kind'][]
    }>
  | Readonly<{ kind: 'period_not_over'; endsAt: Instant }>
  | Readonly<{ kind: 'self_approval'; checkedBy: string }>
  | Readonly<{ kind: 'hash_differs'; fileSha256: string; approvedSha256: string }>
  | Readonly<{ kind: 'file_due_over'; valueDate: JstDate; fileDue: JstDate }>
  | Readonly<{ kind: 'value_date_ahead'; valueDate: JstDate; on: JstDate }>

type Refusal<K extends RunRefusal['kind']> = Extract<RunRefusal, { kind: K }>

export const openRun = (period: SettlementPeriod): OpenRun => ({ kind: 'open', period })

/** Closes a period once its last day is over, 24:00 in Tokyo, and not a moment before. */
export function closeRun(run: OpenRun, at: Instant): ClosedRun | Refusal<'period_not_over'> {
  const endsAt = momentsOf(run.period).until
  if (at < endsAt) return { kind: 'period_not_over', endsAt }
  return { ...run, kind: 'closed', closedAt: at }
}

/**
 * Shows a run's rendered file by its hash. A checked run can be checked again, for instance after
 * a shop was held: whoever checked last is the maker, and only the last file can be approved.
 */
export function checkRun(
  run: ClosedRun | CheckedRun,
  check: { fileSha256: string; valueDate: JstDate; by: string; at: Instant },
): CheckedRun {
  assert(/^[0-9a-f]{64}$/.test(check.fileSha256), 'a SHA-256 is 64 hexadecimal digits')
  const { period, closedAt } = run
  const { fileSha256, valueDate, by, at } = check
  return { kind: 'checked', period, closedAt, fileSha256, valueDate, checkedBy: by, checkedAt: at }
}

/**
 * Approves a run: another person than the one who checked it, over the hash of the very file.
 *
 * The approver names the hash they saw; if the file was rendered anew in between it differs, and
 * nobody approves what they have not seen. After `fileDue` the bank would not take it for its value
 * date: it is checked again, which gives it another.
 */
export function approveRun(
  run: CheckedRun,
  approval: { fileSha256: string; fileDue: JstDate; by: string; at: Instant },
): ApprovedRun | Refusal<'self_approval' | 'hash_differs' | 'file_due_over'> {
  const { fileSha256, checkedBy, valueDate } = run
  const { fileDue } = approval
  if (approval.by === checkedBy) return { kind: 'self_approval', checkedBy }
  if (approval.fileSha256 !== fileSha256)
    return { kind: 'hash_differs', fileSha256, approvedSha256: approval.fileSha256 }
  if (jstDateOf(approval.at) > fileDue) return { kind: 'file_due_over', valueDate, fileDue }
  return { ...run, kind: 'approved', approvedBy: approval.by, approvedAt: approval.at }
}

export const sendRun = (
  run: ApprovedRun,
  { by, at, bankReceipt }: { by: string; at: Instant; bankReceipt: string },
): SentRun => ({ ...run, kind: 'sent', sentBy: by, sentAt: at, bankReceipt })

/** Settles a sent run on its value date or later. */
export const settleRun = (run: SentRun, on: JstDate): SettledRun | Refusal<'value_date_ahead'> =>
  on < run.valueDate
    ? { kind: 'value_date_ahead', valueDate: run.valueDate, on }
    : { ...run, kind: 'settled', settledOn: on }

export type RunEvent =
  | Readonly<{ kind: 'close'; at: Instant }>
  | Readonly<{ kind: 'check'; fileSha256: string; valueDate: JstDate; by: string; at: Instant }>
  | Readonly<{ kind: 'approve'; fileSha256: string; fileDue: JstDate; by: string; at: Instant }>
  | Readonly<{ kind: 'send'; by: string; at: Instant; bankReceipt: string }>
  | Readonly<{ kind: 'settle'; on: JstDate }>

/** The states each event may meet; in any other it is refused and changes nothing. */
const NEEDS = {
  close: ['open'],
  check: ['closed', 'checked'],
  approve: ['checked'],
  send: ['approved'],
  settle: ['sent'],
} as const satisfies Record<RunEvent['kind'], readonly Run['kind'][]>

/** The whole table of transitions: every event in every state gives a next state or a refusal. */
export function stepRun(run: Run, event: RunEvent): Run | RunRefusal {
  switch (event.kind) {
    case 'close':
      return run.kind === 'open' ? closeRun(run, event.at) : wrongState(run, event)
    case 'check':
      return run.kind === 'closed' || run.kind === 'checked'
        ? checkRun(run, event)
        : wrongState(run, event)
    case 'approve':
      return run.kind === 'checked' ? approveRun(run, event) : wrongState(run, event)
    case 'send':
      return run.kind === 'approved' ? sendRun(run, event) : wrongState(run, event)
    case 'settle':
      return run.kind === 'sent' ? settleRun(run, event.on) : wrongState(run, event)
    default:
      return unreachable(event)
  }
}

const wrongState = (run: Run, event: RunEvent): RunRefusal => ({
  kind: 'wrong_state',
  event: event.kind,
  is: run.kind,
  needs: NEEDS[event.kind],
})
