import type { Page } from 'playwright-core'
import { barriersOn } from './_barriers.ts'
import { misfitsOn } from './_misfits.ts'
import {
  UNIT_YEN,
  askAs,
  dayOf,
  newResident,
  numberOn,
  payerAtCounter,
  resultOn,
  showCode,
  spendableYen,
} from './_people.ts'
import { stage } from './_stage.ts'
import { expect, test } from './_test.ts'

/** Presses Tab until what has the focus is called so. */
async function tabTo(page: Page, name: string): Promise<void> {
  const called: string[] = []
  for (let times = 0; times < 40; times++) {
    const it: string = await page.evaluate(
      "(({ labels, innerText, ariaLabel }) => ariaLabel ?? labels?.[0]?.innerText ?? innerText)(document.activeElement) ?? ''",
    )
    if (it.trim() === name) return
    called.push(it)
    await page.keyboard.press('Tab')
  }
  throw new Error(`no Tab leads to ${name}, only to ${called.join(', ')}`)
}

/** How many controls can be seen, and how many of them one round of Tab has reached. */
async function controlsReached(page: Page): Promise<Readonly<{ seen: number; reached: number }>> {
  const controls =
    "[...document.querySelectorAll('main :is(button:enabled, a, input, select, summary)')]"
  const seen: number = await page.evaluate(
    `${controls}.filter((it) => it.checkVisibility()).length`,
  )
  await page.evaluate("document.querySelector('h1').focus()")
  for (let times = 0; times < seen + 10; times++) {
    await page.evaluate("document.activeElement.toggleAttribute('data-reached', true)")
    await page.keyboard.press('Tab')
  }
  const reached: number = await page.evaluate(
    `${controls}.filter((it) => it.matches('[data-reached]')).length`,
  )
  return { seen, reached }
}

test('a payment is taken by the keyboard alone, and both receipts come out on paper', async ({
  phone,
}) => {
  const { payer: hana, shop, till } = await payerAtCounter(phone)
  const number = await numberOn(hana)
  const { page } = till
  const { keyboard } = page
  await tabTo(page, '金額を入れてください')
  await keyboard.type('800')
  const keypad = await controlsReached(page)
  expect(keypad.reached).toBe(keypad.seen)
  expect(keypad.seen).toBeGreaterThan(12)
  await tabTo(page, 'コードを読み取る')
  await keyboard.press('Enter')
  await page.locator('video[data-camera=open]').waitFor()
  const camera = await controlsReached(page)
  expect(camera.reached).toBe(camera.seen)
  await tabTo(page, '12桁の番号を入れる')
  await keyboard.press('Enter')
  await tabTo(page, '12桁の番号')
  await keyboard.type(number)
  await tabTo(page, '受け取る')
  await keyboard.press('Enter')
  expect((await resultOn(till, 'success')).text).toContain('800円')
  expect(await dayOf(shop)).toMatchObject({ totalYen: 800, redemptions: 1 })
  expect(await spendableYen(hana)).toBe(UNIT_YEN - 800)

  const { body } = await askAs(hana, { method: 'GET', path: '/v1/orders/mine' })
  const [order] = (body as { orders: { orderId: string }[] }).orders
  await hana.page.addInitScript({ content: 'self.print = () => { self.isPrinted = true }' })
  const paper = async (path: string, words: readonly string[], name: string) => {
    await hana.open(path)
    await hana.page.getByRole('button', { name: '印刷する' }).click()
    expect(await hana.page.evaluate('self.isPrinted')).toBe(true)
    await hana.page.emulateMedia({ media: 'print' })
    expect(await hana.page.getByRole('navigation').isVisible()).toBe(false)
    expect(await hana.page.locator('h1').isVisible()).toBe(false)
    const text = await hana.page.locator('[data-paper]').innerText()
    expect(words.filter((it) => !text.includes(it))).toEqual([])
    await hana.screen(name)
    await hana.page.emulateMedia({ media: null })
  }
  await paper(`/orders/${order?.orderId}`, ['10,000円', '画面の試験の商品券'], 'paper-purchase')
  await hana.open('/history')
  const payment = await hana.page.locator('main li a').first().getAttribute('href')
  await paper(payment ?? '', ['800円', 'みらい試験店', shop.shopNo], 'paper-payment')
})

test('whoever waits in line sees their place, and what they chose is bought in their turn', async ({
  phone,
}) => {
  const hana = await newResident(phone)
  const { page } = hana
  const { campaign } = await stage('look')
  let isTurn = false
  await page.route('**/api/v1/campaigns/*/orders', (route) => {
    const words = { title: '順番にご案内しています。', titleEn: 'You have a place in line.' }
    const json = { code: 'waiting_room', status: 503, ...words }
    return isTurn ? route.fallback() : route.fulfill({ status: 503, json })
  })
  await page.route('**/api/v1/admission', (route) => {
    const waiting = { state: 'waiting', ticket: 't', estimatedWaitSeconds: 540, askAgainSeconds: 2 }
    return route.fulfill({ json: isTurn ? { state: 'open' } : { ...waiting, place: 1_234 } })
  })
  await hana.open(`/apply/${campaign}`)
  await page.getByRole('button', { name: /^カードで/ }).click()
  const line = page.getByRole('dialog')
  await line.getByText('1,234').waitFor()
  for (const size of [
    { width: 820, height: 1_180 },
    { width: 320, height: 640 },
  ]) {
    await page.setViewportSize(size)
    expect(await misfitsOn(hana)).toEqual([])
    expect(await barriersOn(hana)).toEqual([])
    await hana.screen(`line-${size.width}`)
  }
  isTurn = true
  await page.locator('[data-order=paid]').waitFor()
})

test('nothing moves for whoever asked for that', async ({ phone }) => {
  const hana = await newResident(phone, { units: 1 })
  const { page } = hana
  const moving = (): Promise<number> =>
    page.evaluate("document.getAnimations().filter((it) => it.playState === 'running').length")
  await page.route('**/api/v1/wallet/history**', () => new Promise(() => {}))
  await hana.open('/history/none')
  await page.locator('[data-waiting] span').first().waitFor()
  expect(await moving()).toBeGreaterThan(0)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await expect.poll(moving).toBe(0)
  await showCode(hana)
  expect(await moving()).toBe(0)
  await page.unrouteAll({ behavior: 'ignoreErrors' })
})

test('what does not fit is found', async ({ phone }) => {
  const hana = await phone({ app: 'resident', path: '/more/help' })
  await hana.page.locator('main summary').first().waitFor()
  expect(await misfitsOn(hana)).toEqual([])
  await hana.page.locator('main').evaluate((main) => {
    const put = (name: string, style: string) => {
      const it = main.ownerDocument.createElement('button')
      it.textContent = name
      it.style.cssText = style
      main.append(it)
    }
    put('wide', 'width: 500px; height: 48px; flex: none')
    put('small', 'width: 30px; height: 30px')
    put('cutcutcutcutcut', 'width: 50px; height: 48px; overflow: hidden; white-space: nowrap')
  })
  const found = await misfitsOn(hana)
  for (const fault of [
    'scrolls sideways: 516 px',
    'beyond the edge: <button> wide',
    'its words are cut: <button> cutcutcutcutcut',
    'hard to hit (30 x 30 px): <button> small',
  ])
    expect(found).toContain(fault)
})
