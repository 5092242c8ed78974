import { shopCodeOf } from '@minnaken/qr'
import type { Page } from 'playwright-core'
import { type Household, furnish } from './_household.ts'
import { type Shop, askFor, newCounter, newResident, resultOn, showCode } from './_people.ts'
import type { Phone } from './_phone.ts'
import {
  type Stop,
  forgetAnswers,
  missedBy,
  sweep,
  sweepInAllLanguages,
  sweepInTrouble,
} from './_sweep.ts'
import { expect, test } from './_test.ts'

const nowhere = '/apply/NOWHERE'

/** Every screen once. */
const screens = (
  { won, open, applied, sale, paidOrder, slipOrder }: Household,
  { shop, payment }: Readonly<{ shop: Shop; payment: string }>,
): readonly Stop[] => [
  { name: 'wallet', route: '/', path: '/', shows: '[data-spendable]' },
  {
    name: 'pay-show',
    route: '/pay',
    path: '/pay',
    doing: (page) => page.locator('main [role=group] button').first().click(),
    shows: 'output[data-number]:not([data-number=""])',
  },
  {
    name: 'pay-read',
    route: '/pay',
    path: '/pay',
    doing: (page) => page.locator('main [role=group] button').nth(1).click(),
    shows: 'video[data-camera=open]',
  },
  {
    name: 'pay-by-number',
    route: '/pay',
    path: '/pay',
    doing: (page) => page.locator('main summary').click(),
  },
  {
    name: 'pay-amount',
    route: '/s/$code',
    path: `/s/${shopCodeOf(shop.shopNo)}`,
    shows: 'main input',
  },
  {
    name: 'pay-split',
    route: '/s/$code',
    path: `/s/${shopCodeOf(shop.shopNo)}`,
    doing: async (page) => {
      await page.locator('main input').fill('7300')
      await page.keyboard.press('Enter')
    },
    shows: '[data-part]',
  },
  {
    name: 'pay-too-much',
    route: '/s/$code',
    path: `/s/${shopCodeOf(shop.shopNo)}`,
    doing: async (page) => {
      await page.locator('main input').fill('999999')
      await page.keyboard.press('Enter')
    },
    shows: 'main [role=alert] button',
  },
  { name: 'campaigns', route: '/apply', path: '/apply', shows: 'main li' },
  { name: 'apply-form', route: '/apply/$code', path: `/apply/${open}`, shows: 'form' },
  { name: 'apply-receipt', route: '/apply/$code', path: `/apply/${applied}`, shows: 'main dl' },
  { name: 'apply-won', route: '/apply/$code', path: `/apply/${won}`, shows: '[data-units-won]' },
  { name: 'apply-second-sale', route: '/apply/$code', path: `/apply/${sale}`, shows: 'form' },
  { name: 'apply-unknown', route: '/apply/$code', path: nowhere },
  { name: 'proof', route: '/apply/$code/proof', path: `/apply/${won}/proof`, shows: 'main button' },
  { name: 'claim', route: '/apply/$code/claim', path: `/apply/${open}/claim`, shows: 'form' },
  {
    name: 'order-paid',
    route: '/orders/$orderId',
    path: `/orders/${paidOrder}`,
    shows: '[data-order=paid]',
  },
  {
    name: 'order-slip',
    route: '/orders/$orderId',
    path: `/orders/${slipOrder}`,
    shows: '[data-order=reserved]',
  },
  { name: 'history', route: '/history', path: '/history', shows: 'main li' },
  { name: 'payment', route: '/history/$id', path: `/history/${payment}`, shows: 'main dl' },
  { name: 'payment-unknown', route: '/history/$id', path: '/history/none' },
  { name: 'notices', route: '/more/notices', path: '/more/notices', shows: 'main li' },
  { name: 'device', route: '/more/device', path: '/more/device', shows: 'main li' },
  { name: 'lost', route: '/more/lost', path: '/more/lost' },
  {
    name: 'lost-sure',
    route: '/more/lost',
    path: '/more/lost',
    doing: (page) => page.locator('main button').first().click(),
    shows: 'dialog[open]',
  },
  { name: 'shops', route: '/shops', path: '/shops', shows: 'main li' },
  { name: 'shop', route: '/shops/$shopNo', path: `/shops/${shop.shopNo}`, shows: 'main h1' },
  { name: 'more', route: '/more', path: '/more' },
  { name: 'language', route: '/more/language', path: '/more/language' },
  { name: 'text', route: '/more/text', path: '/more/text' },
  { name: 'help', route: '/more/help', path: '/more/help' },
  { name: 'safety', route: '/more/safety', path: '/more/safety' },
  { name: 'nowhere', route: 'nowhere', path: '/nowhere' },
]

/** What somebody has who came a minute ago, when nothing is sold. */
const empty: readonly Stop[] = [
  {
    name: 'wallet-empty',
    route: '/',
    path: '/',
    shows: '[data-spendable="0"]',
    isEmpty: [
      'まだ商品券がありません。申し込んで購入すると、ここに表示されます。',
      '支払いはまだありません。',
    ],
  },
  { name: 'pay-register', route: '/pay', path: '/pay', shows: 'main button' },
  {
    name: 'history-empty',
    route: '/history',
    path: '/history',
    isEmpty: ['支払いはまだありません。お店で払うと、ここに残ります。'],
  },
  {
    name: 'notices-empty',
    route: '/more/notices',
    path: '/more/notices',
    isEmpty: ['いまお知らせすることはありません。'],
  },
  {
    name: 'campaigns-none',
    route: '/apply',
    path: '/apply',
    isEmpty: ['いま申し込める商品券はありません。'],
  },
  {
    name: 'shops-none',
    route: '/shops',
    path: '/shops',
    isEmpty: ['使えるお店はまだありません。お店が承認されると、ここに表示されます。'],
  },
  { name: 'device-none', route: '/more/device', path: '/more/device', shows: 'main input' },
]

const welcome: Stop = { name: 'welcome', route: '/', path: '/', shows: 'main h1 ~ * button' }

/** The door on a phone where somebody has been: beginning anew there is warned of. */
const welcomeBack: Stop = { ...welcome, name: 'welcome-back', shows: 'main button ~ [role=status]' }

/** What is told at the door, before anybody is signed in. */
async function sweepDoor(visitor: Phone): Promise<readonly string[]> {
  const faults = [...(await sweep(visitor, { stops: [welcome] }))]
  await visitor.page.evaluate("localStorage.setItem('minnaken.owner', 'somebody')")
  faults.push(...(await sweepInAllLanguages(visitor, { stops: [welcomeBack], empty: [] })))
  return faults
}

const refusal = {
  code: 'balance_too_small',
  status: 409,
  title: '残高が足りません。',
  titleEn: 'The balance is too small.',
  spendableYen: 6_000,
  here: [{ kind: 'COMMON', yen: 6_000 }],
  elsewhere: [{ kind: 'LIMITED', yen: 6_500 }],
}

const broken = { code: 'internal', status: 500, title: '故障です。', titleEn: 'It is broken.' }

/** What a payer is told of a payment that was not taken, and of one of which nobody knows yet. */
const outcomes = (shop: Shop): readonly Stop[] =>
  [
    { name: 'not-taken', json: refusal, kind: 'refused' },
    { name: 'in-doubt', json: broken, kind: 'unknown' },
  ].map(({ name, json, kind }) => ({
    name,
    route: '/s/$code',
    path: `/s/${shopCodeOf(shop.shopNo)}`,
    doing: async (page) => {
      await page.route('**/api/v1/payments', (route) =>
        route.fulfill({ status: json.status, json }),
      )
      await page.locator('main input').fill('7300')
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: '7,300円を払う' }).click()
    },
    shows: `[data-result=${kind}]`,
  }))

/** Before the first campaign, and before the first shop. */
async function sellNothing(page: Page): Promise<void> {
  await page.route('**/api/v1/campaigns', (route) => route.fulfill({ json: { campaigns: [] } }))
  await page.route('**/api/v1/public/shops', (route) => route.fulfill({ json: { shops: [] } }))
}

/** Pays at a till, and tells the payment's own number. */
async function payOnce(hana: Phone, till: Phone): Promise<string> {
  await showCode(hana)
  await askFor(till, 800)
  await till.camera.sees(await hana.screen())
  await resultOn(hana, 'success')
  await hana.open('/history')
  const link = hana.page.locator('main li a').first()
  return (await link.getAttribute('href'))?.split('/').at(-1) ?? ''
}

test(
  "every screen of the residents' app is for everyone, in every language and size",
  { timeout: 600_000 },
  async ({ phone }) => {
    const hana = await newResident(phone)
    await sellNothing(hana.page)
    await forgetAnswers(hana)
    const faults = [...(await sweep(hana, { stops: empty }))]
    await hana.page.unrouteAll()
    const household = await furnish(hana)
    const { shop, till } = await newCounter(phone, { name: 'みらい青果' })
    const payment = await payOnce(hana, till)
    const stops = screens(household, { shop, payment })
    expect(await missedBy(hana, stops)).toEqual([])
    faults.push(...(await sweepDoor(await phone({ app: 'resident', path: '/nowhere' }))))
    const taro = await newResident(phone, { units: 1 })
    await showCode(taro)
    faults.push(...(await sweep(taro, { stops: outcomes(shop) })))
    faults.push(...(await sweepInTrouble(hana, { stops, empty })))
    faults.push(...(await sweepInAllLanguages(hana, { stops, empty })))
    expect(faults).toEqual([])
  },
)
