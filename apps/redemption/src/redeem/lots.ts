import { type Campaign, type Lot, assert, useWindow, yen } from '@minnaken/domain'
import type { HeldLot } from '@minnaken/ledger'

/** A lot with what its campaign says about it: where and when it may be spent, and how much at once. */
function lotOf(held: HeldLot, campaign: Campaign | undefined): Lot {
  assert(campaign !== undefined, 'a lot belongs to an open campaign')
  const kind = campaign.kinds.find((each) => each.code === held.kind)
  assert(kind !== undefined, 'a lot is of a kind of its campaign')
  return {
    lotId: held.lotId,
    campaignId: held.campaignId,
    kind: held.kind,
    remaining: held.remaining,
    expiresAt: held.expiresAt,
    use: useWindow(campaign),
    acceptedBy: kind.acceptedBy,
    perCodeYenMax: campaign.spending.perCodeYenMax,
    minYen: yen(campaign.spending.minYen),
  }
}

/** Every wallet's lots, in the order in which they were read. */
export function byWallet(
  held: readonly HeldLot[],
  campaignOf: (campaignId: string) => Campaign | undefined,
): (walletId: string) => readonly Lot[] {
  const wallets = new Map<string, Lot[]>()
  for (const row of held) {
    const lot = lotOf(row, campaignOf(row.campaignId))
    const lots = wallets.get(row.walletId)
    if (lots === undefined) wallets.set(row.walletId, [lot])
    else lots.push(lot)
  }
  return (walletId) => wallets.get(walletId) ?? []
}
