import type { Db } from '@minnaken/db'
import { type Campaign, type Instant, partsOf, yen } from '@minnaken/domain'
import { issueOrder } from './sale.ts'
import type { WalletPlace } from './wallet.ts'

/*
 * What the services write before there is anything to test: campaigns, shops, tills, paid orders.
 * Each takes the owner's connection.
 */

/** An open campaign. */
export async function seedCampaign(
  db: Db,
  given: Readonly<{ campaignId: string; file: Readonly<{ id: string }>; at: Instant }>,
): Promise<void> {
  await db
    .insertInto('campaign.campaign')
    .values({
      campaign_id: given.campaignId,
      code: given.file.id,
      config: JSON.stringify(given.file),
      config_sha256: '0'.repeat(64),
      opened_at: new Date(given.at),
    })
    .execute()
}

/** A shop that was accepted, with a payee of its own. */
export async function seedShop(
  db: Db,
  given: Readonly<{
    shopId: string
    payeeId: string
    shopNo: string
    ownerAccountId: string
    decidedBy: string
    shopClass?: string
    at: Instant
  }>,
): Promise<void> {
  const { shopNo, shopClass = 'SMALL' } = given
  const at = new Date(given.at)
  const owned = { payee_id: given.payeeId, owner_account_id: given.ownerAccountId }
  await db
    .insertInto('shop.payee')
    .values({ ...owned, payee_no: shopNo.padStart(10, '0') })
    .execute()
  await db
    .insertInto('shop.shop')
    .values({
      ...owned,
      shop_id: given.shopId,
      shop_no: shopNo,
      name: 'みらい商店',
      address: 'みらい区1-1',
      category: 'retail',
      large_retail_facility: shopClass === 'LARGE',
      shop_class: shopClass,
      state: 'active',
      state_since: at,
      decided_by: given.decidedBy,
      applied_at: at,
    })
    .execute()
}

const TILL_MS = 400 * 86_400_000

/** A till that has joined its shop. */
export async function seedTill(
  db: Db,
  given: Readonly<{ tillId: string; shopId: string; tokenHash: Buffer; at: Instant }>,
): Promise<void> {
  await db
    .insertInto('redemption.till')
    .values({
      till_id: given.tillId,
      shop_id: given.shopId,
      name: 'レジ1',
      token_hash: given.tokenHash,
      joined_at: new Date(given.at),
      expires_at: new Date(given.at + TILL_MS),
    })
    .execute()
}

type PaidOrder = Readonly<{
  orderId: string
  campaignId: string
  accountId: string
  units: number
  priceYen: number
  at: Instant
}>

let orders = 0

/** An order of the second sale that was paid by card, and is not issued yet. */
export async function seedPaidOrder(db: Db, given: PaidOrder): Promise<void> {
  const { orderId } = given
  const at = new Date(given.at)
  orders += 1
  await db
    .insertInto('sale.order')
    .values({
      order_id: orderId,
      campaign_id: given.campaignId,
      account_id: given.accountId,
      sale_seq: orders,
      units: given.units,
      price_yen: given.priceYen,
      method: 'card',
      state: 'paid',
      provider: 'sandbox',
      provider_payment_id: orderId,
      pay_by: at,
      placed_at: at,
      paid_at: at,
      state_since: at,
      idempotency_key: orderId,
      fingerprint: Buffer.alloc(32),
    })
    .execute()
}

/** The vouchers of so many units, bought and issued. */
export async function seedVouchers(
  db: Db,
  given: Readonly<{
    campaign: Campaign
    campaignId: string
    wallet: WalletPlace & Readonly<{ accountId: string }>
    units: number
    newId: () => string
    at: Instant
  }>,
): Promise<void> {
  const { campaign, campaignId, wallet, units, newId, at } = given
  const orderId = newId()
  const priceYen = campaign.unit.priceYen * units
  const { accountId } = wallet
  await seedPaidOrder(db, { orderId, campaignId, accountId, units, priceYen, at })
  await db.transaction().execute((tx) =>
    issueOrder(tx, {
      wallet,
      orderId,
      campaignId,
      parts: partsOf(campaign).map((kind) => ({
        kind: kind.code,
        lotId: newId(),
        price: yen(kind.priceYen * units),
        face: yen(kind.faceYen * units),
      })),
      expiresAt: campaign.expiresExclusive,
      at,
    }),
  )
}
