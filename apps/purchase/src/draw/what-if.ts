import { type Refused, refused } from '@minnaken/http'
import type { Db } from '@minnaken/db'
import { allocateUnits, type DrawApplication, drawTermsOf } from '@minnaken/domain'
import type { OpenCampaign } from '@minnaken/ledger'
import { sql } from 'kysely'
import { drawHashes } from '../hashes.ts'
import { type DrawSummary, summaryOf } from './summary.ts'

export type WhatIfOutcome =
  | Readonly<{ kind: 'drawn'; cap: number; summary: DrawSummary }>
  | Refused<Readonly<{ kind: 'what_if_undefined' }>>

/**
 * What a draw over the applications as they are now would come to, with other units or another cap.
 *
 * Drawn with a seed that everybody knows, so it foretells figures and nobody's luck.
 * Quotas add up to the stock, so with quotas no other number of units is defined.
 */
export async function whatIf(
  db: Db,
  { campaignId, campaign }: OpenCampaign,
  asked: Readonly<{ units?: number | undefined; cap?: number | undefined }>,
): Promise<WhatIfOutcome> {
  const terms = drawTermsOf(campaign)
  const units = asked.units ?? terms.units
  if (terms.quota !== undefined && units !== terms.units)
    return refused({ kind: 'what_if_undefined' })
  const cap = asked.cap ?? terms.cap
  const draw = {
    terms: { ...terms, units, cap },
    seed: 'what-if',
    applications: await activeApplications(db, campaignId),
  }
  const allocation = allocateUnits({ draw, hashes: drawHashes })
  return { kind: 'drawn', cap, summary: summaryOf(allocation) }
}

async function activeApplications(db: Db, campaignId: string): Promise<DrawApplication[]> {
  const rows = await db
    .selectFrom('sale.application')
    .select(['application_no', 'units_wanted', 'group_code', 'household'])
    .where('campaign_id', '=', campaignId)
    .where('state', '=', 'active')
    .orderBy(sql`application_no collate "C"`)
    .execute()
  return rows.map((row) => ({
    id: row.application_no,
    request: row.units_wanted,
    ...(row.group_code === null ? {} : { group: row.group_code }),
    ...(row.household === null ? {} : { household: row.household }),
  }))
}
