import { newResident, newShop } from './_people.ts'
import type { Phone } from './_phone.ts'
import { expect, test } from './_test.ts'

/** As much as browsers count for headers, whatever they were. */
const HEADER_BYTES = 300

/** What the last list of shops was on the network: its bytes, and those that had to travel. */
const lastList = ({ page }: Phone): Promise<Readonly<{ bytes: number; travelled: number }>> =>
  page.evaluate(`(() => {
    const lists = performance.getEntriesByType('resource')
      .filter(({ name }) => name.endsWith('/api/v1/public/shops'))
    const { decodedBodySize, transferSize } = lists.at(-1) ?? {}
    return { bytes: decodedBodySize, travelled: transferSize }
  })()`)

/** Whether a finger on a link waits for the program before the list moves. */
async function holdsUpScrolling({ page }: Phone): Promise<boolean> {
  const cdp = await page.context().newCDPSession(page)
  const { result } = await cdp.send('Runtime.evaluate', {
    expression: "document.querySelector('main a')",
  })
  const { listeners } = await cdp.send('DOMDebugger.getEventListeners', {
    objectId: result.objectId ?? '',
  })
  expect(listeners.map(({ type }) => type)).toContain('pointerdown')
  return listeners.some(({ type, passive }) => type.startsWith('touch') && !passive)
}

test('the list of shops is downloaded again only once it has changed', async ({ phone }) => {
  const shop = await newShop('みらい青果')
  const hana = await phone({ app: 'resident', path: '/shops' })
  const { page } = hana
  await page.getByRole('link', { name: shop.name }).first().waitFor()
  expect(await holdsUpScrolling(hana)).toBe(false)
  const first = await lastList(hana)
  expect(first.travelled).toBeGreaterThan(HEADER_BYTES)
  const openAgain = async () => {
    await page.evaluate("localStorage.removeItem('minnaken.answer.shops')")
    await hana.open('/shops')
    await page.getByRole('link', { name: shop.name }).first().waitFor()
  }
  await openAgain()
  const again = await lastList(hana)
  expect(again).toEqual({ bytes: first.bytes, travelled: HEADER_BYTES })
  const other = await newShop('みらい精肉')
  await openAgain()
  await page.getByRole('link', { name: other.name }).first().waitFor()
})

test('the number on the page of a shop is what paying by number takes', async ({ phone }) => {
  const hana = await newResident(phone)
  const { page } = hana
  const shop = await newShop('みらい青果')
  await hana.open(`/shops/${shop.shopNo}`)
  const digits = await page.locator('[data-shop-code]').innerText()
  expect(digits).toMatch(/^\d{7}$/)
  await hana.screen('shop-390')
  await page.setViewportSize({ width: 820, height: 1_180 })
  await hana.screen('shop-820')
  await hana.open('/pay')
  await page.getByRole('button', { name: 'このスマホを登録する' }).click()
  await page.getByRole('button', { name: '読み取る' }).click()
  await page.locator('main summary').click()
  await page.locator('main details input').fill(digits)
  await page.keyboard.press('Enter')
  await page.getByText(shop.name).waitFor()
  await page.getByLabel('払う金額').waitFor()
})
