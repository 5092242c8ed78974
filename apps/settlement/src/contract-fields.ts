import { z } from 'zod'

/** The forms that many requests and replies share. */
export const instant = z.iso.datetime({ offset: true }).meta({ description: '日時 / RFC 3339' })
export const yenAmount = z.int().meta({ description: '円 / whole yen' })
export const count = z.int().min(0)
export const uuid = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

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

export const reason = line(200)
