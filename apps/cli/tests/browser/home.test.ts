import { askAs, newResident } from './_people.ts'
import type { Phone } from './_phone.ts'
import { stage } from './_stage.ts'
import { expect, test } from './_test.ts'

/** Vouchers that no phone is registered for, a slip to pay, and a sale that is open. */
async function withMuchToDo(lend: Parameters<typeof newResident>[0]): Promise<Phone> {
  const hana = await newResident(lend, { units: 1 })
  const { campaign } = await stage('look')
  const body = { method: 'slip', sale: 'second_sale', units: 1 }
  const path = `/v1/campaigns/${campaign}/orders`
  expect((await askAs(hana, { method: 'POST', path, body })).status).toBe(201)
  return hana
}

/** Opens the home screen on a phone that keeps no earlier answers. */
async function openAnew({ page, open }: Phone): Promise<void> {
  await page.evaluate(`for (const key of Object.keys(localStorage))
    if (key.startsWith('minnaken.answer.')) localStorage.removeItem(key)`)
  await open('/')
}

/** Lets these requests wait until the returned function is called. */
async function holdBack({ page }: Phone, path: string): Promise<() => void> {
  const held: (() => void)[] = []
  let isOver = false
  await page.route(`**/api${path}`, async (route) => {
    if (!isOver) await new Promise<void>((resolve) => held.push(resolve))
    await route.continue()
  })
  return () => {
    isOver = true
    held.forEach((resolve) => resolve())
  }
}

const card = ({ page }: Phone) => page.locator('[data-next-step]')

test('what to do next is said once it is known what comes first', async ({ phone }) => {
  const hana = await withMuchToDo(phone)
  const letOrders = await holdBack(hana, '/v1/orders/mine')
  await openAnew(hana)
  await hana.page.locator('[data-spendable]').waitFor()
  await hana.page.locator('[data-waiting] span').first().waitFor()
  expect(await card(hana).count()).toBe(0)
  await hana.screen('home-waiting')
  letOrders()
  await card(hana).waitFor()
  expect(await card(hana).getAttribute('data-next-step')).toBe('register_device')
  await hana.screen('home-steps-390')
  await hana.page.setViewportSize({ width: 820, height: 1_180 })
  await hana.screen('home-steps-820')
})

test('what is heard of late moves nothing that is shown, and what fails hides nothing', async ({
  phone,
}) => {
  const hana = await withMuchToDo(phone)
  const { page } = hana
  const letWallet = await holdBack(hana, '/v1/wallet')
  await openAnew(hana)
  await card(hana).waitFor()
  expect(await card(hana).getAttribute('data-next-step')).toBe('pay_slip')
  letWallet()
  await page.locator('[data-spendable]').waitFor()
  await page.getByRole('link', { name: /^ほかに\d+件$/ }).waitFor()
  expect(await card(hana).getAttribute('data-next-step')).toBe('pay_slip')
  await page.locator('nav a').nth(1).click()
  await page.getByRole('button', { name: 'このスマホを登録する' }).waitFor()
  await page.locator('nav a').first().click()
  await page.locator('[data-next-step=register_device]').waitFor()

  await page.unrouteAll({ behavior: 'ignoreErrors' })
  const json = { code: 'internal', status: 500, title: '故障です。', titleEn: 'It is broken.' }
  await page.route('**/api/v1/orders/mine', (route) => route.fulfill({ status: 500, json }))
  await openAnew(hana)
  await page.locator('[data-next-step=register_device]').waitFor()
  await hana.screen('home-gap')
  await page.locator('a[data-gap]').click()
  await page.getByRole('alert').waitFor()
  await hana.screen('notices-gap')
  await page.locator('[data-next-step=register_device]').waitFor()
  expect(await page.locator('[data-next-step=pay_slip]').count()).toBe(0)
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  await page.getByRole('alert').getByRole('button').click()
  await page.locator('[data-next-step=pay_slip]').waitFor()
})

test('an app speaks the language that its browser asks for', async ({ phone }) => {
  for (const [app, title] of [
    ['resident', 'Welcome to Minnaken'],
    ['shop', 'Minnaken for shops'],
  ] as const) {
    const { page } = await phone({ app, language: 'en-US' })
    await page.getByRole('heading', { name: title }).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
  }
})
