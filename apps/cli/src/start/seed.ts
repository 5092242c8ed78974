import { readFile } from 'node:fs/promises'
import { privateJwkOf } from '@minnaken/auth/software-authenticator'
import { readNote, removeSchemas, writeNote } from '@minnaken/db'
import { PlatformError } from '../command.ts'
import { type Person, type Phone, joinTill, newPerson, registerPhone } from '../people/people.ts'
import { openShop } from '../people/shop.ts'
import { type Database, prepare, withOwner } from '../platform/database.ts'
import { unlessInterrupted } from '../platform/interruption.ts'
import { type Simulated, withSimulated } from '../platform/simulated.ts'
import { type Accounts, keepAccounts, readAccounts } from './accounts.ts'
import { campaignsAround } from './campaigns.ts'

const HOUR_MS = 3_600_000

/** Noted with a database from the first row of the seed to the last: what it holds then is half. */
const SEEDING = 'seeding'

type Say = (line: string) => void

type Files = ReturnType<typeof campaignsAround>

/**
 * The invented accounts of this database. A new database is filled first; one whose filling was
 * interrupted is emptied and filled again. Throws, saying what to do, when the accounts that are
 * kept here are not those of the database.
 */
export async function accountsOf(database: Database, say: Say): Promise<Accounts> {
  const accounts = await readAccounts()
  if ((await readNote(database.ownerUrl)) === SEEDING) {
    say('途中で止まった準備を、はじめからやり直します / starting over what was interrupted')
    await removeSchemas(database.ownerUrl)
    await prepare(database.ownerUrl)
    return seed(database, say)
  }
  if (accounts === null && (await isNew(database))) return seed(database, say)
  if (accounts !== null && (await isOpenThere(database, accounts))) return accounts
  throw new PlatformError(
    [
      accounts === null
        ? 'このデータベースには中身がありますが、試し用の人の鍵 (.data/accounts.json) がありません。'
        : '.data/accounts.json は、このデータベースの人の鍵ではありません。',
      'やり直すには npx minnaken reset。残すには MINNAKEN_DATA=別のフォルダー か、もとの DATABASE_URL を付けてください。',
      'The invented accounts in .data/accounts.json are not those of this database.',
      'Start over with npx minnaken reset, or keep both: MINNAKEN_DATA=FOLDER, or the DATABASE_URL they belong to.',
    ].join('\n'),
  )
}

const isNew = ({ ownerUrl }: Database): Promise<boolean> =>
  withOwner(ownerUrl, async (db) => {
    const found = await db.selectFrom('auth.account').select('account_id').limit(1).execute()
    return found.length === 0
  })

const isOpenThere = ({ ownerUrl }: Database, { shopId }: Accounts): Promise<boolean> =>
  withOwner(ownerUrl, async (db) => {
    const shops = db.selectFrom('shop.shop').select('shop_id').where('shop_id', '=', shopId)
    return (await shops.execute()).length === 1
  })

/**
 * Fills a new platform through its own doors, with a clock that is moved back: two campaigns, one
 * shop with a till, one resident who applied, won and paid, and one person for each other role.
 */
async function seed(database: Database, say: Say): Promise<Accounts> {
  await writeNote(database.ownerUrl, SEEDING)
  const accounts = await withSimulated(
    database,
    { madeBy: 'minnaken start', logFolder: 'logs/seed' },
    (platform) => unlessInterrupted(fill(platform, say)),
  )
  await keepAccounts(accounts)
  await writeNote(database.ownerUrl, null)
  return accounts
}

async function fill(platform: Simulated, say: Say): Promise<Accounts> {
  const files = campaignsAround(Date.now())
  const { urls, travelTo, hire } = platform
  await travelTo(Date.parse(files.spending.windows.apply[0] ?? '') + 24 * HOUR_MS)
  say('事務局の人と事業を作っています / staff and campaigns')
  const clerk = await hire('clerk')
  const approver = await hire('approver')
  const auditor = await hire('auditor')
  await openCampaigns(platform, { clerk, files })
  say('利用者が申し込み、当選し、支払います / a resident applies, wins and pays')
  const { resident, phone } = await buyVouchers(platform, { clerk, files })
  say('店が参加し、レジをつなぎます / a shop joins with a till')
  const shop = await openShop(urls, {
    owner: await newPerson('shop', platform),
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
  await shop.owner.get({
    method: 'PUT',
    url: `${urls.settlement}/v1/shops/${shop.shopId}/photo`,
    bytes: await readFile(new URL('./shop-front.jpg', import.meta.url)),
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

async function openCampaigns(
  { urls }: Simulated,
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
  platform: Simulated,
  { clerk, files: { spending } }: Readonly<{ clerk: Person; files: Files }>,
): Promise<Readonly<{ resident: Person; phone: Phone }>> {
  const { urls, travelTo } = platform
  const campaign = `${urls.purchase}/v1/campaigns/${spending.id}`
  const { windows } = spending
  const resident = await newPerson('resident', platform)
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
  // What is left is for whoever comes by now: a newcomer can buy at once.
  await travelTo(Date.parse(windows.secondSale[0] ?? ''))
  await clerk.get({ method: 'POST', url: `${campaign}/release` })
  return { resident, phone }
}
