import { assert } from './assert.ts'

/** A moment, in milliseconds since 1970-01-01T00:00Z. */
export type Instant = number

/** A calendar day in Asia/Tokyo, `YYYY-MM-DD`. Compares in order as text. */
export type JstDate = string

/** A stretch of time, half-open: `from` belongs to it, `until` does not. */
export type Period = Readonly<{ from: Instant; until: Instant }>

const DAY_MS = 86_400_000
const JST_OFFSET_MS = 9 * 3_600_000

export const isWithin = (period: Period, at: Instant): boolean =>
  at >= period.from && at < period.until

/** The business date of a moment: the day it is then in Tokyo. */
export const jstDateOf = (at: Instant): JstDate =>
  new Date(at + JST_OFFSET_MS).toISOString().slice(0, 10)

/** The first moment of a day in Tokyo, 00:00. */
export const startOfJstDate = (date: JstDate): Instant => utcMidnight(date) - JST_OFFSET_MS

export const addDays = (date: JstDate, days: number): JstDate =>
  new Date(utcMidnight(date) + days * DAY_MS).toISOString().slice(0, 10)

/** The same day of a later month, or that month's last day where it has no such day. */
export function addMonths(date: JstDate, months: number): JstDate {
  const day = new Date(utcMidnight(date))
  const target = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + months, 1))
  const last = lastDayOfMonth(target.getUTCFullYear(), target.getUTCMonth() + 1)
  target.setUTCDate(Math.min(day.getUTCDate(), last))
  return target.toISOString().slice(0, 10)
}

/** How many days a month has; `month` counts from 1. */
export const lastDayOfMonth = (year: number, month: number): number =>
  new Date(Date.UTC(year, month, 0)).getUTCDate()

/** Whether text is a day that exists, in the form `YYYY-MM-DD`. */
export const isJstDate = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) &&
  !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) &&
  new Date(`${text}T00:00:00Z`).toISOString().startsWith(text)

function utcMidnight(date: JstDate): number {
  assert(isJstDate(date), `${date} is a day`)
  return Date.parse(`${date}T00:00:00Z`)
}
