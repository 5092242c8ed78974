import holidayJp from '@holiday-jp/holiday_jp'
import { addDays, assert, isJstDate, type JstDate } from '@minnaken/domain'

/** Why banks are closed on a day; the first that applies, in this order. */
export type BankClosure =
  | Readonly<{ kind: 'saturday' | 'sunday' }>
  | Readonly<{ kind: 'holiday'; name: string }>
  /** 31 December to 3 January. */
  | Readonly<{ kind: 'year_end' }>

/** The days this calendar knows: `from` belongs to it, `until` does not. */
export const bankCalendar = { from: '1970-01-01', until: '2051-01-01' } as const

/**
 * The last day of the Cabinet Office's published list of holidays. Later years are predictions:
 * the equinoxes are only fixed when the list for the next year appears, each February.
 */
export const publishedHolidaysUntil: JstDate = '2027-12-31'

const holidays: Readonly<Record<string, Readonly<{ name: string }>>> = holidayJp.holidays
const sunday = 0
const saturday = 6

export const isInBankCalendar = (date: JstDate): boolean =>
  isJstDate(date) && date >= bankCalendar.from && date < bankCalendar.until

/** Whether a day's holidays are only predicted, so that a date worked out now may still move. */
export const isPredicted = (date: JstDate): boolean => date > publishedHolidaysUntil

/**
 * Why banks are closed on a day, or undefined if they are open.
 *
 * Closed are Saturdays, Sundays, national holidays with their substitutes, and 31 December to
 * 3 January. Asks by the text of the date, because the holiday library reads a `Date` in the
 * time zone of the machine. Throws outside the calendar, where the library would say "no holiday".
 */
export function whyNotBankDay(date: JstDate): BankClosure | undefined {
  assert(isInBankCalendar(date), `${date} is a day of the bank calendar, 1970 to 2050`)
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay()
  if (weekday === saturday) return { kind: 'saturday' }
  if (weekday === sunday) return { kind: 'sunday' }
  const holiday = Object.hasOwn(holidays, date) ? holidays[date] : undefined
  if (holiday) return { kind: 'holiday', name: holiday.name }
  return isYearEnd(date.slice(5, 7) + date.slice(8)) ? { kind: 'year_end' } : undefined
}

/** Whether an `MMDD` is one of the days on which banks are closed in every year. */
export const isYearEnd = (mmdd: string): boolean => ['1231', '0101', '0102', '0103'].includes(mmdd)

export const isBankDay = (date: JstDate): boolean => whyNotBankDay(date) === undefined

/** The day itself if banks are open, else the last one before it on which they are. */
export function bankDayOnOrBefore(date: JstDate): JstDate {
  let day = date
  while (!isBankDay(day)) day = addDays(day, -1)
  return day
}

/** The day itself if banks are open, else the first one after it on which they are. */
export function bankDayOnOrAfter(date: JstDate): JstDate {
  let day = date
  while (!isBankDay(day)) day = addDays(day, 1)
  return day
}

/**
 * The bank day that lies `count` bank days after a day, or before it when `count` is negative.
 * The day itself is not counted and need not be a bank day; 0 leaves it as it is.
 */
export function addBankDays(date: JstDate, count: number): JstDate {
  assert(Number.isSafeInteger(count), `bank days are counted in whole days, not ${count}`)
  const step = count < 0 ? -1 : 1
  let day = date
  for (let left = Math.abs(count); left > 0;) {
    day = addDays(day, step)
    if (isBankDay(day)) left -= 1
  }
  return day
}

/**
 * The day that an `MMDD` of the banks' file means: the next such day from the day the file was
 * made, that day included. Undefined for a day that does not exist then (0229 when the next
 * February has 28 days): it is never moved to another.
 */
export function resolveValueDate(mmdd: string, madeOn: JstDate): JstDate | undefined {
  const monthAndDay = `${mmdd.slice(0, 2)}-${mmdd.slice(2)}`
  const madeYear = Number(madeOn.slice(0, 4))
  const year = monthAndDay >= madeOn.slice(5) ? madeYear : madeYear + 1
  const date = `${year}-${monthAndDay}`
  return isJstDate(date) ? date : undefined
}
