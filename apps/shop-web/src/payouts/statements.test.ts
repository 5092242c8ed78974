import { expect, test } from 'vitest'
import { type OwnStatement, openReturns, stageOf } from './statements.ts'

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

/** A run: the day it pays, what it paid, what of that had come back before, and what became of it. */
const paid = (day: number, paidYen: number, returnedYen = 0, cameBackOn?: number): OwnStatement =>
  statement({
    statementNo: String(day),
    paidYen,
    returnedYen,
    run: { state: 'settled' },
    payout: {
      state: cameBackOn === undefined ? 'settled' : 'returned',
      stateSince: new Date(Date.UTC(2027, 1, cameBackOn ?? day)).toISOString(),
      returnReason: null,
    },
  })

const openOf = (...statements: readonly OwnStatement[]): readonly string[] =>
  openReturns(statements).map(({ statementNo }) => statementNo)

test('a transfer that came back is open until a later run pays it again', () => {
  const first = paid(1, 1_000, 0, 2)
  expect(openOf(first)).toEqual(['1'])
  expect(openOf(paid(8, 300), first)).toEqual(['1'])
  expect(openOf(paid(15, 1_057, 1_000), paid(8, 300), first)).toEqual([])
})

test('two that came back are paid again together, and open together before', () => {
  const both = [paid(8, 300, 0, 9), paid(1, 1_000, 0, 2)]
  expect(openOf(...both)).toEqual(['8', '1'])
  expect(openOf(paid(15, 1_300, 1_300), ...both)).toEqual([])
})

test('what comes back after the others were paid again is open, be it of an earlier run', () => {
  const again = paid(15, 1_000, 1_000)
  expect(openOf(again, paid(8, 1_000, 0, 9), paid(1, 1_000, 0, 20))).toEqual(['1'])
})

test('what was paid again and came back again is open once', () => {
  expect(openOf(paid(15, 1_057, 1_000, 16), paid(1, 1_000, 0, 2))).toEqual(['15'])
})
