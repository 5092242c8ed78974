import { inTransaction } from '@minnaken/db'
import { type Refused, refused } from '@minnaken/http'
import type { Tx } from '@minnaken/db'
import {
  canonicalJson,
  drawTermsOf,
  type Instant,
  listDigestOf,
  membersDigestOf,
  termsDigestOf,
  termsJson,
} from '@minnaken/domain'
import type { OpenCampaign } from '@minnaken/ledger'
import { sql } from 'kysely'
import { closeList } from '../apply/list.ts'
import type { Deps } from '../deps.ts'
import { drawHashes } from '../hashes.ts'
import { type DrawRow, findDraw, frozenList, lockDraw } from './draw.ts'

export type FreezeOutcome =
  | Readonly<{ kind: 'frozen'; draw: DrawRow }>
  | Refused<
      | Readonly<{ kind: 'draw_not_committed' }>
      | Readonly<{ kind: 'applications_open'; closesAt: Instant }>
    >

/**
 * Freezes the list after applications have ended, and fixes it and the terms by their digests.
 *
 * Whoever was let in before the end is in it: this waits for those who are still being written.
 * Households appear in it as H000001 and so on, in the order of their first application, because
 * the list is published and an address is not. Freezing again answers with the first digests.
 */
export async function freezeDraw(
  deps: Deps,
  { campaignId, campaign }: OpenCampaign,
  { by }: Readonly<{ by: string }>,
): Promise<FreezeOutcome> {
  return inTransaction(deps.db, async (tx): Promise<FreezeOutcome> => {
    const draw = await lockDraw(tx, campaignId)
    if (draw === null) return refused({ kind: 'draw_not_committed' })
    if (draw.state !== 'committed') return { kind: 'frozen', draw }
    const closesAt = campaign.windows.apply.until
    if (deps.now() < closesAt) return refused({ kind: 'applications_open', closesAt })

    await closeList(tx, campaignId)
    await copyList(tx, campaignId)
    const { applications } = await frozenList(tx, campaignId)
    const terms = drawTermsOf(campaign)
    await tx
      .updateTable('sale.draw')
      .set({
        state: 'frozen',
        frozen_at: new Date(deps.now()),
        frozen_by: by,
        list_digest: listDigestOf(applications, drawHashes),
        members_digest: membersDigestOf(applications, drawHashes),
        terms: canonicalJson(termsJson(terms)),
        terms_digest: termsDigestOf(terms, drawHashes),
      })
      .where('campaign_id', '=', campaignId)
      .execute()
    const frozen = await findDraw(tx, campaignId)
    if (frozen === null) throw new Error('a draw that was just frozen is there')
    return { kind: 'frozen', draw: frozen }
  })
}

async function copyList(tx: Tx, campaignId: string): Promise<void> {
  await sql`
    with listed as (
      select application_id, application_no, units_wanted, group_code, household,
        min(application_no collate "C") over (partition by household) as first_of_household
      from sale.application
      where campaign_id = ${campaignId} and state = 'active'
    )
    insert into sale.win (application_id, campaign_id, application_no, units_wanted, group_code,
      household)
    select application_id, ${campaignId}::uuid, application_no, units_wanted, group_code,
      case when household is not null then 'H' || lpad((dense_rank() over (
        partition by household is null order by first_of_household))::text, 6, '0') end
    from listed`.execute(tx)
}
