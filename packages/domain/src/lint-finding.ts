import type { Instant } from './time.ts'

/** What the linter says about one place of a campaign's file. An error stops the campaign. */
export type Finding = Readonly<{
  level: 'error' | 'warning'
  rule: string
  path: string
  message: Readonly<{ ja: string; en: string }>
}>

type Words = Readonly<{ path: string; ja: string; en: string }>

export const error = (rule: string, { path, ja, en }: Words): Finding => ({
  level: 'error',
  rule,
  path,
  message: { ja, en },
})

export const warning = (rule: string, words: Words): Finding => ({
  ...error(rule, words),
  level: 'warning',
})

/** A moment as a clerk reads it, in Tokyo: `2027-02-01 10:00`. */
export const inTokyo = (at: Instant): string =>
  new Date(at + 9 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
