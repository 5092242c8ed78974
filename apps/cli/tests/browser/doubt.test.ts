import { shopCodeOf } from '@minnaken/qr'
import type { Phone } from './_phone.ts'
import {
  UNIT_YEN,
  askFor,
  dayOf,
  newCounter,
  newResident,
  newShop,
  payerAtCounter,
  resultOn,
  showCode,
  spendableYen,
} from './_people.ts'
import { stage } from './_stage.ts'
import { expect, test } from './_test.ts'

/** Looks at what a payment at a shop would take; tells which button pays. */
async function lookAt({ page, open }: Phone, { shopNo, yen }: { shopNo: string; yen: number }) {
  await open(`/s/${shopCodeOf(shopNo)}`)
  await page.getByLabel('払う金額').fill(String(yen))
  await page.getByRole('button', { name: '内訳を確かめる' }).click()
  return page.getByRole('button', { name: `${yen.toLocaleString('ja')}円を払う` })
}

/** The next payment arrives, and its answer is lost. */
const loseAnswer = ({ page }: Phone) =>
  page.route(
    '**/api/v1/payments',
    async (route) => {
      await route.fetch()
      await route.abort('connectionreset')
    },
    { times: 1 },
  )

const unreachable = {
  status: 503,
  contentType: 'application/problem+json',
  body: JSON.stringify({
    code: 'service_unreachable',
    status: 503,
    title: 'つながりません',
    titleEn: 'unreachable',
    retryable: true,
  }),
}

test('a service that cannot be reached has said nothing, and its answer stands before any screen', async ({
  phone,
}) => {
  const shop = await newShop()
  const taro = await newResident(phone, { units: 1 })
  const { page } = taro
  await showCode(taro)
  const pay = await lookAt(taro, { shopNo: shop.shopNo, yen: 990 })
  let asked = 0
  await page.route('**/api/v1/payments', async (route) => {
    asked++
    await route.fulfill(unreachable)
  })
  await loseAnswer(taro)
  await pay.click()
  expect((await resultOn(taro, 'unknown')).text).toContain('もう一度払わないでください。')
  // Longer than one question has patience for.
  await expect.poll(() => asked, { timeout: 40_000 }).toBeGreaterThan(16)
  await page.getByRole('link', { name: 'さいふに戻る' }).click()
  await page.locator('[data-spendable]').waitFor()
  expect(await page.locator('[data-result]').count()).toBe(0)
  await page.unroute('**/api/v1/payments')
  const paid = await resultOn(taro, 'success')
  expect(paid.text).toContain('990円')
  expect(new URL(page.url()).pathname).toBe('/')
  await taro.screen('payer-outcome-on-wallet')
  await page.getByRole('button', { name: '終わる' }).click()
  await page.locator('[data-result]').waitFor({ state: 'detached' })
  expect(await dayOf(shop)).toMatchObject({ totalYen: 990, redemptions: 1 })
  expect(await spendableYen(taro)).toBe(UNIT_YEN - 990)
})

test('a payer whose session has ended meanwhile signs in again, and hears the outcome', async ({
  phone,
}) => {
  const shop = await newShop()
  const taro = await newResident(phone, { units: 1 })
  const { page } = taro
  await showCode(taro)
  const pay = await lookAt(taro, { shopNo: shop.shopNo, yen: 990 })
  await page.route(
    '**/api/v1/payments',
    async (route) => {
      await route.fetch()
      await taro.context.clearCookies()
      await route.abort('connectionreset')
    },
    { times: 1 },
  )
  await pay.click()
  await page.getByText('結果を確かめるには、もう一度ログインしてください。').waitFor()
  await taro.screen('payer-unknown-signed-out')
  await page.locator('[data-result=unknown]').getByRole('button', { name: 'ログインする' }).click()
  await page.getByRole('button', { name: '前に使ったことがある' }).click()
  expect((await resultOn(taro, 'success')).text).toContain('990円')
  expect(await dayOf(shop)).toMatchObject({ totalYen: 990, redemptions: 1 })
})

test('while a payment of one window is in doubt, another window begins none', async ({ phone }) => {
  const shop = await newShop()
  const taro = await newResident(phone, { units: 1 })
  await showCode(taro)
  const beside = await taro.beside('/')
  const payBeside = await lookAt(beside, { shopNo: shop.shopNo, yen: 450 })
  await payBeside.waitFor()
  const pay = await lookAt(taro, { shopNo: shop.shopNo, yen: 990 })
  await taro.page.route('**/api/v1/payments', (route) => route.fulfill(unreachable))
  await loseAnswer(taro)
  await pay.click()
  await resultOn(taro, 'unknown')
  await payBeside.click()
  expect((await resultOn(beside, 'success')).text).toContain('990円')
  expect(await dayOf(shop)).toMatchObject({ totalYen: 990, redemptions: 1 })
})

test('what became too much meanwhile is paid as far as it goes, at the press of a button', async ({
  phone,
}) => {
  const shop = await newShop()
  const taro = await newResident(phone, { units: 1 })
  await showCode(taro)
  const { page } = taro
  const beside = await taro.beside('/')
  const most = await lookAt(beside, { shopNo: shop.shopNo, yen: 12_000 })
  await most.waitFor()
  const pay = await lookAt(taro, { shopNo: shop.shopNo, yen: 990 })
  await most.click()
  await resultOn(beside, 'success')
  await beside.page.getByRole('button', { name: '終わる' }).click()
  await pay.click()
  expect((await resultOn(taro, 'refused')).text).toContain('お金は動いていません。')
  await taro.screen('payer-too-much')
  await page.getByRole('button', { name: '500円だけ払う' }).click()
  await page.getByRole('button', { name: '内訳を確かめる' }).click()
  await page.getByRole('button', { name: '500円を払う' }).click()
  expect((await resultOn(taro, 'success')).text).toContain('500円')
  expect(await spendableYen(taro)).toBe(0)
})

test('a purchase whose answer was lost is found out about after a reload, and is no second one', async ({
  phone,
}) => {
  const taro = await newResident(phone)
  const { page } = taro
  const { campaign } = await stage('look')
  const keys: (string | undefined)[] = []
  const path = `**/api/v1/campaigns/${campaign}/orders`
  await page.route(path, async (route) => {
    keys.push(route.request().headers()['idempotency-key'])
    if (keys.length === 1) await route.fetch()
    await route.abort('connectionreset')
  })
  await taro.open(`/apply/${campaign}`)
  await page.getByRole('button', { name: '1口減らす' }).click()
  const units = await page.locator('output[data-units]').getAttribute('data-units')
  await page.getByRole('button', { name: /カードで.*円を払う/ }).click()
  await page.getByText('もう一度購入しないでください。').waitFor()
  await taro.open(`/apply/${campaign}`)
  await page.getByText('もう一度購入しないでください。').waitFor()
  expect(await page.locator('output[data-units]').getAttribute('data-units')).toBe(units)
  await taro.screen('purchase-in-doubt')
  await page.unroute(path)
  await page.getByText('購入しました').waitFor()
  expect(new Set(keys).size).toBe(1)
  expect(keys.length).toBeGreaterThan(1)
  expect(await spendableYen(taro)).toBe(Number(units) * UNIT_YEN)
})

test('a void whose answer was lost is found out about when its dialog is opened again', async ({
  phone,
}) => {
  const { payer, shop, till } = await payerAtCounter(phone)
  await askFor(till, 800)
  await till.camera.sees(await payer.screen())
  await resultOn(till, 'success')
  await till.camera.seesNothing()
  const { page } = till
  const keys: (string | undefined)[] = []
  const path = '**/api/v1/redemptions/*/voids'
  await page.route(path, async (route) => {
    keys.push(route.request().headers()['idempotency-key'])
    if (keys.length === 1) await route.fetch()
    await route.abort('connectionreset')
  })
  await till.open('/today')
  const row = page.locator('main li', { hasText: '800円' })
  const day = page.getByLabel('日付')
  const today = await day.inputValue()
  await day.fill('')
  expect(await day.inputValue()).toBe(today)
  await row.getByRole('button', { name: '取消' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('一部').check()
  const part = dialog.getByLabel('取り消す金額(円)')
  await part.fill('円')
  expect(await part.inputValue()).toBe('')
  await part.fill('300')
  await dialog.getByRole('button', { name: '300円を取り消す' }).click()
  await dialog.getByText('結果を確認しています。').waitFor()
  await till.screen('void-in-doubt')
  await till.open('/today')
  await row.getByRole('button', { name: '取消' }).click()
  await dialog.getByText('結果を確認しています。').waitFor()
  expect(await dialog.getByLabel('取り消す金額(円)').inputValue()).toBe('300')
  await page.unroute(path)
  await dialog.getByText('300円を取り消しました').waitFor()
  expect(new Set(keys).size).toBe(1)
  expect(await dayOf(shop)).toMatchObject({ totalYen: 500, voidsYen: 300 })
})

test('two payments at the printed code are both told, once, also when the keypad was left', async ({
  phone,
}) => {
  const { shop, till } = await newCounter(phone)
  const taro = await newResident(phone, { units: 1 })
  await showCode(taro)
  for (const yen of [990, 450]) {
    await (await lookAt(taro, { shopNo: shop.shopNo, yen })).click()
    await resultOn(taro, 'success')
    await taro.page.getByRole('button', { name: '終わる' }).click()
  }
  const told = till.page.getByText('お客さまが店のコードで')
  await expect
    .poll(() => told.allInnerTexts())
    .toEqual([expect.stringContaining('990円'), expect.stringContaining('450円')])
  await till.screen('till-printed-two')
  await till.page.getByRole('link', { name: '今日' }).click()
  await till.page.locator('main li', { hasText: '450円' }).waitFor()
  const streams = till.page.waitForResponse('**/live')
  await till.page.getByRole('link', { name: '受け取る' }).click()
  await till.page.getByLabel('金額を入れてください').waitFor()
  await streams
  await till.page.waitForTimeout(1_000)
  expect(await told.count()).toBe(0)
})
