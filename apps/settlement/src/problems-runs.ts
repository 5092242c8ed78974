import type { ProblemDefinition } from '@minnaken/http'
import type { ApproveRefusal } from './approve/approve.ts'
import type { CheckRefusal } from './check/check.ts'
import type { CloseRefusal } from './close/close.ts'
import type { ReturnRefusal } from './pay/return.ts'
import type { SendRefusal, SettleRefusal } from './pay/send.ts'

type Refusal =
  | CloseRefusal
  | CheckRefusal
  | ApproveRefusal
  | SendRefusal
  | SettleRefusal
  | ReturnRefusal
  /** The file is asked for before anybody approved it. */
  | Readonly<{ kind: 'file_unapproved' }>

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
  file_due_over: {
    status: 409,
    ja: '銀行の受付が振込指定日に間に合いません。もう一度確認すると、次に振り込める日のファイルになります。',
    en: 'The bank no longer takes this file for its pay date. Have the run checked again: its file is then for the next day on which the bank can pay.',
  },
  value_date_ahead: {
    status: 409,
    ja: '振込指定日になっていません。',
    en: 'The value date has not come yet.',
  },
  earlier_run_unapproved: {
    status: 409,
    ja: '前の締めがまだ承認されていません。先に承認を済ませてください。',
    en: 'An earlier run is not approved yet. Finish it first.',
  },
  federation_missing: {
    status: 409,
    ja: '連合会の振込依頼人の設定がありません。',
    en: 'Who pays is not set up yet.',
  },
  file_has_problems: {
    status: 409,
    ja: '振込ファイルに書けない項目があります。店に確かめてください。',
    en: 'Some of it cannot be written into the file. Ask the shops named here.',
  },
  file_outdated: {
    status: 409,
    ja: '確認のあとで内容が変わりました。もう一度確認してもらってください。',
    en: 'Something has changed since the check. The run has to be checked again.',
  },
  file_unapproved: {
    status: 409,
    ja: 'このファイルはまだ承認されていません。',
    en: 'The file is not approved yet.',
  },
  no_transfers: {
    status: 409,
    ja: 'この締めには振込がありません。',
    en: 'This run pays nobody; there is no file.',
  },
  payout_wrong_state: {
    status: 409,
    ja: 'この振込は今、その段階にありません。',
    en: 'The transfer is not at a stage for this.',
  },
} as const satisfies Record<Exclude<Refusal['kind'], 'not_found'>, ProblemDefinition>
