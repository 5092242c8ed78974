import type { Campaign } from './campaign.ts'
import { parseCampaign } from './campaign-parse.ts'
import { lintCaps } from './lint-caps.ts'
import { error, type Finding } from './lint-finding.ts'
import { lintMoney } from './lint-money.ts'
import { lintWindows } from './lint-windows.ts'

export type { Finding } from './lint-finding.ts'

/**
 * Checks a campaign against law and arithmetic before anyone relies on it.
 *
 * An error is something that must not be sold: a voucher that lives over six months, a kind that
 * no shop takes, parts that do not add up, a cap that nobody can reach. A warning is something
 * to know. Findings come in the order time, money, units; none at all is the good answer.
 */
export const lintCampaign = (campaign: Campaign): readonly Finding[] => [
  ...lintWindows(campaign),
  ...lintMoney(campaign),
  ...lintCaps(campaign),
]

/** Reads and checks a campaign's file in one go: what cannot be read is an error too. */
export function lintCampaignFile(value: unknown): readonly Finding[] {
  const parsed = parseCampaign(value)
  if ('campaign' in parsed) return lintCampaign(parsed.campaign)
  return parsed.faults.map(({ path, rule, ja, en }) => error(rule, { path, ja, en }))
}

export const hasErrors = (findings: readonly Finding[]): boolean =>
  findings.some((finding) => finding.level === 'error')

/** The terms that one run, which covers all campaigns of a federation, can have only once. */
const SHARED = ['rule', 'roll', 'minimumYen', 'transferFee', 'shopFeeBps'] as const

/**
 * Checks campaigns against each other: each has its own id, and those of one federation share
 * one settlement, because a run pays a shop for all of them in one transfer.
 *
 * The first campaign of a federation sets the terms; paths name the campaign by its place,
 * `campaigns[1].settlement.rule`. Each campaign alone is `lintCampaign`'s matter.
 */
export function lintTogether(campaigns: readonly Campaign[]): readonly Finding[] {
  const findings: Finding[] = []
  const ids = new Set<string>()
  const first = new Map<string, Campaign>()
  for (const [index, campaign] of campaigns.entries()) {
    if (ids.has(campaign.id)) {
      const words = { ja: `${campaign.id} が二度あります`, en: `${campaign.id} appears twice` }
      findings.push(error('campaign_id_twice', { path: `campaigns[${index}].id`, ...words }))
    }
    ids.add(campaign.id)
    const leader = first.get(campaign.issuer)
    if (leader === undefined) {
      first.set(campaign.issuer, campaign)
      continue
    }
    for (const field of SHARED) {
      const ours = campaign.settlement[field]
      const theirs = leader.settlement[field]
      if (ours === theirs) continue
      findings.push(
        error('settlement_differs', {
          path: `campaigns[${index}].settlement.${field}`,
          ja: `${leader.id} は ${theirs}、${campaign.id} は ${ours} です。同じ連合会の精算は一つの暦で行います`,
          en: `${leader.id} has ${theirs}, ${campaign.id} ${ours}; a federation has one calendar`,
        }),
      )
    }
  }
  return findings
}
