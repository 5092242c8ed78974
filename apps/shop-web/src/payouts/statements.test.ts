import { expect, test } from 'vitest'
import { type OwnStatement, stageOf } from './statements.ts'

const statement = (changes: object): OwnStatement =>
  ({ paidYen: 800, run: { state: 'sent' }, ...changes }) as OwnStatement

const payout = (state: string) => ({ state, stateSince: '', returnReason: null })

test.each([
  ['sent to the bank', {}, 'on_its_way'],
  ['settled as a whole', { run: { state: 'settled' } }, 'paid'],
  ['settled by itself', { payout: payout('settled') }, 'paid'],
  [
    'returned, although the run is settled',
    { run: { state: 'settled' }, payout: payout('returned') },
    'returned',
  ],
  ['recalled', { payout: payout('recalled') }, 'returned'],
  ['nothing to pay', { paidYen: 0, run: { state: 'settled' } }, 'not_paid'],
] as const)('%s', (_what, changes, stage) => {
  expect(stageOf(statement(changes))).toBe(stage)
})
