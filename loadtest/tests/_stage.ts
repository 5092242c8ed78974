import { createHash, randomBytes } from 'node:crypto'
import { makeDeviceKey } from '@minnaken/auth/software-authenticator'
import { seedAccount } from '@minnaken/auth/testing'
import { testDatabase } from '@minnaken/db/testing'
import { type Instant, parseCampaign, uuidv7 } from '@minnaken/domain'
import { sampleCampaign } from '@minnaken/domain/sample-campaign'
import { createLog, createMetrics, type Service } from '@minnaken/http'
import { makeDays, openWallet, verifyLedger } from '@minnaken/ledger'
import { seedCampaign, seedShop, seedTill, seedVouchers } from '@minnaken/ledger/testing'
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
  await seedCampaign(owner, { campaignId, file, at: NOON })
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
    const token = randomBytes(32).toString('base64url')
    const shopOwner = await seedAccount(owner, { role: 'shop_owner', at: NOON })
    const clerk = await seedAccount(owner, { role: 'clerk', at: NOON })
    await seedShop(owner, {
      shopId,
      payeeId: newId(),
      shopNo: '100001',
      ownerAccountId: shopOwner.accountId,
      decidedBy: clerk.accountId,
      at: NOON,
    })
    const tokenHash = createHash('sha256').update(token).digest()
    await seedTill(owner, { tillId: newId(), shopId, tokenHash, at: NOON })
    return token
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
    const wallet = { accountId, ...place }
    await seedVouchers(owner, { campaign, campaignId, wallet, units: 1, newId, at: NOON })
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
