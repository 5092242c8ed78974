import { defineProblems, type Problems } from '@minnaken/http'

const sessions = {
  challenge_unknown: {
    status: 409,
    ja: '手続きの時間が過ぎました。もう一度はじめからお試しください。',
    en: 'This ceremony is over or was used. Begin again.',
  },
  passkey_refused: {
    status: 422,
    ja: 'パスキーを確認できませんでした。もう一度お試しください。',
    en: 'The passkey could not be verified.',
  },
  passkey_of_another_app: {
    status: 403,
    ja: 'これは別の画面(取扱店・事務局)のパスキーです。利用者のパスキーを選んでください。',
    en: 'This passkey belongs to another app (shop or office). Choose the one for residents.',
  },
  account_stopped: {
    status: 403,
    ja: 'このアカウントは止められています。事務局にお問い合わせください。',
    en: 'This account was stopped. Please contact the federation.',
  },
  step_up_needed: {
    status: 403,
    ja: 'このパスキーは複製されたおそれがあります。別のパスキーを使うか、事務局にお問い合わせください。',
    en: 'This passkey may have been copied. Use another one, or contact the federation.',
  },
} as const satisfies Problems

const campaigns = {
  campaign_refused: {
    status: 422,
    ja: '事業の設定に誤りがあるため、開けません。',
    en: 'The campaign breaks the law or does not add up; see the findings.',
  },
  campaign_exists: {
    status: 409,
    ja: 'この番号の事業はすでに別の内容で開かれています。開いた事業は変えられません。',
    en: 'A campaign with this id is open with other terms. An open campaign never changes.',
  },
} as const satisfies Problems

const applications = {
  apply_not_open: {
    status: 409,
    ja: '申込期間はまだ始まっていません。',
    en: 'Applications are not open yet.',
  },
  apply_over: { status: 409, ja: '申込期間は終わりました。', en: 'Applications are over.' },
  list_frozen: {
    status: 409,
    ja: '申込の一覧は確定しています。',
    en: 'The list of applications is frozen.',
  },
  not_eligible: {
    status: 409,
    ja: 'この事業の対象者ではありません。',
    en: 'Not among those whom this campaign is for.',
  },
  units_over_cap: {
    status: 422,
    ja: 'お一人の上限口数を超えています。',
    en: 'More units than one person may have.',
  },
  already_applied: {
    status: 409,
    ja: 'すでに申し込んでいます。口数は変更できます。',
    en: 'You have applied already. You can change the units.',
  },
  person_already_applied: {
    status: 409,
    ja: '同じ方(氏名・生年月日・住所)の申込がすでにあります。先の申込が有効です。',
    en: 'The same person has applied already; the first application counts.',
  },
  not_applied: {
    status: 409,
    ja: '有効な申込がありません。',
    en: 'There is no active application.',
  },
  keyed_refused: {
    status: 422,
    ja: '入力に誤りがあるため、一件も登録していません。',
    en: 'Some lines are wrong; none was taken.',
  },
  claim_refused: {
    status: 422,
    ja: '申込番号か引継コードが正しくないか、すでに使われています。',
    en: 'The number or the claim code is wrong, or was used.',
  },
} as const satisfies Problems

const draw = {
  commit_too_late: {
    status: 409,
    ja: '申込期間が終わった後では、抽選の約束はできません。',
    en: 'After applications have ended there is nothing left to commit to.',
  },
  draw_not_committed: {
    status: 409,
    ja: '抽選の約束(コミット)がされていません。',
    en: 'The draw was not committed to.',
  },
  applications_open: {
    status: 409,
    ja: '申込期間が終わるまで一覧は確定できません。',
    en: 'The list can be frozen only after applications have ended.',
  },
  draw_not_frozen: {
    status: 409,
    ja: '申込の一覧がまだ確定していません。',
    en: 'The list is not frozen yet.',
  },
  draw_not_due: {
    status: 409,
    ja: '抽選日時になっていません。',
    en: 'It is not yet time for the draw.',
  },
  draw_already_run: {
    status: 409,
    ja: '抽選はすでに別の公開値で行われています。',
    en: 'The draw was run with another public value.',
  },
  not_everyone_wins: {
    status: 409,
    ja: '口数が足りず、全員は当選できません。確認のうえ、もう一度実行してください。',
    en: 'Not everyone can win. Confirm that, and run it again.',
  },
  draw_not_run: { status: 409, ja: '抽選が行われていません。', en: 'The draw was not run.' },
  results_not_due: {
    status: 409,
    ja: '結果発表の日時になっていません。',
    en: 'It is not yet time for the results.',
  },
  result_not_published: {
    status: 409,
    ja: '抽選結果はまだ発表されていません。',
    en: 'The result is not published yet.',
  },
  what_if_undefined: {
    status: 422,
    ja: '割当のある事業では、口数を変えた試算はできません。',
    en: 'With quotas, no other number of units is defined.',
  },
} as const satisfies Problems

const orders = {
  nothing_won: {
    status: 409,
    ja: '当選した口数がありません。',
    en: 'There are no units that you won.',
  },
  pay_not_open: {
    status: 409,
    ja: '購入期間はまだ始まっていません。',
    en: 'Payment is not open yet.',
  },
  pay_over: { status: 409, ja: '購入期間は終わりました。', en: 'Payment is over.' },
  units_over_win: {
    status: 409,
    ja: '購入できる残り口数を超えています。',
    en: 'More than what is left of your win.',
  },
  no_second_sale: {
    status: 409,
    ja: 'この事業に二次販売はありません。',
    en: 'This campaign has no second sale.',
  },
  second_sale_not_ready: {
    status: 409,
    ja: '二次販売の準備ができていません。しばらくしてからお試しください。',
    en: 'The second sale is not stocked yet. Try again later.',
  },
  person_cap: {
    status: 409,
    ja: 'お一人で購入できる上限に達しています。',
    en: 'You have as many units as one person may buy.',
  },
  sold_out: { status: 409, ja: '売り切れました。', en: 'Sold out.' },
  wallet_stopped: {
    status: 403,
    ja: '財布が止められているため、購入できません。',
    en: 'Your wallet is stopped, so nothing can be bought for it.',
  },
  card_declined: {
    status: 402,
    ja: 'カードが使えませんでした。別のカードかコンビニ払いをお試しください。',
    en: 'The card was declined. Try another card or a slip.',
  },
  order_lapsed: {
    status: 409,
    ja: 'この購入は支払いがないまま期限が過ぎました。もう一度お申し込みください。',
    en: 'This order was not paid in time. Place a new one.',
  },
  payment_due_back: {
    status: 409,
    ja: 'お支払いを商品券に替えられないため、返金いたします。',
    en: 'The payment cannot become vouchers and will be refunded.',
  },
  release_not_due: {
    status: 409,
    ja: '未払いの当選を戻せるのは、購入期間の終了の2日後からです。',
    en: 'Unpaid wins can be released two days after payment has ended.',
  },
  signature_refused: {
    status: 401,
    ja: '通知の署名を確認できません。',
    en: 'The signature of this notice is not good.',
  },
  notice_malformed: {
    status: 400,
    ja: '通知の内容が読めません。',
    en: 'This notice cannot be read.',
  },
  paid_at_impossible: {
    status: 422,
    ja: '支払日時は、購入から現在までの間にしてください。',
    en: 'It can be paid only between the order and now.',
  },
  cursor_unknown: {
    status: 400,
    ja: '続きを表示できません。最初から表示してください。',
    en: 'This cursor is not one of ours.',
  },
} as const satisfies Problems

const admission = {
  waiting_room: {
    status: 503,
    ja: 'ただいま大変混み合っているため、順番にご案内しています。このままお待ちください。順番は変わりません。',
    en: 'Many people are here at once, so you have a place in line. Please wait; it does not change.',
  },
  no_place: {
    status: 409,
    ja: 'まだ順番をお取りしていません。順番をお取りください。',
    en: 'You have no place in line yet. Take one first.',
  },
  ticket_not_ours: {
    status: 403,
    ja: 'この整理券は使えません。もう一度順番をお取りください。',
    en: 'This admission ticket is not one of ours. Take a place in line again.',
  },
  ticket_expired: {
    status: 403,
    ja: '整理券の有効時間が過ぎました。もう一度順番をお取りください。',
    en: 'This admission ticket has expired. Take a place in line again.',
  },
  ticket_of_another: {
    status: 403,
    ja: 'この整理券はほかの方のものです。ご自分の順番をお取りください。',
    en: 'This admission ticket belongs to somebody else. Take a place in line of your own.',
  },
  ticket_used_up: {
    status: 403,
    ja: 'この整理券で操作できる回数を超えました。もう一度順番をお取りください。',
    en: 'This admission ticket was used too often. Take a place in line again.',
  },
} as const satisfies Problems

/** Every way in which this service says no, beside the general ones. */
export const problems = defineProblems({
  ...sessions,
  ...admission,
  ...campaigns,
  ...applications,
  ...draw,
  ...orders,
})
