import { z } from 'zod'

export const instant = z.iso.datetime({ offset: true }).meta({ description: '日時 / RFC 3339' })
export const yenAmount = z.int().meta({ description: '円 / whole yen' })
export const bucketed = z.string().regex(/^(0|[1-9]\d{0,3})-[0-9a-f-]{36}$/)
export const uuid = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
export const personsName = z.string().trim().min(1).max(40)

/** What `navigator.credentials.get()` gave, as JSON: the person confirms by passkey. */
export const confirmation = z.record(z.string(), z.unknown()).optional()

export const split = z.array(z.object({ kind: z.string(), yen: yenAmount }))

/** One of the two words that both screens show: its picture, and its name in each language. */
const word = z.object({
  picture: z.string(),
  ja: z.string(),
  en: z.string(),
  zh: z.string(),
  ko: z.string(),
})

export const twoWords = z.tuple([word, word])
