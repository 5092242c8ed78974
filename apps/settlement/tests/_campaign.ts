import { sampleCampaign } from '@minnaken/domain/sample-campaign'
import type { Stage } from './_stage.ts'

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

/** Another campaign, whose pay dates roll the other way. */
export const openAnother = (
  { owner, file, newId, now }: Stage,
  changes: Readonly<Record<string, unknown>> = {},
) =>
  owner
    .insertInto('campaign.campaign')
    .values({
      campaign_id: newId(),
      code: 'ANOTHER',
      config: JSON.stringify({
        ...file,
        id: 'ANOTHER',
        settlement: { ...file.settlement, roll: 'next' },
        ...changes,
      }),
      config_sha256: '1'.repeat(64),
      opened_at: new Date(now()),
    })
    .execute()
