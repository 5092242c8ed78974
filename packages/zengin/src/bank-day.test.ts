import * as fc from 'fast-check'
import { addDays } from '@minnaken/domain'
import { describe, expect, test } from 'vitest'
import {
  addBankDays,
  bankDayOnOrAfter,
  bankDayOnOrBefore,
  isBankDay,
  isInBankCalendar,
  isPredicted,
  resolveValueDate,
  whyNotBankDay,
} from './bank-day.ts'

const why = (date: string): string => {
  const closure = whyNotBankDay(date)
  return closure?.kind === 'holiday' ? closure.name : (closure?.kind ?? 'open')
}

test.each([
  ['2026-09-21', '敬老の日', ''],
  ['2026-09-22', '休日', '国民の休日, between two holidays'],
  ['2026-11-22', 'sunday', ''],
  ['2026-11-23', '勤労感謝の日', ''],
  ['2026-12-30', 'open', ''],
  ['2026-12-31', 'year_end', 'no national holiday, but banks are closed'],
  ['2027-01-01', '元日', ''],
  ['2027-01-02', 'saturday', 'a weekend day is told as that'],
  ['2027-01-04', 'open', ''],
  ['2028-01-03', 'year_end', ''],
  ['2027-02-11', '建国記念の日', ''],
  ['2027-03-22', '春分の日 振替休日', 'a holiday on a Sunday is taken on Monday'],
  ['2027-05-01', 'saturday', ''],
  ['2050-11-24', 'open', 'after the last holiday that the list has'],
])('%s is %s %s', (date, closure) => {
  expect(why(date)).toBe(closure)
  expect(isBankDay(date)).toBe(closure === 'open')
})

test('the answer does not depend on the time zone of the machine', () => {
  const zone = process.env['TZ']
  try {
    const answers = ['Asia/Tokyo', 'UTC', 'America/Los_Angeles', 'Pacific/Kiritimati'].map((tz) => {
      process.env['TZ'] = tz
      return ['2027-02-10', '2027-02-11', '2027-02-12', '2027-02-13', '2027-02-14'].map(why)
    })
    for (const answer of answers)
      expect(answer).toEqual(['open', '建国記念の日', 'open', 'saturday', 'sunday'])
  } finally {
    if (zone === undefined) delete process.env['TZ']
    else process.env['TZ'] = zone
  }
})

test.each(['1969-12-31', '2051-01-01', '2027-02-30', '2027-2-1', '', 'tomorrow'])(
  '%j is no day of the calendar, rather than a day without a holiday',
  (date) => {
    expect(isInBankCalendar(date)).toBe(false)
    expect(() => isBankDay(date)).toThrow('bank calendar')
  },
)

test('holidays past the published list are known to be predictions', () => {
  expect(['2027-12-31', '2028-01-01'].map(isPredicted)).toEqual([false, true])
})

/** settlement.md, rule A: nominal day, rolled back, rolled on. */
const payDates = [
  ['2026-12-31', '2026-12-30', '2027-01-04'],
  ['2027-01-31', '2027-01-29', '2027-02-01'],
  ['2027-02-15', '2027-02-15', '2027-02-15'],
  ['2027-02-28', '2027-02-26', '2027-03-01'],
  ['2027-05-15', '2027-05-14', '2027-05-17'],
  ['2027-07-31', '2027-07-30', '2027-08-02'],
  ['2027-08-15', '2027-08-13', '2027-08-16'],
  ['2027-04-10', '2027-04-09', '2027-04-12'],
] as const

describe('a pay date that banks are closed on', () => {
  test.each(payDates)('%s moves back to %s or on to %s', (nominal, before, after) => {
    expect(bankDayOnOrBefore(nominal)).toBe(before)
    expect(bankDayOnOrAfter(nominal)).toBe(after)
  })
})

test.each([
  ['2027-02-26', -1, '2027-02-25', ''],
  ['2027-02-26', 1, '2027-03-01', ''],
  ['2027-02-15', -2, '2027-02-10', '11 February is a holiday'],
  ['2027-01-04', -1, '2026-12-30', 'over the turn of the year'],
  ['2026-12-30', 1, '2027-01-04', 'over the turn of the year'],
  ['2027-02-13', 1, '2027-02-15', 'counted from a day that is none'],
  ['2027-02-13', 0, '2027-02-13', 'nothing counted, nothing moved'],
])('%s and %i bank days is %s %s', (date, count, expected) => {
  expect(addBankDays(date, count)).toBe(expected)
})

test('bank days counted on and back again lead to the same bank day', () => {
  fc.assert(
    fc.property(fc.nat(8000), fc.integer({ min: -20, max: 20 }), (days, count) => {
      const start = bankDayOnOrAfter(addDays('2020-01-01', days))
      expect(addBankDays(addBankDays(start, count), -count)).toBe(start)
      expect(isBankDay(addBankDays(start, count))).toBe(true)
    }),
    { numRuns: 200 },
  )
})

test.each<readonly [string, string, string | undefined, string]>([
  ['0226', '2027-02-20', '2027-02-26', ''],
  ['0226', '2027-02-26', '2027-02-26', 'the day itself counts'],
  ['0226', '2027-02-27', '2028-02-26', 'over a year'],
  ['0104', '2026-12-28', '2027-01-04', 'over the turn of the year'],
  ['0229', '2027-12-01', '2028-02-29', ''],
  ['0229', '2026-12-01', undefined, 'not moved to 28 February or 1 March'],
  ['0431', '2027-01-01', undefined, ''],
  ['0000', '2027-01-01', undefined, ''],
])('%s in a file made on %s is %s %s', (mmdd, madeOn, date) => {
  expect(resolveValueDate(mmdd, madeOn)).toBe(date)
})
