import { barriersOn } from './_barriers.ts'
import { newResident, newShop, newTill, resultOn, showCode } from './_people.ts'
import type { Phone } from './_phone.ts'
import { expect, test } from './_test.ts'

/** Where the focus is: the heading of a result, something else in it, the heading of a screen, or elsewhere. */
const focusOn = ({ page }: Phone): Promise<string> =>
  page.evaluate(`(() => {
    const it = document.activeElement
    const isHeading = it.matches('h1')
    if (it.closest('[data-result]') !== null) return isHeading ? 'heading of the result' : 'result'
    if (it === document.body) return 'nothing'
    return isHeading ? 'heading of the screen' : it.outerHTML.slice(0, 80)
  })()`)

/** Whatever could be pressed and is not in the result. */
const reachableBehind = ({ page }: Phone): Promise<readonly string[]> =>
  page.evaluate(`[...document.querySelectorAll('a, button, input, [tabindex]')]
    .filter((it) => it.closest('[data-result], [inert]') === null && !it.matches('main'))
    .map((it) => it.outerHTML.slice(0, 80))`)

/** Where Tab leads, round and round. */
async function tabbed(phone: Phone): Promise<ReadonlySet<string>> {
  const places = new Set<string>()
  for (let times = 0; times < 12; times++) {
    await phone.page.keyboard.press('Tab')
    places.add(await focusOn(phone))
  }
  return places
}

test('nothing behind a result can be reached until it leaves, and the stripes of practice stay', async ({
  phone,
}) => {
  const till = await newTill(phone, { shop: await newShop() })
  const { page } = till
  await till.open('/shop')
  await page.getByRole('button', { name: '練習をはじめる' }).click()
  await page.locator('nav a').first().click()
  await page.locator('main input').fill('800')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: '残高が足りない' }).click()
  await resultOn(till, 'refused')
  expect(await focusOn(till)).toBe('heading of the result')
  expect(await reachableBehind(till)).toEqual([])
  await page.locator('main').evaluate((main) => {
    main.parentElement?.prepend(main.ownerDocument.createElement('button'))
  })
  const late = "document.querySelector('main').parentElement.firstChild.inert"
  expect(await page.evaluate(late)).toBe(true)
  expect([...(await tabbed(till))].toSorted()).toEqual(['nothing', 'result'])
  expect(await barriersOn(till)).toEqual([])
  for (const width of [390, 820]) {
    await page.setViewportSize({ width, height: 844 })
    await till.screen(`result-practice-${width}`)
  }
  expect(await page.locator('[data-practice]').evaluate((it) => it.closest('[inert]'))).toBeNull()
  await page.getByRole('button', { name: '金額を変える' }).click()
  await page.locator('main input').waitFor()
  expect(await focusOn(till)).toBe('heading of the screen')
  expect(await page.locator('[inert]').count()).toBe(0)
})

test('a payer hears of the payment, closes it, and is at the code again', async ({ phone }) => {
  const hana = await newResident(phone, { units: 1 })
  await showCode(hana)
  const shown = hana.page.locator('output[data-number]:not([data-number=""])')
  const number = (await shown.getAttribute('data-number')) ?? ''
  const till = await newTill(phone, { shop: await newShop() })
  await till.page.locator('main input').fill('800')
  await till.page.keyboard.press('Enter')
  await till.page.getByRole('button', { name: '12桁の番号を入れる' }).click()
  // Two digits were forgotten: the caret stays where they are put in.
  await till.page.getByLabel('12桁の番号').fill(`${number.slice(0, 5)}${number.slice(7)}`)
  for (let times = 0; times < 6; times++) await till.page.keyboard.press('ArrowLeft')
  await till.page.keyboard.type(number.slice(5, 7))
  await till.page.keyboard.press('Enter')
  await resultOn(hana, 'success')
  expect(await hana.page.locator('[data-result] [role=status]').innerText()).toContain('800円')
  expect(await focusOn(hana)).toBe('heading of the result')
  expect(await reachableBehind(hana)).toEqual([])
  await hana.page.getByRole('button', { name: '終わる' }).click()
  await hana.page.getByRole('img', { name: '支払いコード' }).waitFor()
  expect(await focusOn(hana)).toBe('heading of the screen')
  expect(await reachableBehind(hana)).not.toEqual([])
  await till.page.locator('main input').waitFor()
  expect(await focusOn(till)).toBe('heading of the screen')
})

test('a result stays as long as somebody is with it, and until it is touched where the till was told so', async ({
  phone,
}) => {
  const till = await newTill(phone, { shop: await newShop() })
  const { page } = till
  const take = async () => {
    await till.open('/shop')
    await page.getByRole('button', { name: '練習をはじめる' }).click()
    await page.locator('nav a').first().click()
    await page.locator('main input').fill('800')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: '受け取れる' }).click()
    await resultOn(till, 'success')
  }
  const result = page.locator('[data-result=success]')
  // Longer than it stays by itself.
  const wait = () => page.waitForTimeout(4_000)

  await take()
  await page.keyboard.press('Tab')
  expect(await focusOn(till)).toBe('result')
  await wait()
  await result.getByRole('button').press('Enter')
  await page.locator('main input').waitFor()

  await till.open('/shop')
  await page.getByRole('checkbox', { name: '受け取った結果を出したままにする' }).check()
  await till.screen('till-settings')
  await take()
  await result.getByText('画面に触れるまで、このまま出しておきます。').waitFor()
  expect(await barriersOn(till)).toEqual([])
  await wait()
  await till.screen('result-stays')
  await result.click()
  await page.locator('main input').waitFor()
})
