import { barriersOn } from './_barriers.ts'
import { isKept, newCounter, newResident, showCode } from './_people.ts'
import type { Phone } from './_phone.ts'
import { stage } from './_stage.ts'
import { expect, test } from './_test.ts'

/** What the app does by itself every hour. */
const lookForUpdate = ({ page }: Phone) =>
  page.evaluate('navigator.serviceWorker.ready.then((it) => it.update()).then(() => true)')

test('both apps open without a network once they were there', async ({ phone }) => {
  const hana = await newResident(phone, { units: 1 })
  await showCode(hana)
  const { till } = await newCounter(phone, { name: 'みらい茶屋' })
  await isKept(hana)
  await isKept(till)
  await hana.cutNetwork()
  await till.cutNetwork()

  await hana.open('/')
  await hana.page.getByText('インターネットにつながっていません。').waitFor()
  await hana.page.locator('[data-spendable="12500"]').waitFor()
  await hana.screen('wallet-offline')
  await hana.open('/pay')
  await hana.page.getByRole('img', { name: '支払いコード' }).waitFor()
  await hana.page.getByText('電波がなくても、このコードで払えます').waitFor()

  await till.open('/')
  await till.page.getByText('インターネットにつながっていません。').waitFor()
  await till.page.getByText('みらい茶屋').waitFor()
  await till.page.getByLabel('金額を入れてください').fill('800')
  await till.screen('till-offline')
})

test('a new version is offered, and taken when the person says so', async ({ phone }) => {
  const hana = await newResident(phone)
  await isKept(hana)
  // The first time the page was there before the app was kept; the second time it came from there.
  for (const _ of [1, 2]) {
    await stage('release', { app: 'resident-web' })
    await lookForUpdate(hana)
    await hana.page.getByText('新しい版があります。').waitFor()
    await hana.screen('update')
    const reloaded = hana.page.waitForEvent('load')
    await hana.page.getByRole('button', { name: '更新する' }).click()
    await reloaded
    await hana.page.locator('[data-spendable]').waitFor()
    await hana.page.getByText('新しい版があります。').waitFor({ state: 'detached' })
  }
})

test('a page whose program never comes says so after a while, in words that need none', async ({
  phone,
}) => {
  for (const app of ['resident', 'shop'] as const) {
    // Nothing of the app is on the phone yet.
    const visitor = await phone({ app, path: '/icon.svg' })
    const { page } = visitor
    await page.route('**/*.js', (route) => route.abort())
    await visitor.open('/')
    const ways = page.getByRole('link', { name: /^(?:もう一度開いて|Open it again)$/ })
    expect(await page.locator('body').innerText()).toBe('')
    expect(await ways.count()).toBe(0)
    const waitedMs = await page.locator('.not-started').evaluate((words) => {
      const [appearing] = words.getAnimations()
      const { delay } = appearing.effect.getTiming()
      appearing.finish()
      return delay
    })
    expect(waitedMs).toBe(8_000)
    expect(await ways.count()).toBe(2)
    expect(await page.locator('body').innerText()).toContain('Safari・iOS 16.4 以上')
    expect(await barriersOn(visitor)).toEqual([])
    await visitor.screen(`not-started-${app}`)
    await page.unrouteAll()
    await ways.first().click()
    await page.locator('main h1').first().waitFor()
    expect(await page.locator('.not-started').count()).toBe(0)
  }
})
