import {
  askFor,
  letOwnerIn,
  newCounter,
  newResident,
  newShop,
  resultOn,
  showCode,
} from './_people.ts'
import type { Phone } from './_phone.ts'
import { statementNo, tellOwner } from './_told.ts'
import { type Stop, missedBy, sweep, sweepInAllLanguages, sweepInTrouble } from './_sweep.ts'
import { expect, test } from './_test.ts'
import { together } from './_together.ts'

const noPayments = 'この日の支払いはありません'
const noShop = 'まだお店がありません'

/** Every screen, on a device that is a till and its owner's. */
const screens: readonly Stop[] = [
  {
    name: 'keypad',
    route: '/',
    path: '/',
    doing: (page) => page.locator('main input').fill('1234'),
  },
  {
    name: 'camera',
    route: '/',
    path: '/',
    doing: async (page) => {
      await page.locator('main input').fill('800')
      await page.keyboard.press('Enter')
    },
    shows: 'video[data-camera=open]',
  },
  {
    name: 'number',
    route: '/',
    path: '/',
    doing: async (page) => {
      await page.locator('main input').fill('800')
      await page.keyboard.press('Enter')
      await page.locator('video[data-camera=open]').waitFor()
      await page.locator('main button').nth(1).click()
    },
    shows: 'main form input',
  },
  { name: 'join', route: '/join', path: '/join' },
  { name: 'today', route: '/today', path: '/today', shows: 'main time' },
  {
    name: 'void',
    route: '/today',
    path: '/today',
    doing: (page) => page.locator('main li button').first().click(),
    shows: 'dialog[open]',
  },
  { name: 'payouts', route: '/payouts', path: '/payouts', shows: 'main li' },
  { name: 'account', route: '/payouts/account', path: '/payouts/account' },
  {
    name: 'statement',
    route: '/payouts/$statementNo',
    path: `/payouts/${statementNo}`,
    shows: 'main dl',
  },
  { name: 'shop', route: '/shop', path: '/shop', shows: 'main h2' },
  { name: 'apply', route: '/shop/apply', path: '/shop/apply', shows: 'form' },
  { name: 'tills', route: '/shop/tills', path: '/shop/tills', shows: 'main li' },
  { name: 'code', route: '/shop/code', path: '/shop/code' },
  {
    name: 'photo',
    route: '/shop/photo',
    path: '/shop/photo',
    shows: 'main input[type=file]',
  },
  { name: 'hours', route: '/shop/hours', path: '/shop/hours' },
  { name: 'shop-notices', route: '/shop/notices', path: '/shop/notices', shows: 'main details' },
  { name: 'nowhere', route: 'nowhere', path: '/nowhere' },
]

/** What a device sees that is neither a till nor an owner's. */
const strange: readonly Stop[] = [
  { name: 'welcome', route: '/', path: '/' },
  { name: 'join-camera', route: '/join', path: '/join', shows: 'video[data-camera=open]' },
  { name: 'join-name', route: '/join', path: '/join#abc', shows: 'main form, video' },
  { name: 'today-nobody', route: '/today', path: '/today' },
  { name: 'owner-only', route: '/payouts', path: '/payouts' },
  { name: 'owner-entry', route: '/shop', path: '/shop' },
]

/** A till of staff, before the first payment. */
const staff: readonly Stop[] = [
  { name: 'keypad-empty', route: '/', path: '/' },
  { name: 'today-empty', route: '/today', path: '/today', isEmpty: [noPayments] },
  { name: 'shop-of-staff', route: '/shop', path: '/shop' },
]

/** What an owner sees who has no shop yet. */
const shopless: readonly Stop[] = [
  { name: 'shop-none', route: '/shop', path: '/shop', isEmpty: [noShop] },
  { name: 'payouts-shopless', route: '/payouts', path: '/payouts', isEmpty: [noShop] },
]

/** What an owner sees whose shop was accepted a minute ago. */
const fresh: readonly Stop[] = [
  { name: 'owner-today-empty', route: '/today', path: '/today', isEmpty: [noPayments] },
  {
    name: 'payouts-empty',
    route: '/payouts',
    path: '/payouts',
    isEmpty: ['通知書はまだありません。最初の締めのあとに届きます。'],
  },
  {
    name: 'tills-none',
    route: '/shop/tills',
    path: '/shop/tills',
    isEmpty: ['まだ端末がありません。上のボタンで追加してください。'],
  },
  {
    name: 'shop-notices-none',
    route: '/shop/notices',
    path: '/shop/notices',
    isEmpty: ['お知らせはありません'],
  },
]

/** Every result, pretended on a till that practises. */
const results: readonly Stop[] = [
  {
    name: 'practice',
    route: '/',
    path: '/shop',
    doing: (page) => page.getByRole('button', { name: '練習をはじめる' }).click(),
    shows: '[data-practice]',
  },
  ...[
    { name: 'taken', practice: '受け取れる', kind: 'success', isPassing: true },
    { name: 'too-little', practice: '残高が足りない', kind: 'refused', isPassing: false },
    { name: 'expired', practice: '古いコード', kind: 'refused', isPassing: false },
    { name: 'in-doubt', practice: '通信が切れる', kind: 'unknown', isPassing: true },
  ].map(({ name, practice, kind, isPassing }): Stop => ({
    name,
    route: '/',
    path: '/',
    isPassing,
    doing: async (page) => {
      await page.locator('main input').fill('800')
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: practice }).click()
    },
    shows: `[data-result=${kind}]`,
  })),
]

/** Comes to the app, becomes an owner, and has a shop: the states of all that is not there yet. */
async function sweepVisitor(visitor: Phone): Promise<readonly string[]> {
  const faults = [...(await sweep(visitor, { stops: strange }))]
  await visitor.open('/shop')
  await visitor.page.getByRole('button', { name: 'はじめての方(登録する)' }).click()
  await visitor.page.getByText(noShop).waitFor()
  faults.push(...(await sweep(visitor, { stops: shopless })))
  await letOwnerIn(visitor, await newShop('みらい新店'))
  faults.push(...(await sweep(visitor, { stops: fresh })))
  return faults
}

test(
  "every screen of the shops' app is for everyone, in every language and size",
  { timeout: 600_000 },
  async ({ phone }) => {
    const { shop, till } = await newCounter(phone, { name: 'みらい青果' })
    const faults = await together([
      async () => sweepVisitor(await phone({ app: 'shop' })),
      () => sweep(till, { stops: staff }),
    ])
    const hana = await newResident(phone, { units: 1 })
    await showCode(hana)
    await till.open('/')
    await askFor(till, 7_300)
    await till.camera.sees(await hana.screen())
    await resultOn(hana, 'success')
    await till.camera.seesNothing()
    await letOwnerIn(till, shop)
    expect(await missedBy(till, screens)).toEqual([])
    const empty = [...staff, ...shopless, ...fresh]
    faults.push(...(await sweepInTrouble(till, { stops: screens, empty })))
    await tellOwner(till.context, shop)
    faults.push(...(await sweepInAllLanguages(till, { stops: screens, empty, apart: results })))
    expect(faults).toEqual([])
  },
)
