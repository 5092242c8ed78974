import { inTransaction } from '@minnaken/db'
import { type Refused, refused } from '@minnaken/http'
import type { Tx } from '@minnaken/db'
import {
  addDays,
  type Campaign,
  type Finding,
  hasErrors,
  type Instant,
  jstDateOf,
  lintCampaign,
  lintTogether,
  parseCampaign,
} from '@minnaken/domain'
import { makeDays, type OpenCampaign } from '@minnaken/ledger'
import type { Deps } from '../deps.ts'
import { sha256Hex } from '../hashes.ts'

type OpenedCampaign = OpenCampaign &
  Readonly<{ sha256: string; openedAt: Instant; findings: readonly Finding[] }>

export type OpenOutcome =
  | (Readonly<{ kind: 'opened' | 'already_open' }> & OpenedCampaign)
  | Refused<
      | Readonly<{ kind: 'campaign_refused'; findings: readonly Finding[] }>
      | Readonly<{ kind: 'campaign_exists'; sha256: string; openedAt: Instant }>
    >

/** Business days a campaign needs after its vouchers have ended: two closings and their payouts. */
const DAYS_AFTER = 62

/**
 * Opens a campaign from the text of its file, for ever as it is written.
 *
 * The file has to be lawful and sound, alone and together with the campaigns that are not over.
 * The same bytes again find the campaign that is open; other bytes under its id are refused.
 */
export async function openCampaign(
  deps: Deps,
  file: Readonly<{ text: string; value: unknown; by: string }>,
): Promise<OpenOutcome> {
  const parsed = parseCampaign(file.value)
  if ('faults' in parsed) {
    const findings = parsed.faults.map(({ path, rule, ja, en }) => error(rule, path, { ja, en }))
    return refused({ kind: 'campaign_refused', findings })
  }
  const { campaign } = parsed
  const findings = [...idFindings(campaign), ...lintCampaign(campaign)]
  if (hasErrors(findings)) return refused({ kind: 'campaign_refused', findings })

  const sha256 = sha256Hex(file.text)
  const others = (await deps.campaigns.all()).filter((each) => each.campaign.id !== campaign.id)
  return inTransaction(deps.db, async (tx): Promise<OpenOutcome> => {
    const openedAt = deps.now()
    const campaignId = deps.newId()
    const wasOpened = await wasInserted(tx, { campaignId, campaign, file, sha256, openedAt })
    if (!wasOpened) return existing(tx, { campaign, sha256, findings })

    const together = lintTogether([
      ...others
        .map((each) => each.campaign)
        .filter((each) => lastDayOf(each) >= jstDateOf(openedAt)),
      campaign,
    ])
    if (hasErrors(together))
      return refused({ kind: 'campaign_refused', findings: [...findings, ...together] })

    await tx
      .insertInto('sale.stock')
      .values({ campaign_id: campaignId, units_total: campaign.stock.units })
      .execute()
    await makeDays(tx, { first: jstDateOf(openedAt), last: lastDayOf(campaign) })
    return { kind: 'opened', campaignId, campaign, sha256, openedAt, findings }
  })
}

const lastDayOf = (campaign: Campaign) => addDays(jstDateOf(campaign.expiresExclusive), DAYS_AFTER)

async function wasInserted(
  tx: Tx,
  row: Readonly<{
    campaignId: string
    campaign: Campaign
    file: Readonly<{ text: string; by: string }>
    sha256: string
    openedAt: Instant
  }>,
): Promise<boolean> {
  const inserted = await tx
    .insertInto('campaign.campaign')
    .values({
      campaign_id: row.campaignId,
      code: row.campaign.id,
      config: row.file.text,
      config_sha256: row.sha256,
      opened_at: new Date(row.openedAt),
      opened_by: row.file.by,
    })
    .onConflict((same) => same.column('code').doNothing())
    .returning('campaign_id')
    .executeTakeFirst()
  return inserted !== undefined
}

async function existing(
  tx: Tx,
  {
    campaign,
    sha256,
    findings,
  }: Readonly<{ campaign: Campaign; sha256: string; findings: readonly Finding[] }>,
): Promise<OpenOutcome> {
  const row = await tx
    .selectFrom('campaign.campaign')
    .select(['campaign_id', 'config_sha256', 'opened_at'])
    .where('code', '=', campaign.id)
    .executeTakeFirstOrThrow()
  const openedAt = row.opened_at.getTime()
  return row.config_sha256 === sha256
    ? { kind: 'already_open', campaignId: row.campaign_id, campaign, sha256, openedAt, findings }
    : refused({ kind: 'campaign_exists', sha256: row.config_sha256, openedAt })
}

/** The id stands in addresses, on letters and on receipts, so it is plain and short. */
function idFindings({ id }: Campaign): Finding[] {
  if (/^[A-Z0-9][A-Z0-9_-]{0,31}$/.test(id)) return []
  const ja = '英大文字・数字・_・- の32文字までにしてください'
  const en = 'up to 32 of A-Z, 0-9, _ and -, and begins with a letter or digit'
  return [error('id_form', 'id', { ja, en })]
}

const error = (
  rule: string,
  path: string,
  message: Readonly<{ ja: string; en: string }>,
): Finding => ({ level: 'error', rule, path, message })
