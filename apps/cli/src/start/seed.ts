import { randomBytes } from 'node:crypto'
import { createInvite } from '@minnaken/auth'
import { privateJwkOf } from '@minnaken/auth/software-authenticator'
import { inventedFederation, writeFederation } from '@minnaken/settlement/federation'
import { localOrigins } from '../people/apps.ts'
import { type Person, type Phone, joinTill, newPerson, registerPhone } from '../people/people.ts'
import { openShop } from '../people/shop.ts'
import { type Database, withOwner } from '../platform/database.ts'
import { type ServiceUrls, startServices } from '../platform/services.ts'
import { type Accounts, keepAccounts } from './accounts.ts'
import { campaignsAround } from './campaigns.ts'

const HOUR_MS = 3_600_000

type Setting = Readonly<{
  urls: ServiceUrls
  database: Database
  now: () => number
  travelTo: (moment: number) => Promise<void>
}>

type Files = ReturnType<typeof campaignsAround>

/**
 * Fills a new platform through its own doors, with a clock that is moved back: two campaigns, one
 * shop with a till, one resident who applied, won and paid, and one person for each other role.
 */
export async function seed(database: Database, say: (line: string) => void): Promise<Accounts> {
  await withOwner(database.ownerUrl, (db) => writeFederation(db, inventedFederation))
  const services = await startServices({
    urlFor: database.urlFor,
    ports: { purchase: 0, redemption: 0, settlement: 0 },
    isClockMoved: true,
    logFolder: 'logs/seed',
  })
  let offsetMs = 0
  const setting: Setting = {
    urls: services.urls,
    database,
    now: () => Date.now() + offsetMs,
    travelTo: async (moment) => {
      offsetMs = moment - Date.now()
      await services.moveClock(offsetMs)
    },
  }
  try {
    const accounts = await fill(setting, say)
    await keepAccounts(accounts)
    return accounts
  } finally {
    await services.stop()
  }
}

async function fill(setting: Setting, say: (line: string) => void): Promise<Accounts> {
  const files = campaignsAround(Date.now())
  const { urls, travelTo } = setting
  await travelTo(Date.parse(files.spending.windows.apply[0] ?? '') + 24 * HOUR_MS)
  say('事務局の人と事業を作っています / staff and campaigns')
  const clerk = await hire(setting, 'clerk')
  const approver = await hire(setting, 'approver')
  const auditor = await hire(setting, 'auditor')
  await openCampaigns(setting, { clerk, files })
  say('利用者が申し込み、当選し、支払います / a resident applies, wins and pays')
  const { resident, phone } = await buyVouchers(setting, { clerk, files })
  say('店が参加し、レジをつなぎます / a shop joins with a till')
  const shop = await openShop(urls, {
    owner: await newPerson('shop', { urls, origins: localOrigins }),
    clerk,
    application: {
      name: 'みらい商店',
      address: 'みらい区中央1-1-1',
      category: 'retail',
      largeRetailFacility: 'none',
      accountNumber: '1234567',
      holder: 'ミライ ショウテン',
    },
  })
  const till = await joinTill(shop.owner, { urls, shopId: shop.shopId, name: 'お試しのレジ' })
  return {
    passkeys: {
      resident: resident.authenticator.state(),
      shop_owner: shop.owner.authenticator.state(),
      clerk: clerk.authenticator.state(),
      approver: approver.authenticator.state(),
      auditor: auditor.authenticator.state(),
    },
    till: { tillId: till.tillId, shopId: till.shopId, token: till.token },
    phone: { deviceId: phone.deviceId, privateKey: await privateJwkOf(phone.key) },
    shopId: shop.shopId,
    campaigns: { applying: files.applying.id, spending: files.spending.id },
  }
}

async function hire(
  { urls, database, now }: Setting,
  role: 'clerk' | 'approver' | 'auditor',
): Promise<Person> {
  const { token } = await withOwner(database.ownerUrl, (db) =>
    createInvite(db, { now, randomBytes }, { role, madeBy: 'minnaken start' }),
  )
  return newPerson('staff', { urls, origins: localOrigins, invite: token })
}

async function openCampaigns(
  { urls }: Setting,
  { clerk, files }: Readonly<{ clerk: Person; files: Files }>,
): Promise<void> {
  for (const file of [files.spending, files.applying])
    await clerk.get({
      method: 'POST',
      url: `${urls.purchase}/v1/campaigns`,
      text: JSON.stringify(file),
    })
  await clerk.get({
    method: 'POST',
    url: `${urls.purchase}/v1/campaigns/${files.spending.id}/draw/commit`,
  })
}

/** One resident goes through the whole sale of the campaign whose vouchers can be spent today. */
async function buyVouchers(
  { urls, travelTo }: Setting,
  { clerk, files: { spending } }: Readonly<{ clerk: Person; files: Files }>,
): Promise<Readonly<{ resident: Person; phone: Phone }>> {
  const campaign = `${urls.purchase}/v1/campaigns/${spending.id}`
  const { windows } = spending
  const resident = await newPerson('resident', { urls, origins: localOrigins })
  const phone = await registerPhone(resident, { urls, name: 'お試しのスマホ', exportable: true })
  await resident.get({
    method: 'POST',
    url: `${campaign}/applications`,
    body: {
      units: 3,
      group: 'RESIDENT',
      name: '未来 花子',
      nameKana: 'ミライ ハナコ',
      birthDate: '1951-04-01',
      address: 'みらい区中央1-2-3',
    },
  })
  await travelTo(Date.parse(windows.apply[1] ?? '') + HOUR_MS)
  await clerk.get({ method: 'POST', url: `${campaign}/draw/freeze` })
  await travelTo(Date.parse(windows.draw))
  await clerk.get({ method: 'POST', url: `${campaign}/draw/run`, body: {} })
  await travelTo(Date.parse(windows.results))
  await clerk.get({ method: 'POST', url: `${campaign}/draw/publish` })
  await travelTo(Date.parse(windows.pay[0] ?? '') + HOUR_MS)
  await resident.get({
    method: 'POST',
    url: `${campaign}/orders`,
    body: { method: 'card', units: 3, card: 'tok_ok' },
  })
  return { resident, phone }
}
