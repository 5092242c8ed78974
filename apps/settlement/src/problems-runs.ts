import type { RunRefusal } from '@minnaken/domain'
import type { ProblemDefinition } from '@minnaken/http'
import type { CloseRefusal } from './close/close.ts'

/** A new refusal about a run does not compile until it has a status and its words. */
export const runProblems = {
  period_not_in_calendar: {
    status: 422,
    ja: 'この期間は精算カレンダーにありません。',
    en: 'This is not a period of the settlement calendar.',
  },
  calendars_differ: {
    status: 409,
    ja: '事業ごとに精算の条件が違うため、締められません。',
    en: 'The campaigns do not share one settlement calendar and its terms.',
  },
  period_not_over: {
    status: 409,
    ja: 'この期間はまだ終わっていません。',
    en: 'The period is not over yet.',
  },
  earlier_period_open: {
    status: 409,
    ja: '前の期間の締めが終わっていません。先に締めてください。',
    en: 'An earlier period with payments is still open. Close it first.',
  },
  wrong_state: {
    status: 409,
    ja: 'この締めは今、その段階にありません。',
    en: 'The run is not at a stage for this.',
  },
  self_approval: {
    status: 403,
    ja: '確認した本人は承認できません。別の人が承認してください。',
    en: 'Whoever checked the file cannot approve it. Ask another person.',
  },
  hash_differs: {
    status: 409,
    ja: '承認しようとしたファイルは今のファイルと違います。もう一度確かめてください。',
    en: 'This is not the hash of the file as it is now. Look at it again.',
  },
  value_date_ahead: {
    status: 409,
    ja: '振込指定日になっていません。',
    en: 'The value date has not come yet.',
  },
} as const satisfies Record<(CloseRefusal | RunRefusal)['kind'], ProblemDefinition>
