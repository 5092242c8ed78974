import type { Words } from './fault.ts'
import { bankCalendar } from './bank-day.ts'

/** Why a value cannot be written into a file of the banks. */
export type WriteRule =
  | 'required'
  | 'type'
  | 'unknown_field'
  | 'digits'
  | 'one_of'
  | 'date'
  | 'bank_calendar'
  | 'not_bank_day'
  | 'amount'
  | 'not_permitted'
  | 'stranded_mark'
  | 'too_long'
  | 'edi_excludes_codes'
  | 'empty_batch'
  | 'limit'
  | 'disagrees'

/** One value that was refused: where it stands in the input, which rule it breaks, in words. */
export type WriteRefusal = Readonly<{
  /** For example `batches[0].payments[3].payeeName`. */
  path: string
  rule: WriteRule
  /** In a name: the character and its place among the characters of the normalised text. */
  character?: string
  position?: number
}> &
  Words

/** Collects every refusal of a file, so that a person mends all of them at once. */
export type Refuse = (path: string, refused: Omit<WriteRefusal, 'path'>) => void

export const required = {
  rule: 'required',
  ja: '必須です。',
  en: 'This is needed.',
} as const

export const notText = { rule: 'type', ja: '文字列で書きます。', en: 'This must be text.' } as const

export const notObject = {
  rule: 'type',
  ja: 'オブジェクト { } で書きます。',
  en: 'This must be an object.',
} as const

export const notList = {
  rule: 'type',
  ja: '配列 [ ] で書きます。',
  en: 'This must be a list.',
} as const

export const unknownField = {
  rule: 'unknown_field',
  ja: 'この項目はありません。',
  en: 'There is no such field here.',
} as const

export const notDigits = (length: number, isExact: boolean) =>
  ({
    rule: 'digits',
    ja: `数字${length}桁${isExact ? 'ちょうど' : 'まで'}の文字列で書きます(前のゼロも)。`,
    en: `Write ${isExact ? 'exactly' : 'at most'} ${length} digits as text, with leading zeros.`,
  }) as const

export const notOneOf = (allowed: readonly unknown[]) =>
  ({
    rule: 'one_of',
    ja: `${allowed.map((value) => JSON.stringify(value)).join('、')} のどれかです。`,
    en: `It must be one of ${allowed.map((value) => JSON.stringify(value)).join(', ')}.`,
  }) as const

export const notDate = {
  rule: 'date',
  ja: '存在する日を YYYY-MM-DD の形で書きます。',
  en: 'Write a day that exists as YYYY-MM-DD.',
} as const

export const outsideCalendar = {
  rule: 'bank_calendar',
  ja: `銀行営業日が分かるのは ${bankCalendar.from} から ${bankCalendar.until} の前日までです。`,
  en: `Bank days are known from ${bankCalendar.from} until before ${bankCalendar.until}.`,
} as const

export const notBankDay = (closure: string) =>
  ({
    rule: 'not_bank_day',
    ja: `銀行の休業日です(${closure})。`,
    en: `Banks are closed on that day (${closure}).`,
  }) as const

export const notAmount = (max: number) =>
  ({
    rule: 'amount',
    ja: `1円から${max.toLocaleString('en-US')}円までの整数で書きます。`,
    en: `Write whole yen from 1 to ${max.toLocaleString('en-US')}.`,
  }) as const

export const tooLong = ({ half, fits, max }: { half: string; fits: string; max: number }) =>
  ({
    rule: 'too_long',
    ja: `半角で${half.length}バイトあり、${max}バイトに入りません(入るのは「${fits}」まで)。通帳の表記を確かめてください。`,
    en: `${half.length} bytes in half-width do not fit into ${max} (only "${fits}" would). Ask for the spelling in the bank book.`,
  }) as const

export const refusedName = ({
  error,
  character,
  position,
}: {
  error: 'not_permitted' | 'stranded_mark'
  character: string
  position: number
}) =>
  ({
    rule: error,
    character,
    position,
    ja:
      error === 'not_permitted'
        ? `${position + 1}文字目の ${character} は、この項目に使えません。`
        : `${position + 1}文字目の ${character} は、付く仮名がありません。`,
    en:
      error === 'not_permitted'
        ? `Character ${position + 1}, ${character}, may not stand in this field.`
        : `Character ${position + 1}, ${character}, belongs to no kana before it.`,
  }) as const

export const ediExcludesCodes = {
  rule: 'edi_excludes_codes',
  ja: 'EDI情報と顧客コードは同じ場所に書かれるため、どちらか一方だけです。',
  en: 'EDI and customer codes share one place in the record; only one of them can be given.',
} as const

export const noPayments = {
  rule: 'empty_batch',
  ja: '振込が1件もありません。',
  en: 'There is no payment in it.',
} as const

export const overLimit = (what: 'count' | 'total', max: number) =>
  ({
    rule: 'limit',
    ja: `${what === 'count' ? '件数' : '合計金額'}は${max.toLocaleString('en-US')}までです。`,
    en: `The ${what} may be at most ${max.toLocaleString('en-US')}.`,
  }) as const

export const disagrees = (computed: unknown) =>
  ({
    rule: 'disagrees',
    ja: `内容から計算した値 ${JSON.stringify(computed)} と合いません。`,
    en: `It does not agree with ${JSON.stringify(computed)}, which follows from the rest.`,
  }) as const
