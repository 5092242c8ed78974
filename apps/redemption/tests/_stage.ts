import { randomBytes } from 'node:crypto'
import { makeDeviceKey } from '@minnaken/auth/software-authenticator'
import { seedAccount } from '@minnaken/auth/testing'
import { testDatabase } from '@minnaken/db/testing'
import { type Instant, type Yen, assert, parseCampaign, uuidv7, yen } from '@minnaken/domain'
import { type Log, createLog } from '@minnaken/http'
import { CampaignBook, makeDays, openWallet, verifyLedger } from '@minnaken/ledger'
import { seedCampaign, seedShop, seedTill, seedVouchers } from '@minnaken/ledger/testing'
import { signPayment, signPaymentCode } from '@minnaken/qr'
import { redemptionService } from '../src/app.ts'
import type { Deps } from '../src/deps.ts'
import { campaignFile } from './_campaign.ts'

/** Noon on a day in the middle of the campaign's spending period. */
export const NOON = Date.parse('2027-03-10T12:00:00+09:00')

export type Phone = Readonly<{
  accountId: string
  bucket: number
  walletId: string
  deviceId: string
  sessionToken: string
  /** A new code, signed now or at another moment. */
  code: (issuedAt?: Instant) => Promise<string>
  /** A payment to this shop, signed now or at another moment. */
  payment: (shopNo: string, amountYen: number, issuedAt?: Instant) => Promise<string>
}>

export type TillSide = Readonly<{ tillId: string; shopId: string; token: string }>

export type Stage = Awaited<ReturnType<typeof setStage>>

/** A federation in the middle of a campaign: shops, tills and phones with vouchers can be had at will. */
export async function setStage(
  options: Readonly<{ buckets?: number; partitioned?: boolean }> = {},
) {
  const database = await testDatabase({ partitioned: options.partitioned ?? false })
  const { owner } = database
  let at: Instant = NOON
  const newId = () => uuidv7(at, randomBytes(10))
  const campaignId = newId()
  const parsed = parseCampaign(campaignFile)
  assert('campaign' in parsed, 'the campaign of the tests can be read')
  const { campaign } = parsed
  await owner
    .insertInto('ledger.bucket')
    .values(Array.from({ length: options.buckets ?? 2 }, (_, bucket) => ({ bucket })))
    .execute()
  await seedCampaign(owner, { campaignId, file: campaignFile, at })
  await owner
    .transaction()
    .execute((tx) => makeDays(tx, { first: '2027-02-01', last: '2027-10-02' }))

  const lines: string[] = []
  const log: Log = createLog({ service: 'redemption', write: (line) => lines.push(line) })
  const startService = ({
    randomBytes: random = randomBytes,
    ...given
  }: Readonly<{
    connectionsMax?: number
    url?: string
    randomBytes?: Deps['randomBytes']
  }> = {}) => {
    const connection = database.connectAs('redemption', {
      connectionsMax: 8,
      ...given,
    })
    const deps: Deps = {
      db: connection.db,
      pool: connection.pool,
      campaigns: new CampaignBook(connection.db),
      now: () => at,
      elapsedMs: () => performance.now(),
      newId,
      randomBytes: random,
    }
    const service = redemptionService(deps, {
      origins: {
        resident: 'http://localhost:8080',
        shop: 'http://localhost:8081',
        staff: 'http://localhost:8082',
      },
      log,
      ready: async () => ({}),
    })
    return { ...service, deps }
  }

  const account = async (role: 'resident' | 'shop_owner' | 'clerk' | 'approver' | 'auditor') =>
    seedAccount(owner, { role, at })

  let shops = 0
  const openShop = async (shopClass = 'SMALL') => {
    const { accountId: ownerAccountId, sessionToken } = await account('shop_owner')
    const { accountId: decidedBy } = await account('clerk')
    shops += 1
    const shop = { shopId: newId(), shopNo: String(100_000 + shops), ownerAccountId }
    await seedShop(owner, { ...shop, payeeId: newId(), decidedBy, shopClass, at })
    return { ...shop, ownerToken: sessionToken }
  }

  const joinTill = async (shopId: string): Promise<TillSide> => {
    const tillId = newId()
    const token = randomBytes(32).toString('base64url')
    await seedTill(owner, { tillId, shopId, tokenHash: await sha256(token), at })
    return { tillId, shopId, token }
  }

  const openTill = async (shopClass = 'SMALL') => joinTill((await openShop(shopClass)).shopId)

  const issue = (
    wallet: Readonly<{ accountId: string; bucket: number; walletId: string }>,
    units: number,
  ): Promise<void> => seedVouchers(owner, { campaign, campaignId, wallet, units, newId, at })

  /** A resident with a wallet, and no phone or vouchers yet. */
  const openWalletOnly = async () => {
    const { accountId, sessionToken } = await account('resident')
    const place = await owner
      .transaction()
      .execute((tx) => openWallet(tx, { accountId, walletId: newId(), at }))
    return { accountId, sessionToken, ...place }
  }

  /** A resident with a phone and the vouchers of so many units: 6,000 common and 6,500 limited each. */
  const openPhone = async (units = 1): Promise<Phone> => {
    const { accountId, sessionToken, ...place } = await openWalletOnly()
    const { privateKey, publicJwk } = await makeDeviceKey()
    const deviceId = newId()
    await owner
      .insertInto('redemption.device_key')
      .values({
        device_id: deviceId,
        bucket: place.bucket,
        wallet_id: place.walletId,
        public_key: JSON.stringify(publicJwk),
      })
      .execute()
    await owner
      .insertInto('redemption.device')
      .values({
        bucket: place.bucket,
        device_id: deviceId,
        wallet_id: place.walletId,
        name: 'スマホ',
        registered_at: new Date(at),
      })
      .execute()
    if (units > 0) await issue({ ...place, accountId }, units)
    const code = (issuedAt = at) =>
      signPaymentCode({
        key: privateKey,
        deviceId,
        issuedAt: Math.floor(issuedAt / 1_000),
        nonce: randomBytes(16),
      })
    const payment = (shopNo: string, amountYen: number, issuedAt = at) =>
      signPayment({
        key: privateKey,
        deviceId,
        issuedAt: Math.floor(issuedAt / 1_000),
        nonce: randomBytes(16),
        shopNo,
        amount: yen(amountYen),
      })
    return { accountId, sessionToken, ...place, deviceId, code, payment }
  }

  const remaining = async ({ bucket, walletId }: Phone): Promise<Record<string, Yen>> => {
    const rows = await owner
      .selectFrom('ledger.lot')
      .select(['kind', (e) => e.fn.sum<number>('remaining_yen').as('yen')])
      .where('bucket', '=', bucket)
      .where('wallet_id', '=', walletId)
      .groupBy('kind')
      .execute()
    return Object.fromEntries(rows.map((row) => [row.kind, yen(row.yen)]))
  }

  const service = startService()

  return {
    database,
    owner,
    campaignId,
    service,
    startService,
    lines,
    account,
    openShop,
    openTill,
    joinTill,
    openPhone,
    openWalletOnly,
    issue,
    remaining,
    newId,
    verify: () => verifyLedger(database.connectAs('auditor').db),
    now: () => at,
    moveTo: (moment: Instant) => {
      at = moment
    },
    drop: () => database.drop(),
  }
}

const sha256 = async (text: string): Promise<Buffer> =>
  Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(text)))
