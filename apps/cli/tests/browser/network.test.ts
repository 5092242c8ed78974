import type { Phone } from './_phone.ts'
import {
  UNIT_YEN,
  askFor,
  dayOf,
  isKept,
  newCounter,
  newResident,
  payerAtCounter,
  resultOn,
  spendableYen,
} from './_people.ts'
import { readPrinted } from './_print.ts'
import { expect, test } from './_test.ts'

/** The next request there arrives, its answer does not, and from then on there is no network. */
const loseAnswer = (phone: Phone, path: string) =>
  phone.page.route(
    `**/api${path}`,
    async (route) => {
      await route.fetch()
      await phone.cutNetwork()
      await route.abort('connectionreset')
    },
    { times: 1 },
  )

test('a till that loses its network after the scan asks nobody to pay again, and finds out', async ({
  phone,
}) => {
  const { payer: hana, shop, till } = await payerAtCounter(phone)
  const { page } = till
  await page.getByRole('link', { name: '今日' }).click()
  await page.getByText('この日の支払いはありません').waitFor()
  await page.getByRole('link', { name: '受け取る' }).click()
  await askFor(till, 800)
  await loseAnswer(till, '/v1/redemptions')
  await till.camera.sees(await hana.screen())
  const paid = await resultOn(hana, 'success')
  expect(paid.text).toContain('800円')
  await page.getByText('確認しています').waitFor()
  const unknown = await resultOn(till, 'unknown')
  await till.screen('till-unknown')
  expect(unknown.text).toContain('お客さまにもう一度払ってもらう必要はありません')
  await page.goBack()
  await page.getByText('800円の受け取りの結果がまだ分かっていません').waitFor()
  await till.screen('today-in-doubt')
  await page.locator('main').getByRole('link', { name: '受け取る' }).click()
  expect((await resultOn(till, 'unknown')).text).toContain('800円')
  await till.restoreNetwork()
  const taken = await resultOn(till, 'success')
  expect(taken.text).toContain('800円')
  expect(taken.words).toBe(paid.words)
  expect(await dayOf(shop)).toMatchObject({ totalYen: 800, redemptions: 1 })
  expect(await spendableYen(hana)).toBe(UNIT_YEN - 800)
})

test('a till that is closed in doubt and opened again finds out once it has a network', async ({
  phone,
}) => {
  const { payer: hana, shop, till } = await payerAtCounter(phone)
  await isKept(till)
  await askFor(till, 650)
  await loseAnswer(till, '/v1/redemptions')
  await till.camera.sees(await hana.screen())
  const paid = await resultOn(hana, 'success')
  await till.page.getByText('確認しています').waitFor()
  await till.camera.seesNothing()
  await till.page.goto('about:blank')
  await till.open('/')
  const unknown = await resultOn(till, 'unknown')
  expect(unknown.text).toContain('650円')
  await till.restoreNetwork()
  const taken = await resultOn(till, 'success')
  expect(taken.text).toContain('650円')
  expect(taken.words).toBe(paid.words)
  expect(await dayOf(shop)).toMatchObject({ totalYen: 650, redemptions: 1 })
})

test('a payer who loses the network after confirming is told not to pay again, and finds out', async ({
  phone,
  programs,
}) => {
  const { shop, till } = await newCounter(phone, { name: 'みらい書店' })
  const taro = await newResident(phone, { units: 1 })
  const pay = await readPrinted(taro, { programs, shop, yen: 990 })
  await loseAnswer(taro, '/v1/payments')
  await pay.click()
  const unknown = await resultOn(taro, 'unknown')
  await taro.screen('payer-unknown')
  expect(unknown.text).toContain('もう一度払わないでください。')
  await till.page.getByText('お客さまが店のコードで990円を払いました').waitFor()
  await taro.restoreNetwork()
  const paid = await resultOn(taro, 'success')
  expect(paid.text).toContain('990円')
  const heard = till.page.locator('[data-two-words]')
  expect(await heard.getAttribute('data-two-words')).toBe(paid.words)
  expect(await dayOf(shop)).toMatchObject({ totalYen: 990, redemptions: 1 })
  expect(await spendableYen(taro)).toBe(UNIT_YEN - 990)
})
