import { type Refused, refused } from '@minnaken/http'
import type { DrawExplanation, Instant } from '@minnaken/domain'
import type { OpenCampaign } from '@minnaken/ledger'
import { sql } from 'kysely'
import type { Deps } from '../deps.ts'
import { findDraw } from './draw.ts'

export type ApplicantResult = Readonly<{
  applicationNo: string
  unitsWanted: number
  unitsWon: number
  unitsReserved: number
  unitsPaid: number
  unitsReleased: number
  explanation: DrawExplanation
}>

export type ResultOutcome =
  | Readonly<{ kind: 'found'; result: ApplicantResult }>
  | Readonly<{ kind: 'not_found' }>
  | Refused<Readonly<{ kind: 'result_not_published'; dueAt: Instant }>>

/** An applicant's own result with its explanation and proof, once the draw is published. */
export async function findResult(
  deps: Deps,
  { campaignId, campaign }: OpenCampaign,
  { accountId }: Readonly<{ accountId: string }>,
): Promise<ResultOutcome> {
  const draw = await findDraw(deps.db, campaignId)
  if (draw === null || draw.publishedAt === null)
    return refused({ kind: 'result_not_published', dueAt: campaign.windows.results })
  const row = await deps.db
    .selectFrom('sale.win as win')
    .innerJoin(
      'sale.application as application',
      'application.application_id',
      'win.application_id',
    )
    .select([
      'win.application_no as applicationNo',
      'win.units_wanted as unitsWanted',
      'win.units_won as unitsWon',
      'win.units_reserved as unitsReserved',
      'win.units_paid as unitsPaid',
      'win.units_released as unitsReleased',
      sql<DrawExplanation>`win.explanation`.as('explanation'),
    ])
    .where('application.campaign_id', '=', campaignId)
    .where('application.account_id', '=', accountId)
    .executeTakeFirst()
  return row === undefined ? { kind: 'not_found' } : { kind: 'found', result: row }
}

/** The result in a sentence, for those who won and for those who did not. */
export function wordsOf(result: ApplicantResult): Readonly<{ ja: string; en: string }> {
  const { unitsWanted, unitsWon, explanation } = result
  const { level, rank, candidates, remainder, effective, household } = explanation
  const asked = `${unitsWanted}口のお申し込みに対して${unitsWon}口が当選しました。`
  const askedEn = `You asked for ${unitsWanted} and may buy ${unitsWon}.`
  if (household !== null) {
    const { members, units } = household
    return {
      ja: `${asked}世帯${members}人で合わせて${units}口です。`,
      en: `${askedEn} Your household of ${members} has ${units} in all.`,
    }
  }
  if (unitsWon === unitsWanted)
    return { ja: `${asked}ご希望どおりです。`, en: `${askedEn} That is what you asked for.` }
  if (unitsWon === effective)
    return {
      ja: `${asked}お一人の上限です。`,
      en: `${askedEn} That is the most one person may buy.`,
    }
  const ja = `${asked}全員に等しく${level}口を配り、`
  const en = `${askedEn} The equal share was ${level};`
  if (rank === null) return { ja: `${ja}残りはありません。`, en: `${en} nothing was left over.` }
  return {
    ja: `${ja}残り${remainder}口の抽選で、あなたは${candidates}人中${rank}番目でした。`,
    en: `${en} you were number ${rank} of ${candidates} for the remaining ${remainder} units.`,
  }
}
