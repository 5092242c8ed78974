import { digitsParam } from '@minnaken/http'
import { z } from 'zod'
import {
  applicationNo,
  campaignCode,
  instant,
  line,
  sha256,
  unitsCount,
} from './contract-fields.ts'

const state = z.enum(['none', 'committed', 'frozen', 'run', 'published'])

/** What anyone may know of a draw at any time. */
export const drawReply = z.object({
  campaign: campaignCode,
  state,
  seedCommit: sha256.nullable(),
  committedAt: instant.nullable(),
  frozenAt: instant.nullable(),
  listDigest: sha256.nullable(),
  membersDigest: sha256.nullable(),
  termsDigest: sha256.nullable(),
  runAt: instant.nullable(),
  publishedAt: instant.nullable(),
})

export const runDrawBody = z.strictObject({
  /** A value that nobody could choose, such as a named day's closing figure. */
  publicValue: line(200).optional(),
  /** The clerk has read that not everyone can win. */
  confirmNotEveryoneWins: z.boolean().optional(),
})

const histogram = z.array(z.object({ units: unitsCount, applicants: z.int() }))
const figures = { level: z.int(), remainder: z.int(), candidates: z.int() }

export const drawSummary = {
  applicants: z.int(),
  units: unitsCount,
  allocated: unitsCount,
  unsold: unitsCount,
  everyApplicantGetsOne: z.boolean(),
  /** With groups the figures are theirs, else everyone's (or the households'). */
  level: z.int().nullable(),
  remainder: z.int().nullable(),
  candidates: z.int().nullable(),
  groups: z.array(z.object({ group: z.string(), units: unitsCount, ...figures })),
  histogram,
}

export const ranDrawReply = drawReply.extend(drawSummary)
export const whatIfReply = z.object({ campaign: campaignCode, cap: unitsCount, ...drawSummary })

export const whatIfQuery = z.strictObject({
  units: digitsParam().optional(),
  cap: digitsParam({ min: 1 }).optional(),
})

const place = {
  round: z.string(),
  level: z.int(),
  base: unitsCount,
  won: z.boolean(),
  rank: z.int().nullable(),
  candidates: z.int(),
  remainder: z.int(),
  message: z.string(),
  score: sha256,
}

/** Why an applicant may buy so many units, and what proves it with the published seed. */
export const explanation = z.object({
  ...place,
  id: applicationNo,
  requested: unitsCount,
  effective: unitsCount,
  units: unitsCount,
  group: z.string().nullable(),
  household: z
    .object({ ...place, household: z.string(), members: z.int(), units: unitsCount })
    .nullable(),
})

export const resultReply = z.object({
  campaign: campaignCode,
  applicationNo,
  unitsWanted: unitsCount,
  unitsWon: unitsCount,
  unitsReserved: unitsCount,
  unitsPaid: unitsCount,
  unitsReleased: unitsCount,
  payFrom: instant,
  payBy: instant,
  explanation,
  words: z.object({ ja: z.string(), en: z.string() }),
})
