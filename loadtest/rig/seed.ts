import { randomBytes } from 'node:crypto'
import { seedAccount } from '@minnaken/auth/testing'
import { newToken } from '@minnaken/auth'
import { type Db, connect } from '@minnaken/db'
import type { Instant } from '@minnaken/domain'
import { makeDays } from '@minnaken/ledger'
import { type CampaignFile, DAYS_SPENT_BEFORE, campaignAround, daysAround } from './campaign.ts'
import { type CopyRow, copyRows, ownerClient, settleDown } from './database.ts'
import { loadHistory } from './history.ts'
import { bucketOf, idAt, loadResidents } from './residents.ts'
import type { KeyPair, SeedSize, Seeded, SeededTill, SeededWallet } from './seeded.ts'
import { loadSales } from './seed-sales.ts'

const DAY_MS = 86_400_000
const LARGE_EVERY = 10

/**
 * Fills an empty platform: shops with tills, residents with phones, sessions and paid orders whose
 * vouchers can be spent now. Every row is the one that the product would have written, so that
 * `verifyLedger` holds before the run as it has to after it.
 */
export async function seed(ownerUrl: string, size: SeedSize): Promise<Seeded> {
  const at = Date.now()
  const soldAt = at - DAYS_SPENT_BEFORE * DAY_MS
  const keys = await makeKeyPairs(Math.min(size.keyPairs, size.wallets))
  const units = size.wallets * size.unitsEach + 1_000
  const file = campaignAround(at, { id: 'BENCH', units })
  const owner = connect({ url: ownerUrl, applicationName: 'minnaken-bench', connectionsMax: 2 })
  try {
    const campaignId = await openCampaign(owner.db, { file, at, size })
    const buckets = await bucketsOf(owner.db)
    const clerk = await seedAccount(owner.db, { role: 'clerk', at: soldAt })
    const tills = await loadShops(ownerUrl, { size, at: soldAt, decidedBy: clerk.accountId })
    const wallets = residents({ size, buckets, keyPairs: keys.length, at: soldAt })
    await loadPhones(ownerUrl, { wallets, keys, at, soldAt })
    await loadSales(ownerUrl, { wallets, campaignId, file, unitsEach: size.unitsEach, soldAt })
    const { unitsEach, history } = size
    const seeded = { campaignId, tills, wallets, keys, unitsEach, history, at }
    if (history > 0) await loadHistory(ownerUrl, seeded, history)
    await settleDown(ownerUrl)
    return { ...seeded, at: Date.now() }
  } finally {
    await owner.close()
  }
}

async function makeKeyPairs(count: number): Promise<KeyPair[]> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
  return Promise.all(
    Array.from({ length: count }, async () => {
      const pair = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
      const privateJwk = await crypto.subtle.exportKey('jwk', pair.privateKey)
      const { x = '', y = '' } = privateJwk
      return { privateJwk, publicJwk: { kty: 'EC', crv: 'P-256', x, y } as const }
    }),
  )
}

async function openCampaign(
  db: Db,
  { file, at, size }: Readonly<{ file: CampaignFile; at: Instant; size: SeedSize }>,
): Promise<string> {
  const campaignId = idAt(at)
  const sold = size.wallets * size.unitsEach
  await db
    .insertInto('campaign.campaign')
    .values({
      campaign_id: campaignId,
      code: file.id,
      config: JSON.stringify(file),
      config_sha256: '0'.repeat(64),
      opened_at: new Date(at - 61 * DAY_MS),
    })
    .execute()
  await db
    .insertInto('sale.stock')
    .values({
      campaign_id: campaignId,
      units_total: file.stock.units,
      units_free: Math.max(0, file.stock.units - sold),
      sale_seq: size.wallets,
      released_at: new Date(at - 18 * DAY_MS),
    })
    .execute()
  await db.transaction().execute((tx) => makeDays(tx, daysAround(at)))
  return campaignId
}

async function bucketsOf(db: Db): Promise<number[]> {
  const rows = await db.selectFrom('ledger.bucket').select('bucket').orderBy('bucket').execute()
  return rows.map(({ bucket }) => bucket)
}

/** Shops of which every tenth is large, each with as many tills as there are to go round. */
async function loadShops(
  ownerUrl: string,
  { size, at, decidedBy }: Readonly<{ size: SeedSize; at: Instant; decidedBy: string }>,
): Promise<SeededTill[]> {
  const shops = Array.from({ length: size.shops }, (_, place) => ({
    shopId: idAt(at),
    payeeId: idAt(at),
    ownerId: idAt(at),
    shopNo: String(100_001 + place),
    payeeNo: String(place + 1).padStart(10, '0'),
    shopClass: place % LARGE_EVERY === LARGE_EVERY - 1 ? 'LARGE' : 'SMALL',
  }))
  const tills = Array.from({ length: size.tills }, (_, place) => {
    const shop = shops[place % shops.length]
    if (shop === undefined) throw new Error('a till is in a shop')
    const { shopId, shopNo, shopClass } = shop
    const { token, hash } = newToken(randomBytes)
    return { tillId: idAt(at), shopId, shopNo, shopClass, token, hash }
  })
  await ownerClient(ownerUrl, async (client) => {
    await copyRows(
      client,
      'auth.account',
      shops.map(({ ownerId }) => ({
        account_id: ownerId,
        role: 'shop_owner',
        created_at: new Date(at),
      })),
    )
    await copyRows(
      client,
      'shop.payee',
      shops.map(({ payeeId, payeeNo, ownerId }) => ({
        payee_id: payeeId,
        payee_no: payeeNo,
        owner_account_id: ownerId,
      })),
    )
    await copyRows(
      client,
      'shop.shop',
      shops.map((shop) => shopRow(shop, { at, decidedBy })),
    )
    await copyRows(
      client,
      'redemption.till',
      tills.map(({ tillId, shopId, hash }) => ({
        till_id: tillId,
        shop_id: shopId,
        name: 'レジ1',
        token_hash: hash,
        joined_at: new Date(at),
        expires_at: new Date(at + 366 * DAY_MS),
      })),
    )
  })
  return tills.map(({ hash: _hash, ...till }) => till)
}

type Shop = Readonly<
  Record<'shopId' | 'payeeId' | 'ownerId' | 'shopNo' | 'payeeNo' | 'shopClass', string>
>

const shopRow = (
  shop: Shop,
  { at, decidedBy }: Readonly<{ at: Instant; decidedBy: string }>,
): CopyRow => ({
  shop_id: shop.shopId,
  shop_no: shop.shopNo,
  owner_account_id: shop.ownerId,
  payee_id: shop.payeeId,
  name: `みらい商店${shop.shopNo}`,
  address: 'みらい区1-1',
  category: 'retail',
  large_retail_facility: shop.shopClass === 'LARGE',
  shop_class: shop.shopClass,
  state: 'active',
  state_since: new Date(at),
  decided_by: decidedBy,
  applied_at: new Date(at),
})

function residents({
  size,
  buckets,
  keyPairs,
  at,
}: Readonly<{
  size: SeedSize
  buckets: readonly number[]
  keyPairs: number
  at: Instant
}>): SeededWallet[] {
  return Array.from({ length: size.wallets }, (_, place) => {
    const accountId = idAt(at)
    return {
      accountId,
      bucket: bucketOf(accountId, buckets),
      walletId: idAt(at),
      deviceId: idAt(at),
      key: place % keyPairs,
      sessionToken: newToken(randomBytes).token,
    }
  })
}

async function loadPhones(
  ownerUrl: string,
  {
    wallets,
    keys,
    at,
    soldAt,
  }: Readonly<{
    wallets: readonly SeededWallet[]
    keys: readonly KeyPair[]
    at: Instant
    soldAt: Instant
  }>,
): Promise<void> {
  const keyTexts = keys.map(({ publicJwk }) => JSON.stringify(publicJwk))
  await ownerClient(ownerUrl, async (client) => {
    await loadResidents(client, wallets, { at, since: soldAt })
    const copy = (table: string, row: (it: SeededWallet) => CopyRow) =>
      copyRows(client, table, wallets.map(row))
    await copy('redemption.device_key', ({ deviceId, bucket, walletId, key }) => ({
      device_id: deviceId,
      bucket,
      wallet_id: walletId,
      public_key: keyTexts[key] ?? null,
    }))
    await copy('redemption.device', ({ deviceId, bucket, walletId }) => ({
      bucket,
      device_id: deviceId,
      wallet_id: walletId,
      name: 'スマホ',
      registered_at: new Date(soldAt),
    }))
  })
}
