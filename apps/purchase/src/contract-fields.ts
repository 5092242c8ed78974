import { isJstDate } from '@minnaken/domain'
import { z } from 'zod'

/** The forms that many requests and replies share. */
export const instant = z.iso.datetime({ offset: true }).meta({ description: '日時 / RFC 3339' })
export const yenAmount = z.int().meta({ description: '円 / whole yen' })
export const unitsCount = z.int().min(0).meta({ description: '口数 / units' })
export const uuid = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
export const period = z.object({ from: instant, until: instant })
export const campaignCode = z.string().regex(/^[A-Z0-9][A-Z0-9_-]{0,31}$/)
export const applicationNo = z.string().regex(/^[0-9A-Za-z._-]{1,40}$/)
export const groupCode = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,31}$/)

const plainText = {
  rule: 'plain_text',
  ja: '改行などの制御文字は使えません。',
  en: 'No control characters.',
}

/** Text of a person's own: trimmed, in one line. */
export const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((text) => !/\p{Cc}/u.test(text), { params: plainText })

/** A reading in kana, of any width, with spaces. */
export const kana = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .refine((text) => /^[\p{sc=Hiragana}\p{sc=Katakana}ー・ ]+$/u.test(text.normalize('NFKC')), {
    params: {
      rule: 'kana',
      ja: 'かな(ひらがな・カタカナ)で入力してください。',
      en: 'Write it in kana.',
    },
  })

export const birthDate = z
  .string()
  .refine((text) => isJstDate(text) && text >= '1900-01-01', {
    params: {
      rule: 'date',
      ja: '実在する日付を YYYY-MM-DD で入力してください。',
      en: 'A day that exists, as YYYY-MM-DD.',
    },
  })
  .meta({ format: 'date' })
