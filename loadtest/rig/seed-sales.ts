import { type Instant, jstDateOf, parseCampaign, partsOf, yen } from '@minnaken/domain'
import { legRows, saleLegs } from '@minnaken/ledger'
import type { CampaignFile } from './campaign.ts'
import { type CopyRow, copyRows, ownerClient } from './database.ts'
import { idAt } from './residents.ts'
import type { SeededWallet } from './seeded.ts'

type Sale = Readonly<{
  wallets: readonly SeededWallet[]
  campaignId: string
  file: CampaignFile
  unitsEach: number
  soldAt: Instant
}>

/**
 * Loads one paid order for each resident, with its posting, legs and lots, as `issueOrder` writes
 * them: the legs come from the book's own rule.
 */
export async function loadSales(ownerUrl: string, sale: Sale): Promise<void> {
  const orders = ordersOf(sale)
  await ownerClient(ownerUrl, async (client) => {
    await copyRows(
      client,
      'sale."order"',
      orders.map((order) => orderRow(sale, order)),
    )
    await copyRows(
      client,
      'ledger.posting',
      orders.map((order) => postingRow(sale, order)),
    )
    await copyRows(
      client,
      'ledger.leg',
      orders.flatMap(({ wallet, orderId, parts }) =>
        legRows(wallet.bucket, orderId, saleLegs(sale.campaignId, parts)),
      ),
    )
    await copyRows(
      client,
      'ledger.lot',
      orders.flatMap((order) => lotRows(sale, order)),
    )
  })
}

type Order = ReturnType<typeof ordersOf>[number]

function ordersOf({ file, unitsEach, wallets, soldAt }: Sale) {
  const parsed = parseCampaign(file)
  if (!('campaign' in parsed)) throw new Error('the campaign of the run cannot be read')
  const { campaign } = parsed
  return wallets.map((wallet, place) => ({
    wallet,
    saleSeq: place + 1,
    orderId: idAt(soldAt),
    priceYen: campaign.unit.priceYen * unitsEach,
    expiresAt: new Date(campaign.expiresExclusive),
    parts: partsOf(campaign).map((kind) => ({
      kind: kind.code,
      lotId: idAt(soldAt),
      price: yen(kind.priceYen * unitsEach),
      face: yen(kind.faceYen * unitsEach),
    })),
  }))
}

const NO_FINGERPRINT = Buffer.alloc(32)

function orderRow({ campaignId, unitsEach, soldAt }: Sale, order: Order): CopyRow {
  const at = new Date(soldAt)
  return {
    order_id: order.orderId,
    campaign_id: campaignId,
    account_id: order.wallet.accountId,
    sale_seq: order.saleSeq,
    units: unitsEach,
    price_yen: order.priceYen,
    method: 'card',
    state: 'paid',
    provider: 'sandbox',
    provider_payment_id: order.orderId,
    pay_by: at,
    placed_at: at,
    paid_at: at,
    state_since: at,
    idempotency_key: order.orderId,
    fingerprint: NO_FINGERPRINT,
  }
}

const postingRow = ({ soldAt }: Sale, { wallet, orderId }: Order): CopyRow => ({
  bucket: wallet.bucket,
  posting_id: orderId,
  event: 'sale',
  about: orderId,
  posted_at: new Date(soldAt),
  business_date: jstDateOf(soldAt),
})

const lotRows = ({ campaignId }: Sale, order: Order): CopyRow[] =>
  order.parts.map(({ kind, lotId, face }) => ({
    bucket: order.wallet.bucket,
    lot_id: lotId,
    wallet_id: order.wallet.walletId,
    campaign_id: campaignId,
    kind,
    order_id: order.orderId,
    issued_yen: face,
    remaining_yen: face,
    expires_at: order.expiresAt,
  }))
