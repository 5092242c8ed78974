const DAY_MS = 86_400_000
const TOKYO_MS = 9 * 3_600_000

/** Whether a moment lies in a period; its end is the first moment that does not. */
export const isIn = (
  { from, until }: Readonly<{ from: string; until: string }>,
  now: number,
): boolean => Date.parse(from) <= now && now < Date.parse(until)

/** The last moment before an end, so that midnight is told as the day before it. */
export const lastMomentOf = (until: string): number => Date.parse(until) - 1

/** How many days there are after today, in Tokyo, until this day: 0 is today, less is over. */
export const daysUntil = (day: string, now: number): number =>
  Math.round((Date.parse(`${day}T00:00:00Z`) - todayAt(now)) / DAY_MS)

const todayAt = (now: number): number => Math.floor((now + TOKYO_MS) / DAY_MS) * DAY_MS
