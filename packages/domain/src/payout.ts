import { assert, unreachable } from './assert.ts'
import type { Instant, JstDate } from './time.ts'
import type { Yen } from './yen.ts'

type Instruction = Readonly<{ payeeAccountId: string; amountYen: Yen; valueDate: JstDate }>

/** In an approved file. The money is on its way as far as the books go. */
export type InstructedPayout = Instruction & Readonly<{ kind: 'instructed' }>

/** The bank has the file. */
export type SentPayout = Instruction & Readonly<{ kind: 'sent'; sentAt: Instant }>

/** The value date has passed and nothing came back. */
export type SettledPayout = Instruction &
  Readonly<{ kind: 'settled'; sentAt: Instant; settledOn: JstDate }>

/** 入金不能: the bank sent the money back. */
export type ReturnedPayout = Instruction &
  Readonly<{ kind: 'returned'; sentAt: Instant; returnedAt: Instant; reason: string }>

/** 組戻し: we asked for the money back, and it came. */
export type RecalledPayout = Instruction &
  Readonly<{ kind: 'recalled'; sentAt: Instant; recalledAt: Instant; reason: string }>

/** 振込: one bank transfer of a run. Each state holds exactly what is known in it. */
export type Payout = InstructedPayout | SentPayout | SettledPayout | ReturnedPayout | RecalledPayout

export type PayoutRefusal = Readonly<{
  kind: 'value_date_ahead'
  valueDate: JstDate
  on: JstDate
}>

export const instructPayout = (instruction: Instruction): InstructedPayout => {
  assert(instruction.amountYen > 0, 'a transfer moves at least ¥1')
  return { kind: 'instructed', ...instruction }
}

export const sendPayout = (payout: InstructedPayout, at: Instant): SentPayout => ({
  ...payout,
  kind: 'sent',
  sentAt: at,
})

/** Settles a payout on its value date or later; before it nobody can know. */
export const settlePayout = (payout: SentPayout, on: JstDate): SettledPayout | PayoutRefusal =>
  on < payout.valueDate
    ? { kind: 'value_date_ahead', valueDate: payout.valueDate, on }
    : { ...payout, kind: 'settled', settledOn: on }

export const returnPayout = (
  payout: SentPayout,
  { at, reason }: { at: Instant; reason: string },
): ReturnedPayout => ({ ...payout, kind: 'returned', returnedAt: at, reason })

export const recallPayout = (
  payout: SentPayout,
  { at, reason }: { at: Instant; reason: string },
): RecalledPayout => ({ ...payout, kind: 'recalled', recalledAt: at, reason })

/**
 * Whether money that came back goes with the next run: only once the payee's account was
 * corrected after it came back, or it would come back again.
 */
export const goesWithNextRun = (
  payout: ReturnedPayout | RecalledPayout,
  accountCorrectedAt: Instant | null,
): boolean => {
  const backAt = payout.kind === 'returned' ? payout.returnedAt : payout.recalledAt
  return accountCorrectedAt !== null && accountCorrectedAt > backAt
}

export type PayoutEvent =
  | Readonly<{ kind: 'send'; at: Instant }>
  | Readonly<{ kind: 'settle'; on: JstDate }>
  | Readonly<{ kind: 'return'; at: Instant; reason: string }>
  | Readonly<{ kind: 'recall'; at: Instant; reason: string }>

export type WrongPayoutState = Readonly<{
  kind: 'wrong_state'
  event: PayoutEvent['kind']
  is: Payout['kind']
  needs: Payout['kind']
}>

/** The whole table of transitions: every event in every state gives a next state or a refusal. */
export function stepPayout(
  payout: Payout,
  event: PayoutEvent,
): Payout | PayoutRefusal | WrongPayoutState {
  switch (event.kind) {
    case 'send':
      return payout.kind === 'instructed'
        ? sendPayout(payout, event.at)
        : { kind: 'wrong_state', event: 'send', is: payout.kind, needs: 'instructed' }
    case 'settle':
    case 'return':
    case 'recall':
      if (payout.kind !== 'sent')
        return { kind: 'wrong_state', event: event.kind, is: payout.kind, needs: 'sent' }
      if (event.kind === 'settle') return settlePayout(payout, event.on)
      return event.kind === 'return' ? returnPayout(payout, event) : recallPayout(payout, event)
    default:
      return unreachable(event)
  }
}
