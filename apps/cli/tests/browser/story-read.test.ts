import {
  UNIT_YEN,
  dayOf,
  newCounter,
  newResident,
  newShop,
  resultOn,
  spendableYen,
} from './_people.ts'
import { readPrinted } from './_print.ts'
import { expect, test } from './_test.ts'

test("a payer's camera reads the code that the shop printed, and both sides see the payment", async ({
  phone,
  programs,
}) => {
  const { shop, till } = await newCounter(phone, { name: 'みらい青果' })
  const taro = await newResident(phone, { units: 1 })
  const { page } = taro
  const pay = await readPrinted(taro, { programs, shop, yen: 7_300 })
  await page.locator('[data-part=LIMITED]', { hasText: '限定券 6,500円' }).waitFor()
  await page.locator('[data-part=COMMON]', { hasText: '共通券 800円' }).waitFor()
  await taro.screen('split')
  await pay.click()
  const paid = await resultOn(taro, 'success')
  await taro.screen('paid-by-shop-code')
  expect(paid.text).toContain('7,300円')
  expect(paid.text).toContain('みらい青果')

  await till.page.getByText('お客さまが店のコードで7,300円を払いました').waitFor()
  const heard = till.page.locator('[data-two-words]')
  expect(await heard.getAttribute('data-two-words')).toBe(paid.words)
  await till.screen('heard-of-shop-code')
  await till.page.getByRole('link', { name: '今日' }).click()
  await till.page.getByText('店のコード').first().waitFor()
  expect(await dayOf(shop)).toMatchObject({ totalYen: 7_300, redemptions: 1 })
  expect(await spendableYen(taro)).toBe(UNIT_YEN - 7_300)
})

test('a payment above the limit of a code is confirmed by the passkey, and refused without it', async ({
  phone,
  programs,
}) => {
  const shop = await newShop('みらい電器')
  const jiro = await newResident(phone, { units: 5 })
  const { page, passkeys } = jiro
  const pay = await readPrinted(jiro, { programs, shop, yen: 50_001 })
  await page.getByText('金額が大きいため、指紋や顔で確認します。').waitFor()
  await passkeys.refuse()
  await pay.click()
  await page.getByText('確認できませんでした。お金は動いていません。').waitFor()
  await jiro.screen('not-confirmed')
  expect(await dayOf(shop)).toMatchObject({ redemptions: 0 })
  await passkeys.accept()
  await pay.click()
  const paid = await resultOn(jiro, 'success')
  expect(paid.text).toContain('50,001円')
  expect(await dayOf(shop)).toMatchObject({ totalYen: 50_001, redemptions: 1 })
  expect(await spendableYen(jiro)).toBe(5 * UNIT_YEN - 50_001)
})
