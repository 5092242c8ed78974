import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  addDays,
  closingOf,
  type JstDate,
  fileDueOf,
  momentsOf,
  payDateFrom,
  payDateRolls,
  payoutCalendar,
  settlementPeriodOf,
  settlementRules,
} from './index.ts'

/** Banks' holidays between 2026-12 and 2027-08 that are no weekend. */
const HOLIDAYS = new Set(
  `2026-12-31 2027-01-01 2027-01-02 2027-01-03 2027-01-11 2027-02-11 2027-02-23 2027-03-22
   2027-04-29 2027-05-03 2027-05-04 2027-05-05 2027-07-19 2027-08-11`.split(/\s+/),
)

const isWeekend = (date: JstDate): boolean =>
  [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay())

const isBankDay = (date: JstDate): boolean => !isWeekend(date) && !HOLIDAYS.has(date)

const payDates = (terms: {
  rule: 'A' | 'B' | 'C'
  roll: 'previous' | 'next'
}): Record<string, string> =>
  Object.fromEntries(
    payoutCalendar({ ...terms, from: '2026-12-01', to: '2027-07-31', isBankDay }).map((row) => [
      row.periodEnd,
      row.payDate,
    ]),
  )

const RULE_A_PREVIOUS = {
  '2026-12-15': '2026-12-30',
  '2026-12-31': '2027-01-15',
  '2027-01-15': '2027-01-29',
  '2027-01-31': '2027-02-15',
  '2027-02-15': '2027-02-26',
  '2027-02-28': '2027-03-15',
  '2027-03-15': '2027-03-31',
  '2027-03-31': '2027-04-15',
  '2027-04-15': '2027-04-30',
  '2027-04-30': '2027-05-14',
  '2027-05-15': '2027-05-31',
  '2027-05-31': '2027-06-15',
  '2027-06-15': '2027-06-30',
  '2027-06-30': '2027-07-15',
  '2027-07-15': '2027-07-30',
  '2027-07-31': '2027-08-13',
}

test('rule A pays on the bank day before', () => {
  expect(payDates({ rule: 'A', roll: 'previous' })).toEqual(RULE_A_PREVIOUS)
})

test('rule A pays on the bank day after, where that is chosen', () => {
  expect(payDates({ rule: 'A', roll: 'next' })).toEqual({
    ...RULE_A_PREVIOUS,
    '2026-12-15': '2027-01-04',
    '2027-01-15': '2027-02-01',
    '2027-02-15': '2027-03-01',
    '2027-04-30': '2027-05-17',
    '2027-07-15': '2027-08-02',
    '2027-07-31': '2027-08-16',
  })
})

test('rule C pays on the 10th of the month after the closing', () => {
  expect(payDates({ rule: 'C', roll: 'previous' })).toMatchObject({
    '2027-03-15': '2027-04-09',
    '2027-06-15': '2027-07-09',
  })
  expect(payDates({ rule: 'C', roll: 'next' })).toMatchObject({
    '2027-03-15': '2027-04-12',
    '2027-06-15': '2027-07-12',
  })
})

test('rule B pays a whole month at the end of the next', () => {
  const rows = payoutCalendar({
    rule: 'B',
    roll: 'previous',
    from: '2027-01-01',
    to: '2027-01-31',
    isBankDay,
  })
  expect(rows).toEqual([
    {
      periodStart: '2027-01-01',
      periodEnd: '2027-01-31',
      nominal: '2027-02-28',
      payDate: '2027-02-26',
      moved: true,
      fileMade: '2027-02-24',
      fileDue: '2027-02-25',
    },
  ])
})

test('the file is due one bank day and made two bank days before the pay date', () => {
  const period = { periodStart: '2026-12-01', periodEnd: '2026-12-15' }
  expect(closingOf({ rule: 'A', roll: 'next', period, isBankDay })).toMatchObject({
    payDate: '2027-01-04',
    fileDue: '2026-12-30',
    fileMade: '2026-12-29',
  })
})

const periodsWithin = (from: string, to: string): string[] =>
  payoutCalendar({ rule: 'A', roll: 'previous', from, to, isBankDay }).map(
    (row) => `${row.periodStart}..${row.periodEnd}`,
  )

test('a period that only partly lies in the range has no row', () => {
  expect(periodsWithin('2027-02-01', '2027-02-28')).toEqual([
    '2027-02-01..2027-02-15',
    '2027-02-16..2027-02-28',
  ])
  expect(periodsWithin('2027-02-02', '2027-02-28')).toEqual(['2027-02-16..2027-02-28'])
  expect(periodsWithin('2027-02-01', '2027-02-27')).toEqual(['2027-02-01..2027-02-15'])
  expect(periodsWithin('2027-03-01', '2027-02-01')).toEqual([])
})

test.each([
  ['A', '2028-02-29', '2028-02-16', '2028-02-29'],
  ['B', '2028-02-29', '2028-02-01', '2028-02-29'],
  ['C', '2026-12-16', '2026-12-16', '2027-01-15'],
  ['C', '2027-01-15', '2026-12-16', '2027-01-15'],
] as const)('by rule %s, %s belongs to %s..%s', (rule, date, periodStart, periodEnd) => {
  expect(settlementPeriodOf(rule, date)).toEqual({ periodStart, periodEnd })
})

test('a period begins at midnight in Tokyo and ends at the midnight after its last day', () => {
  expect(momentsOf({ periodStart: '2027-02-16', periodEnd: '2027-02-28' })).toEqual({
    from: Date.parse('2027-02-15T15:00:00Z'),
    until: Date.parse('2027-02-28T15:00:00Z'),
  })
})

const someDay = fc.integer({ min: 0, max: 3650 }).map((days) => addDays('2026-01-01', days))

test('every business date belongs to exactly one period, and periods leave no gap', () => {
  fc.assert(
    fc.property(fc.constantFrom(...settlementRules), someDay, (rule, date) => {
      const period = settlementPeriodOf(rule, date)
      expect(date >= period.periodStart && date <= period.periodEnd).toBe(true)
      expect(settlementPeriodOf(rule, period.periodStart)).toEqual(period)
      expect(settlementPeriodOf(rule, period.periodEnd)).toEqual(period)
      const next = settlementPeriodOf(rule, addDays(period.periodEnd, 1))
      expect(next.periodStart).toBe(addDays(period.periodEnd, 1))
    }),
    { numRuns: 500 },
  )
})

test('whatever days the banks close, shops are paid on a bank day and the file precedes it', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...settlementRules),
      fc.constantFrom(...payDateRolls),
      someDay,
      fc.uniqueArray(fc.integer({ min: 0, max: 120 }), { maxLength: 40 }),
      (rule, roll, date, closedDays) => {
        const period = settlementPeriodOf(rule, date)
        const closed = new Set(closedDays.map((days) => addDays(period.periodStart, days)))
        const open = (day: JstDate): boolean => !isWeekend(day) && !closed.has(day)
        const row = closingOf({ rule, roll, period, isBankDay: open })
        expect([row.payDate, row.fileDue, row.fileMade].map(open)).toEqual([true, true, true])
        expect(row.fileMade < row.fileDue && row.fileDue < row.payDate).toBe(true)
        expect(row.moved).toBe(!open(row.nominal))
        const [first, last] = [row.payDate, row.nominal].toSorted() as [string, string]
        for (let day = first; day <= last; day = addDays(day, 1))
          expect(open(day)).toBe(day === row.payDate)
      },
    ),
    { numRuns: 300 },
  )
})

test('a calendar without any bank day is our fault, not an endless search', () => {
  const period = settlementPeriodOf('A', '2027-02-01')
  expect(() => closingOf({ rule: 'A', roll: 'next', period, isBankDay: () => false })).toThrow(
    'there is a bank day within two months of 2027-02-28',
  )
})

test.each([
  ['2027-02-16', '2027-02-26'],
  ['2027-02-25', '2027-02-26'],
  ['2027-02-26', '2027-03-01'],
  ['2027-02-27', '2027-03-02'],
  ['2027-04-29', '2027-05-06'],
])('by a file made on %s shops are paid on %s', (on, payDate) => {
  expect(payDateFrom({ payDate: '2027-02-26', on, isBankDay })).toBe(payDate)
  expect(fileDueOf(payDate, isBankDay) >= on).toBe(true)
})
