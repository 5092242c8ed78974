import { inTransaction } from '@minnaken/db'
import { type Refused, refused } from '@minnaken/http'
import { commitOf, type Instant } from '@minnaken/domain'
import type { OpenCampaign } from '@minnaken/ledger'
import type { Deps } from '../deps.ts'
import { drawHashes } from '../hashes.ts'
import { type DrawRow, findDraw } from './draw.ts'

export type CommitOutcome =
  | Readonly<{ kind: 'committed'; draw: DrawRow }>
  | Refused<Readonly<{ kind: 'commit_too_late'; closedAt: Instant }>>

/**
 * Commits to a secret before anybody can know who will have applied.
 *
 * Only its hash is shown until the result is published. Committing again answers with the first
 * hash; after applications have ended there is nothing left that a commitment could prove.
 */
export async function commitDraw(
  deps: Deps,
  { campaignId, campaign }: OpenCampaign,
  { by }: Readonly<{ by: string }>,
): Promise<CommitOutcome> {
  return inTransaction(deps.db, async (tx): Promise<CommitOutcome> => {
    const at = deps.now()
    const existing = await findDraw(tx, campaignId)
    if (existing !== null) return { kind: 'committed', draw: existing }
    const closedAt = campaign.windows.apply.until
    if (at >= closedAt) return refused({ kind: 'commit_too_late', closedAt })

    const seedSecret = Buffer.from(deps.randomBytes(32)).toString('hex')
    await tx
      .insertInto('sale.draw')
      .values({
        campaign_id: campaignId,
        state: 'committed',
        seed_commit: commitOf(seedSecret, drawHashes),
        seed_secret: seedSecret,
        committed_at: new Date(at),
        committed_by: by,
      })
      .onConflict((same) => same.column('campaign_id').doNothing())
      .execute()
    const draw = await findDraw(tx, campaignId)
    if (draw === null) throw new Error('a draw that was just committed is there')
    return { kind: 'committed', draw }
  })
}
