import { expect, test } from 'vitest'
import {
  goesWithNextRun,
  instructPayout,
  type Payout,
  type PayoutEvent,
  recallPayout,
  returnPayout,
  sendPayout,
  settlePayout,
  stepPayout,
  yen,
} from './index.ts'

const instructed = instructPayout({
  payeeAccountId: 'みらい書店',
  amountYen: yen(65_900),
  valueDate: '2027-02-26',
})
const sent = sendPayout(instructed, 100)
const returned = returnPayout(sent, { at: 200, reason: '口座なし' })
const recalled = recallPayout(sent, { at: 200, reason: '口座違い' })
const settled = settlePayout(sent, '2027-02-26') as Payout

const states: readonly Payout[] = [instructed, sent, settled, returned, recalled]

const events: readonly PayoutEvent[] = [
  { kind: 'send', at: 100 },
  { kind: 'settle', on: '2027-02-26' },
  { kind: 'return', at: 200, reason: '口座なし' },
  { kind: 'recall', at: 200, reason: '口座違い' },
]

test('the table of payouts: what each event makes of each state', () => {
  const table = Object.fromEntries(
    states.map((state) => [state.kind, events.map((event) => stepPayout(state, event).kind)]),
  )
  const no = 'wrong_state'
  expect(table).toEqual({
    instructed: ['sent', no, no, no],
    sent: [no, 'settled', 'returned', 'recalled'],
    settled: [no, no, no, no],
    returned: [no, no, no, no],
    recalled: [no, no, no, no],
  })
})

test('an event in a wrong state is told with the state it needs', () => {
  expect(stepPayout(instructed, { kind: 'settle', on: '2027-02-26' })).toEqual({
    kind: 'wrong_state',
    event: 'settle',
    is: 'instructed',
    needs: 'sent',
  })
})

test('a payout does not settle before its value date', () => {
  expect(settlePayout(sent, '2027-02-25')).toEqual({
    kind: 'value_date_ahead',
    valueDate: '2027-02-26',
    on: '2027-02-25',
  })
  expect(settlePayout(sent, '2027-02-26')).toMatchObject({ kind: 'settled', amountYen: 65_900 })
})

test('money that came back goes again only after the account was corrected', () => {
  for (const payout of [returned, recalled] as const) {
    expect(goesWithNextRun(payout, null)).toBe(false)
    expect(goesWithNextRun(payout, 199)).toBe(false)
    expect(goesWithNextRun(payout, 200)).toBe(false)
    expect(goesWithNextRun(payout, 201)).toBe(true)
  }
})

test('a transfer of nothing is our fault', () => {
  expect(() => instructPayout({ ...instructed, amountYen: yen(0) })).toThrow('at least ¥1')
})
