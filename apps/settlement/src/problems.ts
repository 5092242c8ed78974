import type { InviteInvalid, RegisterOutcome, SignInOutcome } from '@minnaken/auth'
import { type ProblemDefinition, defineProblems } from '@minnaken/http'
import { runProblems } from './problems-runs.ts'
import { shopProblems } from './problems-shops.ts'

type SignInProblem = Exclude<
  (InviteInvalid | RegisterOutcome | SignInOutcome)['kind'],
  'registered' | 'signed_in' | 'step_up_needed'
>

const signInProblems = {
  invite_invalid: {
    status: 422,
    ja: 'この招待は使われているか、期限が切れています。もう一度発行してもらってください。',
    en: 'This invitation is used or over. Ask for a new one.',
  },
  challenge_unknown: {
    status: 409,
    ja: '時間がたちすぎました。もう一度はじめから操作してください。',
    en: 'This ceremony is over. Begin again.',
  },
  passkey_refused: {
    status: 403,
    ja: 'パスキーを確認できませんでした。',
    en: 'The passkey could not be verified.',
  },
  passkey_of_another_app: {
    status: 403,
    ja: 'これは別のアプリのパスキーです。そのアプリでログインしてください。',
    en: 'This passkey belongs to another app. Sign in there.',
  },
  account_stopped: {
    status: 403,
    ja: 'このアカウントは停止されています。',
    en: 'This account was stopped.',
  },
  counter_regressed: {
    status: 403,
    ja: 'このパスキーは複製されたおそれがあります。事務局に連絡してください。',
    en: 'This passkey may have been copied. Contact the federation.',
  },
} as const satisfies Record<SignInProblem, ProblemDefinition>

export const problems = defineProblems({
  ...signInProblems,
  ...shopProblems,
  ...runProblems,
  shop_without_code: {
    status: 409,
    ja: '店のコードは、承認された店だけが印刷できます。',
    en: 'Only a shop that was accepted has a code to print.',
  },
})
