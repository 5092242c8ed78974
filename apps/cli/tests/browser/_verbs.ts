import { randomBytes } from 'node:crypto'
import { addDays } from '@minnaken/domain'
import { buildApp, distFolder, webApps } from '../../src/front-door/built.ts'
import { openDoors } from '../../src/front-door/front-door.ts'
import { type Pages, readPages } from '../../src/front-door/pages.ts'
import { ceremoniesOf } from '../../src/people/apps.ts'
import type { Answer } from '../../src/people/call.ts'
import { signIn } from '../../src/people/passkey.ts'
import { type Person, newPerson } from '../../src/people/people.ts'
import { type OpenShop, openShop } from '../../src/people/shop.ts'
import { doorPorts } from '../../src/platform/addresses.ts'
import type { ServiceName } from '../../src/platform/services.ts'
import type { Simulated } from '../../src/platform/simulated.ts'
import { noonOf, quickCampaign, todayAt } from './_campaign.ts'

/** What tests ask of the platform besides what they do in a browser: the federation's part. */
export type Verbs = Awaited<ReturnType<typeof setStage>>['verbs']

type Asked = Readonly<{ method: string; service: ServiceName; path: string; body?: unknown }>

/** What came back, in a form that travels between processes. */
type Told = Readonly<{ status: number; body: unknown; base64: string }>

const told = ({ status, body, bytes }: Answer): Told => ({
  status,
  body,
  base64: Buffer.from(bytes).toString('base64'),
})

/** Seven days before a campaign's second sale, so that it is open today. */
const DAYS_BEFORE = 7

/**
 * A platform with a campaign that anyone can buy from today, its front doors with the built apps,
 * and a clerk. Today is noon: the services' clock is moved.
 */
export async function setStage(platform: Simulated) {
  const pages = await builtPages()
  const { urls, origins, travelTo } = platform
  const today = todayAt(Date.now())
  const firstDay = addDays(today, -DAYS_BEFORE)
  await travelTo(noonOf(firstDay))
  const clerk = await platform.hire('clerk')
  const campaign = await openCampaign(platform, { clerk, id: 'SUGU', firstDay })
  await drawCampaign(platform, { clerk, campaign })
  await travelTo(noonOf(today))
  await clerk.get({
    method: 'POST',
    url: `${urls.purchase}/v1/campaigns/${campaign.code}/release`,
  })
  const shops = new Map<string, OpenShop>()
  const ownerOf = (shopId: string): Person => {
    const owner = shops.get(shopId)?.owner
    if (owner === undefined) throw new Error(`no shop ${shopId} was opened here`)
    return owner
  }
  const ask = async (person: Person, { method, service, path, body }: Asked) =>
    told(
      await person.ask({
        method,
        url: `${urls[service]}${path}`,
        ...(body === undefined ? {} : { body }),
      }),
    )
  const { resident, shop, staff } = doorPorts()
  const doors = await openDoors({
    urls,
    doors: [
      { port: resident, pages: pages['resident-web'] },
      { port: shop, pages: pages['shop-web'] },
      { port: staff, pages: new Map() },
    ],
  })
  const verbs = {
    /** Where the apps are, and the campaign whose second sale is open. */
    look: async () => ({ origins, campaign: campaign.code }),
    /** A campaign that takes applications today; `moments` are when its steps can be taken. */
    openCampaign: async ({ id }: Readonly<{ id: string }>) =>
      openCampaign(platform, { clerk, id, firstDay: todayAt(platform.now()) }),
    /** Freezes, draws and publishes, and leaves the clock where winners can pay. */
    draw: async (drawn: Campaign) => drawCampaign(platform, { clerk, campaign: drawn }),
    /** Noon of the next day. Every file begins there, whatever the one before it did to the clock. */
    begin: async () => travelTo(noonOf(addDays(todayAt(platform.now()), 1))),
    minutesPass: async ({ minutes }: Readonly<{ minutes: number }>) =>
      travelTo(platform.now() + minutes * 60_000),
    /** A shop of an owner of its own, accepted and open. */
    newShop: async ({ name }: Readonly<{ name: string }>) => {
      const opened = await newShop(platform, {
        clerk,
        name,
        accountNumber: String(1_000_000 + shops.size),
      })
      shops.set(opened.shopId, opened)
      const { shopId, shopNo } = opened
      return { shopId, shopNo, name }
    },
    asClerk: async (asked: Asked) => ask(clerk, asked),
    asOwner: async ({ shopId, ...asked }: Asked & Readonly<{ shopId: string }>) =>
      ask(ownerOf(shopId), asked),
    /** The cookie of a new session of a shop's owner. */
    ownerCookie: async ({ shopId }: Readonly<{ shopId: string }>) =>
      (await signIn(ceremoniesOf(urls, origins).shop, ownerOf(shopId).authenticator)).cookie,
    /** From now on the front door has another version of an app, as after a release. */
    release: async ({ app }: Readonly<{ app: (typeof webApps)[number] }>) =>
      releaseAgain(pages[app]),
  }
  return { verbs, close: doors.stop }
}

type Campaign = Awaited<ReturnType<typeof openCampaign>>

async function openCampaign(
  { urls }: Simulated,
  { clerk, id, firstDay }: Readonly<{ clerk: Person; id: string; firstDay: string }>,
) {
  const file = quickCampaign({ id, firstDay })
  const campaigns = `${urls.purchase}/v1/campaigns`
  await clerk.get({ method: 'POST', url: campaigns, text: JSON.stringify(file) })
  await clerk.get({ method: 'POST', url: `${campaigns}/${id}/draw/commit` })
  return { code: id, name: file.name, firstDay }
}

async function drawCampaign(
  { urls, travelTo }: Simulated,
  { clerk, campaign: { code, firstDay } }: Readonly<{ clerk: Person; campaign: Campaign }>,
): Promise<void> {
  const draw = `${urls.purchase}/v1/campaigns/${code}/draw`
  await travelTo(noonOf(addDays(firstDay, 1)))
  await clerk.get({ method: 'POST', url: `${draw}/freeze` })
  await clerk.get({ method: 'POST', url: `${draw}/run`, body: {} })
  await travelTo(noonOf(addDays(firstDay, 2)))
  await clerk.get({ method: 'POST', url: `${draw}/publish` })
  await travelTo(noonOf(addDays(firstDay, 3)))
}

async function newShop(
  platform: Simulated,
  { clerk, name, accountNumber }: Readonly<{ clerk: Person; name: string; accountNumber: string }>,
): Promise<OpenShop> {
  return openShop(platform.urls, {
    owner: await newPerson('shop', platform),
    clerk,
    application: {
      name,
      address: 'みらい区中央1-1-1',
      category: 'retail',
      largeRetailFacility: 'none',
      accountNumber,
      holder: 'ミライ ショウテン',
    },
  })
}

async function builtPages() {
  const say = (line: string) => process.stderr.write(`${line}\n`)
  await Promise.all(webApps.map((app) => buildApp(app, { say })))
  return {
    'resident-web': new Map(await readPages(distFolder('resident-web'))),
    'shop-web': new Map(await readPages(distFolder('shop-web'))),
  }
}

type Page = Pages extends ReadonlyMap<string, infer P> ? P : never

/** The same app again under another service worker: to a browser that is a new version. */
function releaseAgain(pages: Map<string, Page>): void {
  const path = '/sw.js'
  const worker = pages.get(path)
  if (worker === undefined) throw new Error('the app has no service worker')
  const mark = randomBytes(8).toString('hex')
  const identity = Buffer.concat([worker.bodies.identity, Buffer.from(`\n// ${mark}\n`)])
  pages.set(path, { ...worker, etag: mark, bodies: { identity } })
}
