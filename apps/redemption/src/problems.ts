import type { RedemptionRefusal, VoidRefusal } from '@minnaken/domain'
import { type ProblemDefinition, defineProblems } from '@minnaken/http'

/** What the till hears when a payment is refused. A new refusal does not compile until it is here. */
const redemptionRefusals = {
  shop_suspended: {
    status: 403,
    ja: 'この店は現在、商品券の取り扱いを停止しています。事務局にお問い合わせください。',
    en: 'This shop is suspended. Please contact the federation.',
  },
  shop_left: {
    status: 403,
    ja: 'この店は商品券の取り扱いを終了しています。',
    en: 'This shop no longer takes part.',
  },
  till_revoked: {
    status: 403,
    ja: 'この端末は使えなくなっています。店主に参加コードをもらってください。',
    en: 'This till was revoked. Ask the owner for a new join code.',
  },
  till_expired: {
    status: 403,
    ja: 'この端末の登録期限が切れました。店主に参加コードをもらってください。',
    en: 'This till has expired. Ask the owner for a new join code.',
  },
  device_revoked: {
    status: 403,
    ja: 'お客さまのスマホは利用が止められています。お金は動いていません。',
    en: "The customer's phone was stopped. No money has moved.",
  },
  wallet_stopped: {
    status: 403,
    ja: 'お客さまの商品券は利用が止められています。お金は動いていません。',
    en: "The customer's vouchers were stopped. No money has moved.",
  },
  campaign_closed: {
    status: 409,
    ja: '商品券の利用期間ではありません。お金は動いていません。',
    en: 'The vouchers cannot be spent today. No money has moved.',
  },
  code_expired: {
    status: 409,
    ja: 'コードの有効時間(1分)が過ぎました。お客さまに新しいコードを出してもらってください。',
    en: 'The code is older than a minute. Ask the customer to show a new one.',
  },
  code_not_yet_valid: {
    status: 409,
    ja: 'お客さまのスマホの時計が進んでいます。新しいコードを出してもらってください。',
    en: "The customer's clock runs ahead. Ask for a new code.",
  },
  amount_too_small: {
    status: 422,
    ja: '1回に使える最低金額を下回っています。',
    en: 'The amount is below the smallest payment.',
  },
  confirmation_needed: {
    status: 409,
    ja: '1回の上限額を超えています。お客さまのスマホで店のコードを読み取り、確認してもらってください。',
    en: 'Above the limit of one code: the customer confirms by scanning the shop code.',
  },
  balance_too_small: {
    status: 409,
    ja: 'この店で使える残高が足りません。使える金額までに減らすか、残りを現金などで受け取ってください。',
    en: 'Not enough that this shop can take. Lower the amount or take the rest in cash.',
  },
} as const satisfies Record<RedemptionRefusal['kind'], ProblemDefinition>

const voidRefusals = {
  nothing_left: {
    status: 409,
    ja: 'この支払いはすでに全額取り消されています。',
    en: 'This payment was already voided in full.',
  },
  voucher_ended: {
    status: 409,
    ja: '商品券の有効期限が過ぎたため、取り消せません。',
    en: 'The vouchers have ended; the payment cannot be voided.',
  },
  period_closed: {
    status: 409,
    ja: '締めが終わっているため、事務局に取消を依頼してください。',
    en: 'The period is closed. Ask the federation to void it.',
  },
  period_open: {
    status: 409,
    ja: '締め前の支払いは店主が取り消せます。',
    en: 'The period is still open: the shop owner can void it.',
  },
  staff_window_over: {
    status: 409,
    ja: 'スタッフが取り消せる15分を過ぎました。店主に依頼してください。',
    en: 'The 15 minutes for staff are over. Ask the owner.',
  },
  void_exceeds: {
    status: 422,
    ja: '取り消せる金額を超えています。',
    en: 'More than what is left of this payment.',
  },
} as const satisfies Record<VoidRefusal['kind'], ProblemDefinition>

export const problems = defineProblems({
  ...redemptionRefusals,
  ...voidRefusals,
  code_foreign: {
    status: 422,
    ja: 'これはみんな券の支払コードではありません。',
    en: 'This is not a payment code of Minnaken.',
  },
  code_forged: {
    status: 422,
    ja: '正しい支払コードではありません。お客さまに新しいコードを出してもらってください。',
    en: 'This payment code is not genuine. Ask the customer for a new one.',
  },
  number_unknown: {
    status: 422,
    ja: 'この番号は使えません。番号を確かめるか、新しい番号を出してもらってください。',
    en: 'This number cannot be used. Check it, or ask the customer for a new one.',
  },
  payment_unreadable: {
    status: 422,
    ja: '支払いの内容を読み取れませんでした。お金は動いていません。アプリを新しくしてください。',
    en: 'The payment cannot be read. No money has moved. Please update the app.',
  },
  payment_not_genuine: {
    status: 422,
    ja: 'このスマホの署名を確認できませんでした。お金は動いていません。',
    en: 'The signature is not that of your phone. No money has moved.',
  },
  confirmation_refused: {
    status: 422,
    ja: '指紋や顔による確認ができませんでした。お金は動いていません。もう一度お試しください。',
    en: 'The confirmation by passkey does not hold. No money has moved. Please try again.',
  },
  shop_code_mistyped: {
    status: 422,
    ja: '店の番号が正しくありません。7桁の数字を確かめてください。',
    en: 'This shop number was mistyped. Check its seven digits.',
  },
  code_already_used: {
    status: 409,
    ja: 'このコードはすでに使われています。',
    en: 'This code was already used.',
  },
  shop_not_trading: {
    status: 409,
    ja: 'この店はまだ承認されていないか、取り扱いを終えています。',
    en: 'This shop is not accepted yet, or has left.',
  },
  join_code_invalid: {
    status: 422,
    ja: '参加コードが正しくないか、期限が切れています。店主にもう一度出してもらってください。',
    en: 'The join code is wrong, used or expired. Ask the owner for a new one.',
  },
  device_key_invalid: {
    status: 422,
    ja: 'このスマホの鍵を登録できませんでした。',
    en: 'The device key is not a P-256 public key.',
  },
  device_key_used: {
    status: 409,
    ja: 'このスマホの鍵は、止められたスマホか別の人のものです。新しい鍵で登録してください。',
    en: 'This key is of a phone that was stopped, or of somebody else. Register a new one.',
  },
  passkey_needed: {
    status: 403,
    ja: 'スマホを加えるには、指紋や顔、または画面ロックの番号で、本人の確認が必要です。',
    en: 'To add a phone, confirm by passkey that it is you.',
  },
  passkey_refused: {
    status: 422,
    ja: 'パスキーを確認できませんでした。もう一度お試しください。',
    en: 'The passkey could not be verified.',
  },
  devices_too_many: {
    status: 409,
    ja: '登録できる端末は10台までです。使わない端末を外してください。',
    en: 'At most 10 devices. Remove one that is not used.',
  },
})
