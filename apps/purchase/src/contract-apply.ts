import { unitsField } from '@minnaken/http'
import { z } from 'zod'
import {
  applicationNo,
  birthDate,
  campaignCode,
  groupCode,
  instant,
  kana,
  line,
  sha256,
} from './contract-fields.ts'

export const applyBody = z.strictObject({
  units: unitsField(),
  group: groupCode,
  name: line(60),
  nameKana: kana,
  birthDate,
  address: line(120),
})

export const changeBody = z.strictObject({ units: unitsField() })

/** What an applicant keeps; `digest` is SHA-256 over the lines that `receipt.ts` states. */
export const receiptReply = z.object({
  campaign: campaignCode,
  applicationNo,
  units: z.int(),
  group: z.string().nullable(),
  state: z.enum(['active', 'withdrawn']),
  changeNo: z.int(),
  appliedAt: instant,
  changedAt: instant,
  digest: sha256,
})

const keyedLine = z.strictObject({
  applicationNo,
  name: line(60),
  group: groupCode,
  units: unitsField(),
  birthDate: birthDate.optional(),
  address: line(120).optional(),
})

export const keyedBody = z.strictObject({ applications: z.array(keyedLine).min(1).max(1_000) })

export const keyedReply = z.object({
  /** In the order of the lines. A claim code is told once, here. */
  applications: z.array(z.object({ applicationNo, claimCode: z.string() })),
})

export const claimBody = z.strictObject({
  campaign: campaignCode,
  applicationNo,
  claimCode: z.string().min(1).max(40),
})
