import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  approveRun,
  checkRun,
  closeRun,
  openRun,
  type Run,
  type RunEvent,
  sendRun,
  settleRun,
  stepRun,
} from './index.ts'

const END = Date.parse('2027-02-16T00:00:00+09:00')
const HASH = 'a'.repeat(64)
const OTHER = 'b'.repeat(64)
const DUE = '2027-02-25'

const open = openRun({ periodStart: '2027-02-01', periodEnd: '2027-02-15' })
const closed = { ...open, kind: 'closed', closedAt: END } as const
const checked = checkRun(closed, {
  fileSha256: HASH,
  valueDate: '2027-02-26',
  by: '担当 一郎',
  at: END + 1,
})
const approved = {
  ...checked,
  kind: 'approved',
  approvedBy: '承認 花子',
  approvedAt: END + 2,
} as const
const sent = sendRun(approved, { by: '担当 一郎', at: END + 3, bankReceipt: '受付 9999' })
const settled = settleRun(sent, '2027-02-26') as Run

const states: readonly Run[] = [open, closed, checked, approved, sent, settled]

const events: readonly RunEvent[] = [
  { kind: 'close', at: END },
  { kind: 'check', fileSha256: HASH, valueDate: '2027-02-26', by: '担当 一郎', at: END + 1 },
  { kind: 'approve', fileSha256: HASH, fileDue: DUE, by: '承認 花子', at: END + 2 },
  { kind: 'send', by: '担当 一郎', at: END + 3, bankReceipt: '受付 9999' },
  { kind: 'settle', on: '2027-02-26' },
]

test('the table of runs: what each event makes of each state', () => {
  const table = Object.fromEntries(
    states.map((state) => [state.kind, events.map((event) => stepRun(state, event).kind)]),
  )
  const no = 'wrong_state'
  expect(table).toEqual({
    open: ['closed', no, no, no, no],
    closed: [no, 'checked', no, no, no],
    checked: [no, 'checked', 'approved', no, no],
    approved: [no, no, no, 'sent', no],
    sent: [no, no, no, no, 'settled'],
    settled: [no, no, no, no, no],
  })
})

test('an event in a wrong state is told with the states it needs', () => {
  expect(stepRun(approved, events[1] as RunEvent)).toEqual({
    kind: 'wrong_state',
    event: 'check',
    is: 'approved',
    needs: ['closed', 'checked'],
  })
})

test('a period closes at its last midnight in Tokyo, not a millisecond before', () => {
  expect(closeRun(open, END - 1)).toEqual({ kind: 'period_not_over', endsAt: END })
  expect(closeRun(open, END)).toEqual(closed)
})

test('nobody approves the file they checked themselves', () => {
  expect(
    approveRun(checked, { fileSha256: HASH, fileDue: DUE, by: '担当 一郎', at: END + 2 }),
  ).toEqual({
    kind: 'self_approval',
    checkedBy: '担当 一郎',
  })
})

test('nobody approves another file than the one that was checked last', () => {
  const again = checkRun(checked, {
    fileSha256: OTHER,
    valueDate: '2027-02-26',
    by: '担当 二郎',
    at: END + 2,
  })
  expect(
    approveRun(again, { fileSha256: HASH, fileDue: DUE, by: '承認 花子', at: END + 3 }),
  ).toEqual({
    kind: 'hash_differs',
    fileSha256: OTHER,
    approvedSha256: HASH,
  })
  expect(
    approveRun(again, { fileSha256: OTHER, fileDue: DUE, by: '担当 一郎', at: END + 3 }).kind,
  ).toBe('approved')
})

test('nobody approves a file that the bank no longer takes for its value date', () => {
  const approval = { fileSha256: HASH, fileDue: DUE, by: '承認 花子' }
  const lastMoment = Date.parse('2027-02-25T23:59:59.999+09:00')
  expect(approveRun(checked, { ...approval, at: lastMoment }).kind).toBe('approved')
  expect(approveRun(checked, { ...approval, at: lastMoment + 1 })).toEqual({
    kind: 'file_due_over',
    valueDate: '2027-02-26',
    fileDue: DUE,
  })
})

test('approving oneself is told before a hash that differs', () => {
  const refusal = approveRun(checked, {
    fileSha256: OTHER,
    fileDue: DUE,
    by: '担当 一郎',
    at: END + 2,
  })
  expect(refusal.kind).toBe('self_approval')
})

test('a run does not settle before its value date', () => {
  expect(settleRun(sent, '2027-02-25')).toEqual({
    kind: 'value_date_ahead',
    valueDate: '2027-02-26',
    on: '2027-02-25',
  })
})

test('a hash that is no SHA-256 is our fault', () => {
  const check = { fileSha256: 'A'.repeat(64), valueDate: '2027-02-26', by: '担当 一郎', at: END }
  expect(() => checkRun(closed, check)).toThrow('64 hexadecimal digits')
})

const someEvent: fc.Arbitrary<RunEvent> = fc.oneof(
  fc.record({ kind: fc.constant('close' as const), at: fc.constantFrom(END - 1, END) }),
  fc.record({
    kind: fc.constant('check' as const),
    fileSha256: fc.constantFrom(HASH, OTHER),
    valueDate: fc.constant('2027-02-26'),
    by: fc.constantFrom('甲', '乙'),
    at: fc.constant(END),
  }),
  fc.record({
    kind: fc.constant('approve' as const),
    fileSha256: fc.constantFrom(HASH, OTHER),
    fileDue: fc.constant(DUE),
    by: fc.constantFrom('甲', '乙'),
    at: fc.constant(END),
  }),
  fc.record({
    kind: fc.constant('send' as const),
    by: fc.constantFrom('甲', '乙'),
    at: fc.constant(END),
    bankReceipt: fc.constant('受付 9999'),
  }),
  fc.record({
    kind: fc.constant('settle' as const),
    on: fc.constantFrom('2027-02-25', '2027-02-26'),
  }),
)

/** The state after an event; a refused one changes nothing. */
const after = (run: Run, event: RunEvent): Run => {
  const next = stepRun(run, event)
  return 'period' in next ? next : run
}

test('whatever anyone does in whatever order, two people stand behind a file that is sent', () => {
  let sentRuns = 0
  fc.assert(
    fc.property(fc.array(someEvent, { minLength: 30, maxLength: 60 }), (history) => {
      const approvals = new Set<string>()
      let run: Run = open
      for (const event of history) {
        const before: Run = run
        run = after(before, event)
        if (run !== before && event.kind === 'approve') approvals.add(event.fileSha256)
      }
      if (run.kind !== 'sent' && run.kind !== 'settled') return
      sentRuns += 1
      expect(run.approvedBy).not.toBe(run.checkedBy)
      expect([...approvals]).toEqual([run.fileSha256])
      expect(run.closedAt).toBe(END)
    }),
    { numRuns: 500 },
  )
  expect(sentRuns).toBeGreaterThan(50)
})
