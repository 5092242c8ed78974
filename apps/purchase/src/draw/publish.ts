import { inTransaction } from '@minnaken/db'
import { type Refused, refused } from '@minnaken/http'
import type { Db } from '@minnaken/db'
import type { Instant } from '@minnaken/domain'
import type { OpenCampaign } from '@minnaken/ledger'
import type { Deps } from '../deps.ts'
import { type DrawRow, findDraw, lockDraw } from './draw.ts'

export type PublishOutcome =
  | Readonly<{ kind: 'published'; draw: DrawRow }>
  | Refused<
      Readonly<{ kind: 'draw_not_run' }> | Readonly<{ kind: 'results_not_due'; dueAt: Instant }>
    >

/**
 * Shows the result to everyone, from the campaign's results date on: each applicant their own,
 * and the file with which anybody can do the draw again. Publishing again changes nothing.
 */
export async function publishDraw(
  deps: Deps,
  { campaignId, campaign }: OpenCampaign,
  { by }: Readonly<{ by: string }>,
): Promise<PublishOutcome> {
  return inTransaction(deps.db, async (tx): Promise<PublishOutcome> => {
    const draw = await lockDraw(tx, campaignId)
    if (draw === null || draw.runAt === null) return refused({ kind: 'draw_not_run' })
    if (draw.publishedAt !== null) return { kind: 'published', draw }
    const at = deps.now()
    const dueAt = campaign.windows.results
    if (at < dueAt) return refused({ kind: 'results_not_due', dueAt })
    await tx
      .updateTable('sale.draw')
      .set({ state: 'published', published_at: new Date(at), published_by: by })
      .where('campaign_id', '=', campaignId)
      .execute()
    const published = await findDraw(tx, campaignId)
    if (published === null) throw new Error('a draw that was just published is there')
    return { kind: 'published', draw: published }
  })
}

/** The publication file; null until the result is published. The same bytes every time. */
export async function findPublication(db: Db, campaignId: string): Promise<string | null> {
  const row = await db
    .selectFrom('sale.draw')
    .select('publication')
    .where('campaign_id', '=', campaignId)
    .where('state', '=', 'published')
    .executeTakeFirst()
  return row?.publication ?? null
}
