import { sampleCampaign } from '@minnaken/domain/sample-campaign'

/** The invented ward's campaign, spent from February to July 2027. */
export function campaignFile(settlement: Readonly<Record<string, unknown>>) {
  const sample = sampleCampaign()
  return {
    ...sample,
    stock: { units: 1_000 },
    eligibility: { groups: ['RESIDENT'], minAge: 0 },
    settlement: { ...sample.settlement, ...settlement },
  }
}
