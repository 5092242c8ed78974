import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = new URL('../../..', import.meta.url)
const read = (path: string): string => readFileSync(fileURLToPath(new URL(path, root)), 'utf8')

const sources = [
  'apps/purchase/src/problems.ts',
  'apps/redemption/src/problems.ts',
  'apps/settlement/src/problems.ts',
  'apps/settlement/src/problems-shops.ts',
]

/** What only the federation's staff are told, who have Japanese and English. */
const ofStaff = new Set([
  'account_unconfirmed',
  'applications_open',
  'campaign_exists',
  'campaign_refused',
  'commit_too_late',
  'draw_already_run',
  'draw_not_committed',
  'draw_not_due',
  'draw_not_frozen',
  'invite_invalid',
  'keyed_refused',
  'not_everyone_wins',
  'notice_malformed',
  'paid_at_impossible',
  'period_open',
  'release_not_due',
  'results_not_due',
  'signature_refused',
  'what_if_undefined',
])

const told = new Set(
  sources.flatMap((path) =>
    [...read(path).matchAll(/^ {2}(\w+): \{/gm)].map(([, code = '']) => code),
  ),
)

const wordsIn = (language: string) =>
  JSON.parse(read(`packages/ui/problem-words/${language}.json`)) as Record<string, string>

test.each(['ja-easy', 'zh-Hans', 'ko'])(
  'in %s every refusal that a person may meet has words, and nothing else has',
  (language) => {
    expect(told.size).toBeGreaterThan(80)
    expect([...ofStaff].filter((code) => !told.has(code))).toEqual([])
    const met = [...told].filter((code) => !ofStaff.has(code))
    expect(Object.keys(wordsIn(language)).toSorted()).toEqual(met.toSorted())
    for (const text of Object.values(wordsIn(language))) expect(text.trim()).not.toBe('')
  },
)

test('in easy Japanese every kanji of a refusal has its reading', () => {
  const bare = Object.entries(wordsIn('ja-easy')).filter(([, text]) =>
    /\p{sc=Han}/u.test(text.replaceAll(/[\p{sc=Han}々]+\([\p{sc=Hiragana}]+\)/gu, '')),
  )
  expect(bare).toEqual([])
})

test.each(['zh-Hans', 'ko'])('in %s no refusal has kana', (language) => {
  const wrong = Object.entries(wordsIn(language)).filter(([, text]) =>
    /[\p{sc=Hiragana}\p{sc=Katakana}]/u.test(text.replaceAll('みんな券', '')),
  )
  expect(wrong).toEqual([])
})
