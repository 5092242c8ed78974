import { z } from 'zod'
import { instant, line, reason, uuid, yenAmount } from './contract-fields.ts'

export const shopCodeQuery = z.strictObject({ size: z.enum(['a4', 'sticker']).optional() })

/** A time of day; above 24:00 it is after midnight, as shops write it. */
const timeOfDay = z.string().regex(/^(?:[01]\d|2\d):[0-5]\d$/)

/** 0 is Sunday. */
const day = z.union([
  z.literal(0),
  z.literal(1),
  z.literal(2),
  z.literal(3),
  z.literal(4),
  z.literal(5),
  z.literal(6),
])

const opening = z
  .strictObject({ day, from: timeOfDay, until: timeOfDay })
  .refine(({ from, until }) => from < until, {
    params: {
      rule: 'order',
      ja: '終わりの時刻を始まりより後にしてください(深夜は 26:00 のように)。',
      en: 'The end comes after the beginning; after midnight write 26:00.',
    },
  })

const languages = z.array(z.enum(['ja', 'en', 'zh-Hans', 'ko'])).max(4)
const website = z
  .string()
  .max(200)
  .regex(/^https:\/\/[^\s<>"]+$/)
/** Degrees as text: a fraction is no number that is taken from JSON. */
const degrees = z.string().regex(/^-?\d{1,3}(?:\.\d{1,6})?$/)
const location = z.strictObject({ latitude: degrees, longitude: degrees })

export const profileBody = z.strictObject({
  hours: z.array(opening).max(28),
  closedDays: z.union([line(100), z.literal('')]),
  languages,
  stepFree: z.boolean(),
  website: website.nullable().optional(),
  location: location.nullable().optional(),
})

export const profileReply = z.object({
  hours: z.array(z.object({ day, from: z.string(), until: z.string() })),
  closedDays: z.string(),
  languages,
  stepFree: z.boolean(),
  website: z.string().nullable(),
  location: z.object({ latitude: z.string(), longitude: z.string() }).nullable(),
})

/** What a shop says of itself, in a list for anyone; null where it has said nothing. */
export const publicProfile = z.object({
  hours: z
    .array(z.object({ days: z.array(z.int()), from: z.string(), until: z.string() }))
    .nullable(),
  closedDays: z.string().nullable(),
  languages: z.array(z.string()),
  isStepFree: z.boolean().nullable(),
  location: z.object({ latitude: z.number(), longitude: z.number() }).nullable(),
  website: z.string().nullable(),
  /** Left out where there is none: of most shops in a list of 2,000. */
  photoId: uuid.optional(),
})

export const photoParams = z.strictObject({ photoId: uuid })
/** By the photo that was looked at, so that no later one goes in its place. */
export const photoRemovalBody = z.strictObject({ photoId: uuid, reason })
/** The photo that a shop shows from now on. */
export const photoReply = z.object({ photoId: uuid.nullable() })

export const noticeBody = z.strictObject({
  title: line(80),
  text: z.string().trim().min(1).max(4_000),
})

export const noticeParams = z.strictObject({ shopId: uuid, noticeId: uuid })

const notice = z.object({
  noticeId: uuid,
  title: z.string(),
  text: z.string(),
  publishedAt: instant,
})

export const noticesReply = z.object({
  notices: z.array(notice.extend({ readAt: instant.nullable() })),
})
export const noticeReply = notice
export const noticeReadReply = z.object({ readAt: instant })
/** For the federation: how many of the shops that take vouchers have read it. */
export const sentNoticesReply = z.object({
  notices: z.array(notice.extend({ readBy: z.int(), shops: z.int() })),
})

export const nextPayoutReply = z.object({
  periodStart: z.string(),
  periodEnd: z.string(),
  payDate: z.string(),
  redemptionsYen: yenAmount,
  voidsYen: yenAmount,
  /** What earlier runs left over, for or against the shop, and transfers that came back. */
  carriedInYen: yenAmount,
  feeYen: yenAmount,
  /** By what has happened until now; the statement says what is paid. */
  payableYen: yenAmount,
  heldReason: z.string().nullable(),
  serverTime: instant,
})
