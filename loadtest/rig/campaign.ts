import { type Instant, addDays, jstDateOf } from '@minnaken/domain'
import { sampleCampaign } from '@minnaken/domain/sample-campaign'

export type CampaignFile = ReturnType<typeof sampleCampaign>

/** How long before the run the vouchers could first be spent: as long as the history reaches back. */
export const DAYS_SPENT_BEFORE = 30

const AFTER_EXPIRY_DAYS = 62
const APPLY_BEFORE = 60
const USE_AFTER = 150

/** The invented ward's campaign, moved so that it is in the middle of its spending period at `at`. */
export function campaignAround(
  at: Instant,
  { id, units }: Readonly<{ id: string; units: number }>,
): CampaignFile {
  const today = jstDateOf(at)
  const day = (days: number, time = '00:00'): string => `${addDays(today, days)}T${time}:00+09:00`
  const expires = day(USE_AFTER)
  return {
    ...sampleCampaign(),
    id,
    stock: { units },
    caps: { perPersonUnits: 5, secondSalePerPerson: 5 },
    windows: {
      apply: [day(-APPLY_BEFORE, '10:00'), day(-50)],
      draw: day(-45, '10:00'),
      results: day(-40, '10:00'),
      pay: [day(-DAYS_SPENT_BEFORE, '10:00'), day(-20)],
      secondSale: [day(-15, '10:00'), day(15)],
      use: [day(-DAYS_SPENT_BEFORE), expires],
    },
    issueDate: addDays(today, -DAYS_SPENT_BEFORE),
    expiresExclusive: expires,
  }
}

/** The business days that such a campaign needs. */
export const daysAround = (at: Instant): Readonly<{ first: string; last: string }> => ({
  first: addDays(jstDateOf(at), -APPLY_BEFORE),
  last: addDays(jstDateOf(at), USE_AFTER + AFTER_EXPIRY_DAYS),
})
