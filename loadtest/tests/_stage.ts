import { createHash, randomBytes } from 'node:crypto'
import { makeDeviceKey } from '@minnaken/auth/software-authenticator'
import { seedAccount } from '@minnaken/auth/testing'
import { testDatabase } from '@minnaken/db/testing'
import { type Instant, partsOf, parseCampaign, uuidv7, yen } from '@minnaken/domain'
import { sampleCampaign } from '@minnaken/domain/sample-campaign'
import { createLog, createMetrics, type Service } from '@minnaken/http'
import { issueOrder, makeDays, openWallet, verifyLedger } from '@minnaken/ledger'
import { signPaymentCode } from '@minnaken/qr'
import type { BaselineProcess } from '../baselines/process.ts'

/** Noon on a day in the middle of the spending period. */
export const NOON = Date.parse('2027-03-10T12:00:00+09:00')

type Answer = Readonly<{ status: number; body: Record<string, unknown> }>

export type Phone = Readonly<{
  walletId: string
  deviceId: string
  sessionToken: string
  code: () => Promise<string>
}>

/** A shop with a till and residents with vouchers, at noon, for as many designs as a test compares. */
export async function setStage() {
  const database = await testDatabase()
  const { owner } = database
  const now = (): Instant => NOON
  const newId = () => uuidv7(NOON, randomBytes(10))
  const origins = {
    resident: 'http://localhost:8080',
    shop: 'http://localhost:8081',
    staff: 'http://localhost:8082',
  }
  const file = sampleCampaign()
  const parsed = parseCampaign(file)
  if (!('campaign' in parsed)) throw new Error('the sample campaign can be read')
  const { campaign } = parsed
  const campaignId = newId()
  await owner.insertInto('ledger.bucket').values({ bucket: 0 }).execute()
  await owner
    .insertInto('campaign.campaign')
    .values({
      campaign_id: campaignId,
      code: file.id,
      config: JSON.stringify(file),
      config_sha256: '0'.repeat(64),
      opened_at: new Date(NOON),
    })
    .execute()
  await owner
    .transaction()
    .execute((tx) => makeDays(tx, { first: '2027-02-01', last: '2027-10-02' }))

  /** A design at work in this process, as the redemption role unless another address is given. */
  const start = (
    build: (given: BaselineProcess) => Service,
    given: Readonly<{ connectionsMax?: number; url?: string }> = {},
  ): Service => {
    const { db, pool } = database.connectAs('redemption', { connectionsMax: 16, ...given })
    const log = createLog({ service: 'baseline', write: () => {} })
    const metrics = createMetrics({ service: 'baseline' })
    return build({ db, pool, log, metrics, now, origins, newId, ready: async () => ({}) })
  }

  const openTill = async () => {
    const shopId = newId()
    const payeeId = newId()
    const tillId = newId()
    const token = randomBytes(32).toString('base64url')
    const shopOwner = await seedAccount(owner, { role: 'shop_owner', at: NOON })
    const clerk = await seedAccount(owner, { role: 'clerk', at: NOON })
    await owner
      .insertInto('shop.payee')
      .values({ payee_id: payeeId, payee_no: '0000000001', owner_account_id: shopOwner.accountId })
      .execute()
    await owner
      .insertInto('shop.shop')
      .values({
        shop_id: shopId,
        shop_no: '100001',
        owner_account_id: shopOwner.accountId,
        payee_id: payeeId,
        name: 'みらい商店',
        address: 'みらい区1-1',
        category: 'retail',
        large_retail_facility: false,
        shop_class: 'SMALL',
        state: 'active',
        state_since: new Date(NOON),
        decided_by: clerk.accountId,
        applied_at: new Date(NOON),
      })
      .execute()
    await owner
      .insertInto('redemption.till')
      .values({
        till_id: tillId,
        shop_id: shopId,
        name: 'レジ1',
        token_hash: createHash('sha256').update(token).digest(),
        joined_at: new Date(NOON),
        expires_at: new Date(NOON + 86_400_000),
      })
      .execute()
    return token
  }

  let orders = 0
  const buy = async (wallet: Readonly<{ accountId: string; bucket: number; walletId: string }>) => {
    const orderId = newId()
    const at = new Date(NOON)
    orders += 1
    await owner
      .insertInto('sale.order')
      .values({
        order_id: orderId,
        campaign_id: campaignId,
        account_id: wallet.accountId,
        sale_seq: orders,
        units: 1,
        price_yen: campaign.unit.priceYen,
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
    await owner.transaction().execute((tx) =>
      issueOrder(tx, {
        wallet,
        orderId,
        campaignId,
        parts: partsOf(campaign).map((kind) => ({
          kind: kind.code,
          lotId: newId(),
          price: yen(kind.priceYen),
          face: yen(kind.faceYen),
        })),
        expiresAt: campaign.expiresExclusive,
        at: NOON,
      }),
    )
  }

  /** A resident with a phone and one unit: 6,000 common and 6,500 limited. */
  const openPhone = async (): Promise<Phone> => {
    const { accountId, sessionToken } = await seedAccount(owner, { role: 'resident', at: NOON })
    const place = await owner
      .transaction()
      .execute((tx) => openWallet(tx, { accountId, walletId: newId(), at: NOON }))
    const { bucket, walletId } = place
    const { privateKey, publicJwk } = await makeDeviceKey()
    const deviceId = newId()
    const at = { bucket, device_id: deviceId, wallet_id: walletId }
    await owner
      .insertInto('redemption.device_key')
      .values({ ...at, public_key: JSON.stringify(publicJwk) })
      .execute()
    await owner
      .insertInto('redemption.device')
      .values({ ...at, name: 'スマホ', registered_at: new Date(NOON) })
      .execute()
    await buy({ accountId, ...place })
    const code = () =>
      signPaymentCode({
        key: privateKey,
        deviceId,
        issuedAt: NOON / 1_000,
        nonce: randomBytes(16),
      })
    return { walletId, deviceId, sessionToken, code }
  }

  return {
    database,
    start,
    openTill,
    openPhone,
    remaining: async ({ walletId }: Phone): Promise<number> => {
      const lots = await owner
        .selectFrom('ledger.lot')
        .select('remaining_yen')
        .where('wallet_id', '=', walletId)
        .execute()
      return lots.reduce((sum, lot) => sum + lot.remaining_yen, 0)
    },
    recorded: async ({ walletId }: Phone) =>
      owner.selectFrom('ledger.redemption').selectAll().where('wallet_id', '=', walletId).execute(),
    /** What the proof of the books finds wrong. */
    findings: async () => {
      const { checks } = await verifyLedger(database.connectAs('auditor').db)
      return checks.filter(({ ok }) => !ok)
    },
    drop: () => database.drop(),
  }
}

/** What a till sends, over a service's own edge or over the wire when it is an address. */
export async function pay(
  to: Pick<Service, 'app'> | string,
  { token, code, yen: amountYen }: Readonly<{ token: string; code: string; yen: number }>,
): Promise<Answer> {
  const base = typeof to === 'string' ? to : 'http://localhost'
  const request = new Request(`${base}/v1/redemptions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ code, amountYen }),
  })
  const response = await (typeof to === 'string' ? fetch(request) : to.app.request(request))
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}
