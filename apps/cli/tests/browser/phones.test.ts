import {
  UNIT_YEN,
  askFor,
  dayOf,
  newCounter,
  newResident,
  otherPhoneOf,
  resultOn,
  showCode,
  spendableYen,
} from './_people.ts'
import { expect, test } from './_test.ts'

test('a person pays from one wallet with two phones, and stops the old one on the new one', async ({
  phone,
}) => {
  const old = await newResident(phone, { units: 1 })
  await showCode(old, '古いスマホ')
  const { shop, till } = await newCounter(phone)
  await askFor(till, 10_000)
  await till.camera.sees(await old.screen())
  await resultOn(till, 'success')
  await resultOn(old, 'success')
  await till.camera.seesNothing()

  const own = await otherPhoneOf(old, phone)
  await own.page.locator(`[data-spendable="${UNIT_YEN - 10_000}"]`).waitFor()
  await showCode(own, '新しいスマホ')
  await till.page.getByLabel('金額を入れてください').waitFor()
  await askFor(till, 10_000)
  await till.camera.sees(await own.screen())
  const tooMuch = await resultOn(till, 'refused')
  expect(tooMuch.text).toContain('この店で使えるのは2,500円までです')
  await till.page.getByRole('button', { name: '2,500円だけ受け取る' }).click()
  expect((await resultOn(own, 'success')).words).toBe((await resultOn(till, 'success')).words)
  expect(await old.page.locator('[data-result]', { hasText: '2,500円' }).count()).toBe(0)
  expect(await dayOf(shop)).toMatchObject({ totalYen: UNIT_YEN, redemptions: 2 })
  expect(await spendableYen(old)).toBe(0)
  await till.camera.seesNothing()

  await old.open('/pay')
  await old.page.getByRole('img', { name: '支払いコード' }).waitFor()
  const left = await old.screen()
  await old.open('/')
  const told = old.page.getByRole('status').filter({ hasText: 'スマホが、ほかにもあります' })
  await told.getByText('新しいスマホ', { exact: true }).waitFor()
  await old.screen('new-phone-told')
  expect(await told.locator('bdi').getAttribute('lang')).toBe('')
  await told.getByRole('link', { name: '登録したスマホを見る' }).click()
  await old.page.locator('main li', { hasText: '新しいスマホ' }).getByText('に登録').waitFor()
  await old.open('/more/notices')
  await told.getByText('新しいスマホ', { exact: true }).waitFor()
  expect(await old.page.getByText('いまお知らせすることはありません').count()).toBe(0)
  await told.getByRole('button', { name: '自分のスマホです' }).click()
  await told.waitFor({ state: 'detached' })
  await old.page.locator('main h1:focus').waitFor({ state: 'attached' })
  const asked = old.page.waitForResponse('**/v1/devices')
  await old.open('/')
  await asked
  // The new one tells of the old one too: who owns both says so once on each.
  await own.open('/')
  const toldOfOld = own.page.getByRole('status').filter({ hasText: '古いスマホ' })
  await toldOfOld.getByRole('button', { name: '自分のスマホです' }).click()
  await toldOfOld.waitFor({ state: 'detached' })
  const askedAgain = own.page.waitForResponse('**/v1/devices')
  await own.open('/')
  await askedAgain
  await own.page.locator('[data-spendable]').waitFor()
  for (const { page } of [old, own])
    expect(await page.getByText('ほかにもあります').count()).toBe(0)
  await own.open('/more/device')
  const inList = (name: string) => own.page.locator('main li', { hasText: name })
  await inList('新しいスマホ').getByText('(このスマホ)').waitFor()
  await inList('古いスマホ').getByRole('button').click()
  const dialog = own.page.getByRole('dialog')
  await dialog.getByText('「古いスマホ」を止めますか').waitFor()
  await dialog.getByRole('button', { name: '止める', exact: true }).click()
  await inList('古いスマホ').getByText('に停止').waitFor()
  await own.screen('old-phone-stopped')
  expect(await inList('新しいスマホ').getByText('に停止').count()).toBe(0)

  await till.page.getByLabel('金額を入れてください').waitFor()
  await askFor(till, 100)
  await till.camera.sees(left)
  const stopped = await resultOn(till, 'refused')
  expect(stopped.text).toContain('お客さまのスマホは利用が止められています')
  await old.open('/pay')
  await old.page.getByRole('button', { name: 'このスマホを登録する' }).waitFor()
  expect(await dayOf(shop)).toMatchObject({ totalYen: UNIT_YEN, redemptions: 2 })
})

test('who lost a phone stops everything on another one: nobody pays, and nobody is signed in', async ({
  phone,
}) => {
  const lost = await newResident(phone, { units: 1 })
  await showCode(lost)
  const own = await otherPhoneOf(lost, phone)
  await showCode(own)
  const { shop, till } = await newCounter(phone)
  const { page } = own
  await lost.cutNetwork()
  await own.open('/more/device')
  await page.getByRole('link', { name: 'なくしたスマホを止める' }).click()
  await page.getByRole('button', { name: '財布を止める' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '財布を止める' }).click()
  await page.getByText('財布を止めました').waitFor()
  await own.screen('wallet-stopped')

  // Whoever holds the other one has cut its network: it has not heard, and goes on making codes.
  await askFor(till, 800)
  await till.camera.sees(await lost.screen())
  const { text } = await resultOn(till, 'refused')
  expect(text).toContain('お客さまの商品券は利用が止められています')
  await lost.restoreNetwork()
  for (const payer of [lost, own]) {
    await payer.open('/pay')
    await payer.page.getByText('この財布は止められています。').waitFor()
    expect(await payer.page.getByRole('img', { name: '支払いコード' }).count()).toBe(0)
  }
  expect(await dayOf(shop)).toMatchObject({ redemptions: 0 })

  await own.open('/more/lost')
  await page.getByRole('button', { name: 'すべてログアウトする' }).click()
  await page.getByRole('button', { name: '前に使ったことがある' }).waitFor()
  await lost.open('/')
  await lost.page.getByRole('button', { name: '前に使ったことがある' }).waitFor()
  expect(await lost.page.locator('[data-spendable]').count()).toBe(0)
})
