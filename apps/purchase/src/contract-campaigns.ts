import { z } from 'zod'
import { campaignCode, instant, period, sha256, unitsCount, yenAmount } from './contract-fields.ts'

export const campaignParams = z.strictObject({ code: campaignCode })

export const campaignReply = z.object({
  code: campaignCode,
  name: z.string(),
  issuer: z.string(),
  unit: z.object({ priceYen: yenAmount, faceYen: yenAmount }),
  kinds: z.array(
    z.object({
      code: z.string(),
      label: z.string(),
      priceYen: yenAmount,
      faceYen: yenAmount,
      acceptedBy: z.array(z.string()),
    }),
  ),
  stockUnits: unitsCount,
  eligibility: z.object({ groups: z.array(z.string()), minAge: z.int() }),
  caps: z.object({
    perPersonUnits: unitsCount,
    perHouseholdUnits: unitsCount.nullable(),
    secondSalePerPerson: unitsCount.nullable(),
  }),
  /** How groups share: all together, in order, or by quota. */
  groups: z.enum(['together', 'strict', 'quota']),
  windows: z.object({
    apply: period,
    drawAt: instant,
    resultsAt: instant,
    pay: period,
    secondSale: period.nullable(),
    use: period,
  }),
  issueDate: z.string(),
  /** The first moment at which the vouchers are worth nothing any more. */
  expiresAt: instant,
  spending: z.object({ minYen: z.int(), perCodeYenMax: yenAmount }),
})

/** The same for everyone at any time: nothing in it moves by itself. */
export const campaignsReply = z.object({ campaigns: z.array(campaignReply) })

const finding = z.object({
  level: z.enum(['error', 'warning']),
  rule: z.string(),
  path: z.string(),
  message: z.object({ ja: z.string(), en: z.string() }),
})

export const openedCampaignReply = campaignReply.extend({
  sha256,
  openedAt: instant,
  findings: z.array(finding),
})
