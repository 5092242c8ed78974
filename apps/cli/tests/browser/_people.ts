import { randomUUID } from 'node:crypto'
import type { Phone, PhoneOptions } from './_phone.ts'
import { stage } from './_stage.ts'

type Lend = (options: PhoneOptions) => Promise<Phone>

type Place = Omit<PhoneOptions, 'app' | 'path'>

/** What a unit is worth in the shops. */
export const UNIT_YEN = 12_500

/** A new resident, signed up with a passkey, with so many units bought by card. */
export async function newResident(
  lend: Lend,
  { units = 0, ...place }: Place & Readonly<{ units?: number }> = {},
): Promise<Phone> {
  const phone = await lend({ ...place, app: 'resident' })
  await signUp(phone)
  if (units > 0) await buyUnits(phone, units)
  return phone
}

/** Another phone of a resident's: their passkey is on it, and with that they have signed in. */
export async function otherPhoneOf({ passkeys }: Phone, lend: Lend): Promise<Phone> {
  const phone = await lend({ app: 'resident' })
  await passkeys.copyTo(phone.passkeys)
  await phone.page.getByRole('button', { name: '前に使ったことがある' }).click()
  await phone.page.locator('[data-spendable]').waitFor()
  return phone
}

/** The door of the residents' app, by a new passkey. */
async function signUp({ page }: Phone): Promise<void> {
  await page.getByRole('button', { name: 'はじめる' }).click()
  await page.locator('[data-spendable]').waitFor()
}

/** Buys in the second sale, without the screens for it. */
async function buyUnits(phone: Phone, units: number): Promise<void> {
  const { campaign } = await stage('look')
  const { status, body } = await askAs(phone, {
    method: 'POST',
    path: `/v1/campaigns/${campaign}/orders`,
    body: { method: 'card', sale: 'second_sale', card: 'tok_ok', units },
  })
  if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`)
}

/** Applies for two units, by the form that is open. */
export async function apply({ page, screen }: Phone): Promise<void> {
  await page.getByRole('button', { name: '1口増やす' }).click()
  await page.getByText('区内に住んでいる').click()
  await page.getByLabel('お名前').fill('未来 花子')
  await page.getByLabel('ふりがな').fill('みらい はなこ')
  await page.getByLabel('年(西暦)').fill('1951')
  await page.getByLabel('月', { exact: true }).fill('4')
  await page.getByLabel('日', { exact: true }).fill('1')
  await page.getByLabel('住所').fill('みらい区中央1-2-3')
  // A phone that was put away in between has forgotten nothing.
  await page.reload()
  await page.getByLabel('住所').waitFor()
  await screen('apply')
  await page.getByRole('button', { name: '2口 申し込む' }).click()
  await page.getByText('申込みを受け付けました').waitFor()
  await screen('receipt')
}

/** What the app of this phone could ask, with whoever is signed in on it. */
export function askAs(
  { page }: Phone,
  asked: Readonly<{ method: string; path: string; body?: unknown }>,
): Promise<Readonly<{ status: number; body: unknown }>> {
  return page.evaluate(
    async ({ method, path, body, key }) => {
      const response = await fetch(`/api${path}`, {
        method,
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      return { status: response.status, body: await response.json() }
    },
    { ...asked, key: randomUUID() },
  )
}

/** What the resident can still spend, by the service's own word. */
export async function spendableYen(phone: Phone): Promise<number> {
  const { body } = await askAs(phone, { method: 'GET', path: '/v1/wallet' })
  return (body as { spendableYen: number }).spendableYen
}

/** Opens the pay screen and registers the phone there; its code is shown then. */
export async function showCode(phone: Phone, name?: string): Promise<void> {
  await phone.open('/pay')
  if (name !== undefined) await phone.page.getByLabel('このスマホの名前').fill(name)
  await phone.page.getByRole('button', { name: 'このスマホを登録する' }).click()
  await phone.page.getByRole('img', { name: '支払いコード' }).waitFor()
}

/** The twelve digits under the code that is shown, once they have come. */
export async function numberOn({ page }: Phone): Promise<string> {
  const shown = page.locator('output[data-number]:not([data-number=""])')
  return (await shown.getAttribute('data-number')) ?? ''
}

/** Registers the phone and looks for a shop's code with its camera. */
export async function openReader(phone: Phone): Promise<void> {
  await showCode(phone)
  await phone.page.getByRole('button', { name: '読み取る' }).click()
  await phone.page.locator('video[data-camera=open]').waitFor()
}

export type Shop = Readonly<{ shopId: string; shopNo: string; name: string }>

export const newShop = (name = 'みらい試験店'): Promise<Shop> => stage('newShop', { name })

/** A device that joins a shop as a till, by the link that its owner shows. */
export async function newTill(
  lend: Lend,
  { shop, name = 'レジ1', ...place }: Place & Readonly<{ shop: Shop; name?: string }>,
): Promise<Phone> {
  const { body } = await stage('asOwner', {
    shopId: shop.shopId,
    method: 'POST',
    service: 'redemption',
    path: `/v1/shops/${shop.shopId}/join-codes`,
  })
  const { joinCode } = body as { joinCode: string }
  const till = await lend({ ...place, app: 'shop', path: `/join#${joinCode}` })
  await till.page.getByLabel('この端末を使う人の名前').fill(name)
  await till.page.getByRole('button', { name: '参加する' }).click()
  await till.page.getByRole('button', { name: 'この店のレジになる' }).click()
  await till.page.getByLabel('金額を入れてください').waitFor()
  return till
}

/** A new shop that takes payments at one till. */
export async function newCounter(
  lend: Lend,
  { name, ...place }: Place & Readonly<{ name?: string }> = {},
): Promise<Readonly<{ shop: Shop; till: Phone }>> {
  const shop = await newShop(name)
  return { shop, till: await newTill(lend, { ...place, shop }) }
}

/** Both sides of a counter: somebody who shows a code, and a shop with a till. */
export async function payerAtCounter(
  lend: Lend,
): Promise<Readonly<{ payer: Phone; shop: Shop; till: Phone }>> {
  const [payer, counter] = await Promise.all([newResident(lend, { units: 1 }), newCounter(lend)])
  await showCode(payer)
  return { payer, ...counter }
}

/** Types an amount at a till and opens the camera. */
export async function askFor({ page }: Phone, yen: number): Promise<void> {
  await page.getByLabel('金額を入れてください').fill(String(yen))
  await page.getByRole('button', { name: 'コードを読み取る', exact: true }).click()
  await page.locator('video[data-camera=open]').waitFor()
}

/** The owner strikes all tills of the shop off. */
export async function revokeTills({ shopId }: Shop): Promise<void> {
  const tills = `/v1/shops/${shopId}/tills`
  const asked = { shopId, service: 'redemption', path: tills } as const
  const { body } = await stage('asOwner', { ...asked, method: 'GET' })
  for (const { tillId } of (body as { tills: { tillId: string }[] }).tills)
    await stage('asOwner', { ...asked, method: 'DELETE', path: `${tills}/${tillId}` })
}

/** Resolves when the app is on the device, so that it opens by itself the next time. */
export async function isKept({ page }: Phone): Promise<void> {
  await page.evaluate('navigator.serviceWorker.ready.then(({ active }) => active.state)')
}

/** The shop's owner signs in on a device. */
export async function letOwnerIn(
  { context, page, origin, open }: Phone,
  { shopId }: Shop,
): Promise<void> {
  const cookie = await stage('ownerCookie', { shopId })
  const [name = '', value = ''] = cookie.split('=')
  // A cookie of this name is taken for an address with https only; it is sent to both.
  const url = origin.replace('http:', 'https:')
  await context.addCookies([{ name, value, url, secure: true }])
  await page.evaluate("localStorage.setItem('minnaken.owner', 'yes')")
  await open('/')
}

/** What the shop took today, by the service's own word. */
export async function dayOf({ shopId }: Shop): Promise<
  Readonly<{
    totalYen: number
    redemptions: number
  }>
> {
  const { body } = await stage('asOwner', {
    shopId,
    method: 'GET',
    service: 'redemption',
    path: `/v1/shops/${shopId}/day`,
  })
  return body as { totalYen: number; redemptions: number; voidsYen: number }
}

/** The result over the whole screen: its kind, its amount in words and its two words. */
export async function resultOn(
  { page }: Phone,
  kind: 'success' | 'refused' | 'unknown',
): Promise<Readonly<{ text: string; words: string | null }>> {
  // In one go: a till goes on to the next customer by itself.
  return page.locator(`[data-result=${kind}]`).evaluate((result) => ({
    text: result.innerText,
    words: result.querySelector('[data-two-words]')?.getAttribute('data-two-words') ?? null,
  }))
}
