import { newResident, numberOn, showCode } from './_people.ts'
import { expect, test } from './_test.ts'

test('where one bar is no network the code says that it pays all the same, and the number comes later', async ({
  phone,
}) => {
  const hana = await newResident(phone)
  const { page } = hana
  await showCode(hana)
  expect(await numberOn(hana)).toMatch(/^\d{12}$/)
  // The phone believes to be connected, and nobody answers.
  await page.route('**/api/v1/codes', () => {})
  await hana.open('/pay')
  await page.getByText('電波がなくても、このコードで払えます。').waitFor()
  await page.getByRole('button', { name: '合い言葉を見る' }).click()
  // Also of the code that was shown before the page was opened again: a till may have taken that.
  await expect.poll(() => page.locator('dialog [data-two-words]').count()).toBe(2)
  await hana.screen('two-words-on-one-bar')
  await page.getByRole('button', { name: '閉じる' }).click()
  await hana.screen('no-number')
  await page.unroute('**/api/v1/codes')
  expect(await numberOn(hana)).toMatch(/^\d{12}$/)
})

test('a stopped wallet shows no code, and says why', async ({ phone }) => {
  const hana = await newResident(phone)
  const { page } = hana
  await showCode(hana)
  await hana.open('/more/lost')
  await page.getByRole('button', { name: '財布を止める' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '財布を止める' }).click()
  await page.getByText('財布を止めました').waitFor()
  await hana.open('/pay')
  await page.getByText('この財布は止められています。').waitFor()
  await hana.screen('stopped-wallet')
  expect(await page.getByRole('img', { name: '支払いコード' }).count()).toBe(0)
})

test('a session that ended elsewhere leads to the door, and blames no network', async ({
  phone,
}) => {
  const hana = await newResident(phone)
  const { page } = hana
  await page.evaluate(`fetch('/api/v1/sessions/current', { method: 'DELETE' })`)
  await page.getByRole('link', { name: '申込み' }).click()
  await page.getByRole('link', { name: 'さいふ' }).click()
  await page.getByText('もう一度ログインしてください。').first().waitFor()
  expect(await page.getByText('つながらないため').count()).toBe(0)
  await hana.screen('session-ended')
})

test('a language whose words do not come is not chosen, and can be asked for again', async ({
  phone,
}) => {
  const { page } = await phone({ app: 'resident', path: '/more/language' })
  const [japanese, korean] = [page.getByLabel('日本語', { exact: true }), page.getByLabel('한국어')]
  await page.route('**/assets/ko-*.js', (route) => route.abort())
  for (const _ of ['once', 'and again']) {
    await korean.click()
    await page.getByText('内容を読み込めませんでした。').waitFor()
    expect(await japanese.isChecked()).toBe(true)
  }
  expect(await page.locator('html').getAttribute('lang')).toBe('ja')
})
