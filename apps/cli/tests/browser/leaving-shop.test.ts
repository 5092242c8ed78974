import { newShop, newTill, revokeTills } from './_people.ts'
import type { Phone } from './_phone.ts'
import { stage } from './_stage.ts'
import { expect, test } from './_test.ts'

/** Makes a new owner of whoever holds the device. */
async function becomeOwner({ page }: Phone): Promise<void> {
  await page.getByRole('button', { name: 'はじめての方(登録する)' }).click()
  await page.getByText('まだお店がありません').waitFor()
}

/** The service answers everything of that path by saying that it is busy, until it is let go. */
const keepBusy = ({ page }: Phone, path: string) =>
  page.route(`**/api${path}`, (route) =>
    route.fulfill({
      status: 503,
      contentType: 'application/problem+json',
      body: JSON.stringify({ code: 'busy', status: 503, title: '混雑', titleEn: 'busy' }),
    }),
  )

test('an owner is signed out when the service says so, and told when it does not', async ({
  phone,
}) => {
  const owner = await phone({ app: 'shop', path: '/shop' })
  const { page } = owner
  await becomeOwner(owner)
  const notSure = page.getByText('ログアウトしたことを確かめられませんでした。')
  const signOut = page.getByRole('button', { name: 'ログアウト' })
  await keepBusy(owner, '/v1/shop-sessions/current')
  await signOut.click()
  await notSure.waitFor()
  await page.unroute('**/api/v1/shop-sessions/current')
  await owner.cutNetwork()
  await signOut.click()
  await notSure.waitFor({ state: 'detached' })
  await notSure.waitFor()
  await owner.screen('shop-not-signed-out')
  await owner.restoreNetwork()
  await signOut.click()
  await page.getByRole('button', { name: '店主としてログイン' }).waitFor()
})

test('what an owner typed outlives a busy service, a session that ends, and a new window', async ({
  phone,
}) => {
  const owner = await phone({ app: 'shop', path: '/shop' })
  const { page } = owner
  await becomeOwner(owner)
  await owner.open('/shop/apply')
  const name = page.getByLabel('店名')
  await name.fill('みらい書店')
  await keepBusy(owner, '/v1/shop-me')
  await owner.open('/shop/apply')
  expect(await name.inputValue()).toBe('みらい書店')
  await page.unroute('**/api/v1/shop-me')
  await page.evaluate(`fetch('/api/v1/shop-sessions/current', { method: 'DELETE' })`)
  await owner.open('/shop/apply')
  await page.getByRole('button', { name: '店主としてログイン' }).click()
  await expect.poll(() => name.inputValue()).toBe('みらい書店')
})

test('whoever joins sees the name of the shop first, and stays where they were if it is another', async ({
  phone,
}) => {
  const [own, other] = [await newShop('みらい本店'), await newShop('みらい別店')]
  const till = await newTill(phone, { shop: own })
  const { body } = await stage('asOwner', {
    shopId: other.shopId,
    method: 'POST',
    service: 'redemption',
    path: `/v1/shops/${other.shopId}/join-codes`,
  })
  const { page } = till
  await till.open(`/join#${(body as { joinCode: string }).joinCode}`)
  await page.reload()
  await page.getByLabel('この端末を使う人の名前').fill('レジ1')
  await page.getByRole('button', { name: '参加する' }).click()
  await page.getByText('みらい別店').waitFor()
  await till.screen('is-it-this-shop')
  await page.getByRole('button', { name: 'この店ではない' }).click()
  await page.locator('video[data-camera=open]').waitFor()
  await till.open('/shop')
  await page.getByText('みらい本店').waitFor()
})

test('a till that was struck off says so on its own screen', async ({ phone }) => {
  const shop = await newShop()
  const till = await newTill(phone, { shop })
  await revokeTills(shop)
  await till.open('/shop')
  await till.page.getByText('この端末は使えなくなっています').waitFor()
  await till.screen('till-struck-off')
})
