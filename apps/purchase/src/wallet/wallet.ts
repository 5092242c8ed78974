import { isoPeriod } from '@minnaken/http'
import type { Db, Tx } from '@minnaken/db'
import {
  bySpendingOrder,
  expiresAt,
  type Instant,
  isSpendable,
  jstDateOf,
  type Lot,
  sumYen,
  useWindow,
  type Yen,
  yen,
} from '@minnaken/domain'
import { type CampaignBook, stopWallet, type WalletPlace } from '@minnaken/ledger'
import type { Deps } from '../deps.ts'

export type Wallet = WalletPlace & Readonly<{ stoppedAt: Instant | null }>

export async function findOwnWallet(db: Db | Tx, accountId: string): Promise<Wallet> {
  const row = await db
    .selectFrom('ledger.wallet_of_account as place')
    .innerJoin('ledger.wallet as wallet', (join) =>
      join
        .onRef('wallet.bucket', '=', 'place.bucket')
        .onRef('wallet.wallet_id', '=', 'place.wallet_id'),
    )
    .select(['place.bucket', 'place.wallet_id', 'wallet.stopped_at'])
    .where('place.account_id', '=', accountId)
    .executeTakeFirst()
  if (row === undefined) throw new Error('a resident has a wallet')
  return {
    bucket: row.bucket,
    walletId: row.wallet_id,
    stoppedAt: row.stopped_at?.getTime() ?? null,
  }
}

/** Stops the wallet at once: none of its phones pays from the next request on. The value stays. */
export const stopOwnWallet = (
  deps: Deps,
  { accountId }: Readonly<{ accountId: string }>,
): Promise<Wallet> =>
  deps.db.transaction().execute(async (tx) => {
    await stopWallet(tx, { ...(await findOwnWallet(tx, accountId)), at: deps.now() })
    return findOwnWallet(tx, accountId)
  })

type OwnLot = Readonly<{ lot: Lot; issued: Yen }>

/** Every lot of a wallet, in the order in which they are spent. */
async function lotsOf(
  db: Db,
  campaigns: CampaignBook,
  { bucket, walletId }: WalletPlace,
): Promise<readonly OwnLot[]> {
  const rows = await db
    .selectFrom('ledger.lot')
    .select(['lot_id', 'campaign_id', 'kind', 'issued_yen', 'remaining_yen', 'expires_at'])
    .where('bucket', '=', bucket)
    .where('wallet_id', '=', walletId)
    .execute()
  const lots = await Promise.all(
    rows.map(async (row): Promise<OwnLot> => {
      const campaign = await campaigns.find(row.campaign_id)
      const kind = campaign?.kinds.find(({ code }) => code === row.kind)
      if (campaign === undefined || kind === undefined)
        throw new Error(`lot ${row.lot_id} has no campaign`)
      const lot: Lot = {
        lotId: row.lot_id,
        campaignId: row.campaign_id,
        kind: row.kind,
        remaining: yen(row.remaining_yen),
        expiresAt: row.expires_at.getTime(),
        use: useWindow(campaign),
        acceptedBy: kind.acceptedBy,
        perCodeYenMax: campaign.spending.perCodeYenMax,
        minYen: yen(campaign.spending.minYen),
      }
      return { lot, issued: yen(row.issued_yen) }
    }),
  )
  return lots.toSorted((a, b) => bySpendingOrder(a.lot, b.lot))
}

/** What a resident has: balances by kind and last day, and what can be spent now. */
export async function showWallet(deps: Deps, { accountId }: Readonly<{ accountId: string }>) {
  const wallet = await findOwnWallet(deps.db, accountId)
  const lots = await lotsOf(deps.db, deps.campaigns, wallet)
  const at = deps.now()
  const groups = new Map<string, OwnLot[]>()
  for (const own of lots) {
    const { campaignId, kind, expiresAt: ends } = own.lot
    const key = `${campaignId} ${kind} ${ends}`
    groups.set(key, [...(groups.get(key) ?? []), own])
  }
  const balances = await Promise.all(
    [...groups.values()].map((group) => balanceOf(deps.campaigns, group, at)),
  )
  const spendable = lots.filter(({ lot }) => isSpendable(lot, at))
  return {
    wallet,
    balances,
    spendableYen:
      wallet.stoppedAt === null ? sumYen(spendable.map(({ lot }) => lot.remaining)) : yen(0),
    at,
  }
}

async function balanceOf(campaigns: CampaignBook, group: readonly OwnLot[], at: Instant) {
  const lot = group[0]?.lot
  const campaign = lot === undefined ? undefined : await campaigns.find(lot.campaignId)
  const kind = campaign?.kinds.find(({ code }) => code === lot?.kind)
  if (lot === undefined || campaign === undefined || kind === undefined)
    throw new Error('a balance is of lots of a campaign')
  return {
    campaign: campaign.id,
    campaignName: campaign.name,
    kind: kind.code,
    label: kind.label,
    acceptedBy: kind.acceptedBy,
    issuedYen: sumYen(group.map(({ issued }) => issued)),
    remainingYen: sumYen(group.map((each) => each.lot.remaining)),
    issueDate: campaign.issueDate,
    lastDay: jstDateOf(expiresAt(campaign) - 1),
    use: isoPeriod(lot.use),
    isSpendable: isSpendable(lot, at),
  }
}
