import { assert, unreachable } from './assert.ts'
import {
  addDays,
  addMonths,
  type JstDate,
  lastDayOfMonth,
  type Period,
  startOfJstDate,
} from './time.ts'

/**
 * A: 1st–15th paid at the month's end, 16th–end paid on the 15th of the next month.
 * B: a whole month, paid at the end of the next. C: 16th–15th, paid on the 10th of the month after.
 */
export const settlementRules = ['A', 'B', 'C'] as const

export type SettlementRule = (typeof settlementRules)[number]

/** Where a pay date goes that is no bank day: to the bank day before it, or to the one after. */
export const payDateRolls = ['previous', 'next'] as const

export type PayDateRoll = (typeof payDateRolls)[number]

/** Whether banks transfer money on a day. Handed in: the domain knows no holidays. */
export type IsBankDay = (date: JstDate) => boolean

/** What one closing covers: business dates, both included. */
export type SettlementPeriod = Readonly<{ periodStart: JstDate; periodEnd: JstDate }>

export type CalendarRow = SettlementPeriod &
  Readonly<{
    /** The pay date as the rule names it, bank day or not. */
    nominal: JstDate
    payDate: JstDate
    moved: boolean
    /** Two bank days before the pay date: the file is made and the statements go out. */
    fileMade: JstDate
    /** One bank day before the pay date: the bank must have the file. */
    fileDue: JstDate
  }>

/** The settlement period that a business date belongs to. Every date belongs to exactly one. */
export function settlementPeriodOf(rule: SettlementRule, date: JstDate): SettlementPeriod {
  const early = date.slice(8) <= '15'
  switch (rule) {
    case 'A':
      return early
        ? { periodStart: dayOf(date, 1), periodEnd: dayOf(date, 15) }
        : { periodStart: dayOf(date, 16), periodEnd: endOfMonth(date) }
    case 'B':
      return { periodStart: dayOf(date, 1), periodEnd: endOfMonth(date) }
    case 'C': {
      const closing = early ? dayOf(date, 15) : addMonths(dayOf(date, 15), 1)
      return { periodStart: dayOf(addMonths(closing, -1), 16), periodEnd: closing }
    }
    default:
      return unreachable(rule)
  }
}

/** A settlement period as moments: from its first midnight in Tokyo to the one after its end. */
export const momentsOf = ({ periodStart, periodEnd }: SettlementPeriod): Period => ({
  from: startOfJstDate(periodStart),
  until: startOfJstDate(addDays(periodEnd, 1)),
})

/**
 * Lists the closings whose whole period lies between two dates, both included, oldest first.
 *
 * A pay date that is no bank day moves to the bank day before or after it, as the federation
 * chose. The file counts back from the pay date as moved. Throws when `isBankDay` knows no bank
 * day within two months, which no calendar has.
 */
export function payoutCalendar(terms: {
  rule: SettlementRule
  roll: PayDateRoll
  from: JstDate
  to: JstDate
  isBankDay: IsBankDay
}): readonly CalendarRow[] {
  const { rule, from, to } = terms
  const rows: CalendarRow[] = []
  for (let period = settlementPeriodOf(rule, from); period.periodEnd <= to;) {
    if (period.periodStart >= from) rows.push(closingOf({ ...terms, period }))
    period = settlementPeriodOf(rule, addDays(period.periodEnd, 1))
  }
  return rows
}

/** One closing: its period, when shops are paid, and when the banks' file is made and due. */
export function closingOf(terms: {
  rule: SettlementRule
  roll: PayDateRoll
  period: SettlementPeriod
  isBankDay: IsBankDay
}): CalendarRow {
  const { rule, roll, period, isBankDay } = terms
  const nominal = nominalPayDate(rule, period.periodEnd)
  const payDate = bankDayFrom(nominal, { step: roll === 'next' ? 1 : -1, isBankDay })
  const fileDue = fileDueOf(payDate, isBankDay)
  const fileMade = bankDayFrom(addDays(fileDue, -1), { step: -1, isBankDay })
  return {
    periodStart: period.periodStart,
    periodEnd: period.periodEnd,
    nominal,
    payDate,
    moved: payDate !== nominal,
    fileMade,
    fileDue,
  }
}

/** The last day on which the bank takes the file of a pay date: the bank day before it. */
export const fileDueOf = (payDate: JstDate, isBankDay: IsBankDay): JstDate =>
  bankDayFrom(addDays(payDate, -1), { step: -1, isBankDay })

/**
 * When shops are paid by a file that is made on a day: on the pay date as long as the bank still
 * takes the file, else on the first bank day for which it does.
 */
export function payDateFrom(made: {
  payDate: JstDate
  on: JstDate
  isBankDay: IsBankDay
}): JstDate {
  const { payDate, on, isBankDay } = made
  if (on <= fileDueOf(payDate, isBankDay)) return payDate
  const taken = bankDayFrom(on, { step: 1, isBankDay })
  return bankDayFrom(addDays(taken, 1), { step: 1, isBankDay })
}

function nominalPayDate(rule: SettlementRule, periodEnd: JstDate): JstDate {
  const nextMonth = addMonths(dayOf(periodEnd, 1), 1)
  switch (rule) {
    case 'A':
      return periodEnd.endsWith('-15') ? endOfMonth(periodEnd) : dayOf(nextMonth, 15)
    case 'B':
      return endOfMonth(nextMonth)
    case 'C':
      return dayOf(nextMonth, 10)
    default:
      return unreachable(rule)
  }
}

function bankDayFrom(date: JstDate, by: { step: 1 | -1; isBankDay: IsBankDay }): JstDate {
  let day = date
  for (let days = 1; !by.isBankDay(day); days += 1) {
    assert(days < 62, `there is a bank day within two months of ${date}`)
    day = addDays(date, days * by.step)
  }
  return day
}

const dayOf = (date: JstDate, day: number): JstDate =>
  `${date.slice(0, 8)}${String(day).padStart(2, '0')}`

const endOfMonth = (date: JstDate): JstDate =>
  dayOf(date, lastDayOfMonth(Number(date.slice(0, 4)), Number(date.slice(5, 7))))
