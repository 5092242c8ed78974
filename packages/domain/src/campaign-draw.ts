import type { Campaign } from './campaign.ts'
import type { DrawTerms } from './draw-terms.ts'

/**
 * The terms of a campaign's draw, as its publication fixes them.
 *
 * Groups matter only where the campaign serves them in an order or by quota; everyone together
 * has one cap, and a cap per household only where the campaign sets one.
 */
export function drawTermsOf(campaign: Campaign): DrawTerms {
  const { id, stock, caps, allocation } = campaign
  const terms: DrawTerms = {
    algorithm: allocation.algorithm,
    campaign: id,
    round: 'r1',
    units: stock.units,
    cap: caps.perPersonUnits,
    ...(caps.perHouseholdUnits === null ? {} : { householdCap: caps.perHouseholdUnits }),
  }
  if (allocation.groups === 'together') return terms
  return {
    ...terms,
    order: allocation.order,
    ...(allocation.groups === 'quota' ? { quota: Object.fromEntries(allocation.quotas) } : {}),
    ...(allocation.groupCaps.size === 0
      ? {}
      : { groupCaps: Object.fromEntries(allocation.groupCaps) }),
  }
}
