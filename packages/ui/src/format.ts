import { languageNow } from './dictionaries.ts'
import { dateFormatter, dayOptions, numberFormatter } from './formatters.ts'
import type { Language } from './languages.ts'
import { uiText, useUiWords } from './words.ts'

/** A moment as services send it (RFC 3339), or as a clock counts it. */
export type Moment = string | number | Date

const inWords = (language: Language, at: Moment, options: Intl.DateTimeFormatOptions): string =>
  dateFormatter(language, options).format(momentOf(at))

/** A business date (`2027-02-14`) is the whole day in Tokyo. */
const momentOf = (at: Moment): Date =>
  new Date(typeof at === 'string' && at.length === 10 ? `${at}T00:00:00+09:00` : at)

const weekdayReadings = {
  日: 'にち',
  月: 'げつ',
  火: 'か',
  水: 'すい',
  木: 'もく',
  金: 'きん',
  土: 'ど',
}

/** In easy Japanese the counters of a date have their reading, and so have days of the week. */
const withReadings = (language: Language, date: string): string =>
  language === 'ja-easy'
    ? date
        .replace('年', '年(ねん)')
        .replace(/(?<=\d)月/, '月(がつ)')
        .replace(/(?<=\d)日/, '日(にち)')
        .replace(
          /(?<=^|\()[日月火水木金土](?=$|\))/,
          (day) => `${day}(${weekdayReadings[day as keyof typeof weekdayReadings]})`,
        )
    : date

export const format = {
  number: (value: number): string => numberFormatter(languageNow()).format(value),
  /** 1,234円, as it stands in a sentence. */
  yen: (yen: number): string => uiText('ui.yen', { amount: format.number(yen) }),
  /** ¥1,234, where space is tight. */
  yenShort: (yen: number): string => `${yen < 0 ? '−' : ''}¥${format.number(Math.abs(yen))}`,
  /** 2月14日(日) */
  day: (at: Moment): string => {
    const language = languageNow()
    return withReadings(language, inWords(language, at, dayOptions))
  },
  /** 2027年2月14日 */
  date: (at: Moment): string => {
    const language = languageNow()
    return withReadings(language, inWords(language, at, { dateStyle: 'long' }))
  },
  /** 2027年2月, of a month as it is written (`2027-02`). */
  month: (month: string): string => {
    const language = languageNow()
    const options = { year: 'numeric', month: 'long' } as const
    return withReadings(language, inWords(language, `${month}-01`, options))
  },
  /** 月, of a day of the week from 1, Monday, to 7. */
  weekday: (day: number): string => {
    const language = languageNow()
    return withReadings(language, inWords(language, `2024-01-0${day}`, { weekday: 'short' }))
  },
  /** 14:05 */
  time: (at: Moment): string =>
    inWords(languageNow(), at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
  /** 14:05:09 */
  timeWithSeconds: (at: Moment): string =>
    inWords(languageNow(), at, {
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    }),
  /** 2月14日(日) 14:05 */
  dayAndTime: (at: Moment): string => `${format.day(at)} ${format.time(at)}`,
} as const

/** The formats in the language that is chosen; a screen that uses them follows its change. */
export function useFormat(): typeof format {
  useUiWords()
  return format
}
