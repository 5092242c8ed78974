import { type PhotoRefusal, photoLimits } from '@minnaken/domain'
import type { ProblemDefinition } from '@minnaken/http'
import type { ChangeRefusal } from './account/change.ts'
import type { AccountCheckRefusal } from './account/check.ts'
import type { ConfirmRefusal } from './account/confirm.ts'
import type { ApplyRefusal } from './apply/apply.ts'
import type { DecideRefusal } from './screen/decide.ts'

type ShopRefusal =
  | ApplyRefusal
  | ConfirmRefusal
  | ChangeRefusal
  | AccountCheckRefusal
  | DecideRefusal
  | PhotoRefusal

const { sidePxMin, sidePxMax } = photoLimits

/** A new refusal about a shop does not compile until it has a status and its words. */
export const shopProblems = {
  bank_unknown: {
    status: 422,
    ja: 'この金融機関コードはありません。通帳の4桁のコードを確かめてください。',
    en: 'There is no bank with this code. Look up its four digits.',
  },
  branch_unknown: {
    status: 422,
    ja: 'この支店コードはこの金融機関にありません。通帳の3桁のコードを確かめてください。',
    en: 'This bank has no branch with this code. Look up its three digits.',
  },
  holder_not_writable: {
    status: 422,
    ja: '口座名義に銀行で使えない文字があります。通帳にあるカナで入力してください。',
    en: 'The holder has a character that banks cannot take. Write it in kana as in the bank book.',
  },
  holder_too_long: {
    status: 422,
    ja: '口座名義が半角30文字を超えています。通帳の表記を確かめてください。',
    en: 'The holder is longer than 30 half-width characters. Ask for the bank book.',
  },
  shop_applied_already: {
    status: 409,
    ja: '同じ店名・住所ですでに申し込まれています。',
    en: 'You have applied with this name and address already.',
  },
  holder_differs: {
    status: 409,
    ja: '確認された名義が、振込に使う名義と違います。表示された名義を確かめてください。',
    en: 'This is not the name the bank will see. Show the one given here and ask again.',
  },
  account_unchanged: {
    status: 409,
    ja: '今の振込先と同じ口座です。',
    en: 'This is the account that is paid already.',
  },
  account_locked: {
    status: 409,
    ja: '振込が進行中のため、今は口座を変えられません。振込が終わってから変えてください。',
    en: 'A transfer to this payee is on its way. Change the account once it is done.',
  },
  account_wrong_state: {
    status: 409,
    ja: 'この口座の確認はすでに終わっています。',
    en: 'This account does not wait to be checked.',
  },
  account_unconfirmed: {
    status: 409,
    ja: '店主が口座名義をまだ確認していません。',
    en: 'The owner has not confirmed the name of the account yet.',
  },
  account_of_another_owner: {
    status: 409,
    ja: 'この口座は別の店主の振込先です。口座番号を確かめてください。',
    en: "This account is another owner's. Check its number.",
  },
  shop_wrong_state: {
    status: 409,
    ja: 'この店は今、その状態にありません。',
    en: 'The shop is not in a state for this.',
  },
  photo_not_jpeg: {
    status: 422,
    ja: 'この写真は読み取れません。別の写真を選んでください。',
    en: 'This photo cannot be read. Choose another one; it has to be a JPEG.',
  },
  photo_says_more: {
    status: 422,
    ja: 'この写真には撮影場所などの情報が付いています。アプリの画面から選び直してください。',
    en: 'This photo says where it was taken, or other things. Choose it on the screen of the app.',
  },
  photo_wrong_size: {
    status: 422,
    ja: `写真が細すぎるか、小さすぎるか、大きすぎます(縦横それぞれ${sidePxMin}〜${sidePxMax}画素)。`,
    en: `The photo is too narrow, small or large: each side has ${sidePxMin} to ${sidePxMax} pixels.`,
  },
} as const satisfies Record<Exclude<ShopRefusal['kind'], 'not_found'>, ProblemDefinition>
