import { sampleCampaign } from '@minnaken/domain/sample-campaign'

/** A campaign in the middle of its spending period at noon on 2027-03-10. */
export const campaignFile = { ...sampleCampaign(), stock: { units: 1_000 } }
