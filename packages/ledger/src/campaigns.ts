import type { Db, Tx } from '@minnaken/db'
import { type Campaign, parseCampaign } from '@minnaken/domain'
import type { BatchTx } from './redemptions.ts'

export type OpenCampaign = Readonly<{ campaignId: string; campaign: Campaign }>

/**
 * The campaigns that were opened, remembered for ever: an open campaign is never changed.
 * One that is not known yet is looked up again each time, because another process may open it.
 */
export class CampaignBook {
  readonly #db: Db
  readonly #known = new Map<string, OpenCampaign>()

  constructor(db: Db) {
    this.#db = db
  }

  known(campaignId: string): Campaign | undefined {
    return this.#known.get(campaignId)?.campaign
  }

  /** A campaign by id, or undefined when there is none. */
  async find(campaignId: string, within: Db | Tx = this.#db): Promise<Campaign | undefined> {
    const known = this.known(campaignId)
    if (known !== undefined) return known
    const row = await within
      .selectFrom('campaign.campaign')
      .select(['campaign_id', 'config'])
      .where('campaign_id', '=', campaignId)
      .executeTakeFirst()
    return row && this.#learn(row).campaign
  }

  /**
   * Learns the campaigns that are not known yet, on the connection of a payment in progress: one
   * that waited for a second connection would wait for ever once all of a pool do the same.
   */
  async learn(tx: BatchTx, campaignIds: readonly string[]): Promise<void> {
    const unknown = new Set(campaignIds.filter((campaignId) => !this.#known.has(campaignId)))
    if (unknown.size === 0) return
    const { rows } = await tx.query<{ campaign_id: string; config: string }>({
      name: 'learn_campaigns',
      text: 'select campaign_id, config from campaign.campaign where campaign_id = any ($1::uuid[])',
      values: [[...unknown]],
    })
    for (const row of rows) this.#learn(row)
  }

  /** Every open campaign, oldest first. */
  async all(): Promise<OpenCampaign[]> {
    const rows = await this.#db
      .selectFrom('campaign.campaign')
      .select(['campaign_id', 'config'])
      .orderBy('opened_at')
      .orderBy('code')
      .execute()
    return rows.map((row) => this.#learn(row))
  }

  #learn(row: { campaign_id: string; config: string }): OpenCampaign {
    const known = this.#known.get(row.campaign_id)
    if (known !== undefined) return known
    const parsed = parseCampaign(JSON.parse(row.config))
    if (!('campaign' in parsed)) throw new Error(`campaign ${row.campaign_id} cannot be read`)
    const open = { campaignId: row.campaign_id, campaign: parsed.campaign }
    this.#known.set(row.campaign_id, open)
    return open
  }
}
