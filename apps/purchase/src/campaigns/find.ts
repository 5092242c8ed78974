import type { Db } from '@minnaken/db'
import { assert } from '@minnaken/domain'
import type { CampaignBook, OpenCampaign } from '@minnaken/ledger'

/** Finds campaigns by code. What was found is remembered: an open campaign is never changed. */
export function campaignFinder(
  db: Db,
  book: CampaignBook,
): (code: string) => Promise<OpenCampaign | null> {
  const known = new Map<string, OpenCampaign>()
  return async (code) => {
    const found = known.get(code)
    if (found !== undefined) return found
    const row = await db
      .selectFrom('campaign.campaign')
      .select('campaign_id')
      .where('code', '=', code)
      .executeTakeFirst()
    if (row === undefined) return null
    const campaign = await book.find(row.campaign_id)
    assert(campaign !== undefined, 'a campaign that was found can be read')
    const open = { campaignId: row.campaign_id, campaign }
    known.set(code, open)
    return open
  }
}
