import type { Request } from 'playwright-core'
import {
  UNIT_YEN,
  askFor,
  dayOf,
  isKept,
  newCounter,
  newResident,
  numberOn,
  payerAtCounter,
  resultOn,
  spendableYen,
} from './_people.ts'
import type { Phone } from './_phone.ts'
import { readPrinted } from './_print.ts'
import { expect, test } from './_test.ts'

/** The next payment arrives; its answer is on the way until the service fails after all. */
async function holdAnswer({ page }: Phone) {
  const arrived = Promise.withResolvers<void>()
  const failing = Promise.withResolvers<void>()
  await page.route(
    '**/api/v1/payments',
    async (route) => {
      await route.fetch()
      arrived.resolve()
      await failing.promise
      const words = { title: '故障です。', titleEn: 'It is broken.' }
      await route.fulfill({ status: 500, json: { code: 'internal', status: 500, ...words } })
    },
    { times: 1 },
  )
  return { arrived: arrived.promise, fail: failing.resolve }
}

/** How often a path is asked from now on. */
function countAsked({ page }: Phone, path: string): () => number {
  let times = 0
  page.on('request', (request: Request) => {
    if (request.method() === 'POST' && request.url().endsWith(path)) times++
  })
  return () => times
}

test('a payment in doubt is found out about, however the payer leaves it and comes back', async ({
  phone,
  programs,
}) => {
  const { shop, till } = await newCounter(phone)
  const taro = await newResident(phone, { units: 1 })
  const { page } = taro
  await isKept(taro)
  const pay = await readPrinted(taro, { programs, shop, yen: 990 })
  const { arrived } = await holdAnswer(taro)
  await pay.click()
  await arrived
  await taro.cutNetwork()

  const isInDoubt = async () => {
    const { text } = await resultOn(taro, 'unknown')
    expect(text).toContain('990円')
    expect(text).toContain('もう一度払わないでください。')
  }
  await page.getByRole('button', { name: '見せる' }).click()
  await isInDoubt()
  await taro.open('/pay')
  await isInDoubt()
  await page.getByRole('link', { name: 'さいふに戻る' }).click()
  await page.getByText('結果が確認できていない支払いがあります。').waitFor()
  await taro.screen('wallet-in-doubt')
  await page.getByRole('link', { name: '確認する' }).click()
  await isInDoubt()

  await taro.restoreNetwork()
  const paid = await resultOn(taro, 'success')
  expect(paid.text).toContain('990円')
  await till.page.getByText('お客さまが店のコードで990円を払いました').waitFor()
  const heard = till.page.locator('[data-two-words]')
  expect(await heard.getAttribute('data-two-words')).toBe(paid.words)
  await page.getByRole('button', { name: '終わる' }).click()
  await page.getByRole('img', { name: '支払いコード' }).waitFor()
  expect(await dayOf(shop)).toMatchObject({ totalYen: 990, redemptions: 1 })
  expect(await spendableYen(taro)).toBe(UNIT_YEN - 990)
})

test('a payment that was seen from the other face is not told again when its own answer fails', async ({
  phone,
  programs,
}) => {
  const { shop, till } = await newCounter(phone)
  const taro = await newResident(phone, { units: 1 })
  const { page } = taro
  const pay = await readPrinted(taro, { programs, shop, yen: 990 })
  const asked = countAsked(taro, '/v1/payments')
  const { arrived, fail } = await holdAnswer(taro)
  await pay.click()
  await arrived
  await page.getByRole('button', { name: '見せる' }).click()
  const paid = await resultOn(taro, 'success')
  expect(paid.text).toContain('990円')
  const heard = till.page.locator('[data-two-words]')
  expect(await heard.getAttribute('data-two-words')).toBe(paid.words)
  await page.getByRole('button', { name: '終わる' }).click()
  await page.getByRole('img', { name: '支払いコード' }).waitFor()

  const failed = page.waitForResponse((it) => it.url().endsWith('/v1/payments'))
  fail()
  await (await failed).finished()
  await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn, 0)))')
  expect(await page.locator('[data-result]').count()).toBe(0)
  expect(asked()).toBe(2)
  expect(await dayOf(shop)).toMatchObject({ totalYen: 990, redemptions: 1 })
  expect(await spendableYen(taro)).toBe(UNIT_YEN - 990)
})

test('a result that was left by Back is kept, and the next customer pays their own amount', async ({
  phone,
}) => {
  const { payer, shop, till } = await payerAtCounter(phone)
  const { page } = till
  const asked = countAsked(till, '/v1/redemptions')
  await page.getByRole('link', { name: '今日' }).click()
  await page.getByText('この日の支払いはありません').waitFor()
  await page.getByRole('link', { name: '受け取る' }).click()
  await askFor(till, 800)
  const used = await numberOn(payer)
  await till.camera.sees(await payer.screen())
  const first = await resultOn(till, 'success')
  await page.goBack()
  await page.locator('main li', { hasText: '800円' }).waitFor()
  expect(await page.locator('[data-result]').count()).toBe(0)

  await till.camera.seesNothing()
  await resultOn(payer, 'success')
  await payer.page.getByRole('button', { name: '終わる' }).click()
  // What has paid is not shown again.
  await payer.page.locator(`output:not([data-number=""], [data-number="${used}"])`).waitFor()
  await page.getByRole('link', { name: '受け取る' }).click()
  expect(await page.getByLabel('金額を入れてください').inputValue()).toBe('')
  await askFor(till, 500)
  const held = await payer.screen()
  // The phone drops the page while the till takes its code.
  await payer.open('/')
  await till.camera.sees(held)
  const second = await resultOn(till, 'success')
  expect(second.text).toContain('500円')
  expect(second.words).not.toBe(first.words)
  await payer.open('/pay')
  expect((await resultOn(payer, 'success')).words).toBe(second.words)
  expect(asked()).toBe(2)
  expect(await dayOf(shop)).toMatchObject({ totalYen: 1_300, redemptions: 2 })
  expect(await spendableYen(payer)).toBe(UNIT_YEN - 1_300)
})
