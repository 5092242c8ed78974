import { type Language, langOf } from './languages.ts'

const ZONE = 'Asia/Tokyo'

const numberFormatters = new Map<Language, Intl.NumberFormat>()
const dateFormatters = new Map<string, Intl.DateTimeFormat>()

/** Making a formatter is slow, the first one most of all; a list of payments uses one. */
export function numberFormatter(language: Language): Intl.NumberFormat {
  const known = numberFormatters.get(language)
  if (known !== undefined) return known
  const made = new Intl.NumberFormat(langOf(language))
  numberFormatters.set(language, made)
  return made
}

export function dateFormatter(
  language: Language,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${language} ${JSON.stringify(options)}`
  const known = dateFormatters.get(key)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat(langOf(language), { timeZone: ZONE, ...options })
  dateFormatters.set(key, made)
  return made
}

/** 2月14日(日) */
export const dayOptions = { month: 'long', day: 'numeric', weekday: 'short' } as const

/** Makes what writes amounts, and days, before the first screen needs it. */
export const warmAmounts = (language: Language): string => numberFormatter(language).format(0)
export const warmDays = (language: Language): string =>
  dateFormatter(language, dayOptions).format(0)
