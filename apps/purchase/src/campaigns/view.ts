import { isoOf, isoPeriod } from '@minnaken/http'
import { partsOf } from '@minnaken/domain'
import type { OpenCampaign } from '@minnaken/ledger'

/** A campaign as everyone may see it: what is sold, to whom, and when. */
export function campaignView({ campaign }: OpenCampaign) {
  const { windows, caps } = campaign
  return {
    code: campaign.id,
    name: campaign.name,
    issuer: campaign.issuer,
    unit: { priceYen: campaign.unit.priceYen, faceYen: campaign.unit.faceYen },
    kinds: partsOf(campaign).map(({ code, label, priceYen, faceYen, acceptedBy }) => ({
      code,
      label,
      priceYen,
      faceYen,
      acceptedBy,
    })),
    stockUnits: campaign.stock.units,
    eligibility: campaign.eligibility,
    caps,
    groups: campaign.allocation.groups,
    windows: {
      apply: isoPeriod(windows.apply),
      drawAt: isoOf(windows.draw),
      resultsAt: isoOf(windows.results),
      pay: isoPeriod(windows.pay),
      secondSale: windows.secondSale === null ? null : isoPeriod(windows.secondSale),
      use: isoPeriod(windows.use),
    },
    issueDate: campaign.issueDate,
    expiresAt: isoOf(campaign.expiresExclusive),
    spending: {
      minYen: campaign.spending.minYen,
      perCodeYenMax: campaign.spending.perCodeYenMax,
    },
  }
}
