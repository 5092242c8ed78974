import { readFile } from 'node:fs/promises'
import { shopCodeOf } from '@minnaken/qr'
import type { Page } from 'playwright-core'
import {
  UNIT_YEN,
  askAs,
  letOwnerIn,
  newCounter,
  newResident,
  resultOn,
  showCode,
  spendableYen,
} from './_people.ts'
import type { Phone } from './_phone.ts'
import { stage } from './_stage.ts'
import { expect, test } from './_test.ts'
import { statementNo, tellOwner } from './_told.ts'

const name = 'みらい初日店'

type OwnShop = Readonly<{
  shopId: string
  shopNo: string
  account: Readonly<{ accountNumber: string }> | null
  proposedAccount: Readonly<{ payeeAccountId: string; accountNumber: string }> | null
}>

/** The shop of whoever is signed in as an owner on a device, by the service's own word. */
async function shopOf(owner: Phone): Promise<OwnShop> {
  const { body } = await askAs(owner, { method: 'GET', path: '/v1/shops/mine' })
  const [shop] = (body as { shops: OwnShop[] }).shops
  if (shop === undefined) throw new Error('the owner has no shop')
  return shop
}

async function typeAccount(page: Page, accountNumber: string): Promise<void> {
  await page.getByLabel('金融機関コード').fill('9999')
  await page.getByLabel('支店コード').fill('999')
  await page.getByLabel('口座番号').fill(accountNumber)
  await page.getByLabel('口座名義(カナ)').fill('ミライ シヨニチ')
}

/** Fills fields as a password manager does: all of them by one script. */
async function fillAtOnce(page: Page, texts: Readonly<Record<string, string>>): Promise<void> {
  for (const label of Object.keys(texts)) await page.getByLabel(label).waitFor()
  await page.evaluate(`for (const [label, text] of ${JSON.stringify(Object.entries(texts))}) {
    const named = [...document.querySelectorAll('label')].find((it) => it.innerText === label)
    named.control.value = text
    for (const event of ['input', 'change'])
      named.control.dispatchEvent(new Event(event, { bubbles: true }))
  }`)
  for (const [label, text] of Object.entries(texts))
    expect(await page.getByLabel(label).inputValue()).toBe(text)
}

/** The name that the bank will see is right. */
async function confirmAccount(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'この名義で正しい' }).click()
  await page.getByText('事務局の確認を待っています').waitFor()
}

/** A new owner applies, and confirms the account. */
async function apply({ page, screen }: Phone): Promise<void> {
  await page.getByRole('button', { name: 'はじめての方(登録する)' }).click()
  await page.getByRole('link', { name: 'お店を申し込む' }).click()
  await fillAtOnce(page, {
    業種: 'restaurant',
    店名: name,
    住所: 'みらい区中央2-2-2',
  })
  await typeAccount(page, '7654321')
  await page.getByRole('button', { name: '申し込む', exact: true }).click()
  await page.getByText(`「${name}」を申し込みました`).waitFor()
  await screen('shop-applied')
  await page.getByRole('link', { name: 'この名義で正しい' }).click()
  await confirmAccount(page)
}

/** The federation checks the account and accepts the shop. */
async function accept({ shopId, proposedAccount }: OwnShop): Promise<void> {
  for (const [path, reason] of [
    [`/v1/payee-accounts/${proposedAccount?.payeeAccountId}/check`, {}],
    [`/v1/shops/${shopId}/decision`, { reason: '書類を確認した' }],
  ] as const) {
    const body = { decision: 'accept', ...reason }
    const asked = { method: 'POST', service: 'settlement', path, body } as const
    expect(await stage('asClerk', asked)).toMatchObject({ status: 200 })
  }
}

async function sayWhenOpen({ page, open, screen }: Phone): Promise<void> {
  await open('/shop/hours')
  await page.getByRole('checkbox', { name: '月曜日' }).check()
  const closing = page.getByLabel('月曜日 1 閉店')
  await closing.fill('20:30')
  await closing.fill('')
  expect(await closing.inputValue()).toBe('20:30')
  await page.getByLabel('そのほかの休み').fill('第3水曜日')
  await page.getByRole('checkbox', { name: 'English' }).check()
  await page.getByRole('checkbox', { name: '車いすで入れます' }).check()
  await page.getByRole('button', { name: 'いまいる場所を登録' }).click()
  await page.getByText('登録してあります').waitFor()
  await page.getByRole('button', { name: '保存する' }).click()
  await page.getByText('保存しました').waitFor()
  await screen('hours-saved')
}

async function proposeAnotherAccount({ page, open }: Phone): Promise<void> {
  await open('/payouts/account')
  await page.getByText('この口座に振り込みます').waitFor()
  await page.getByText('口座を変える').click()
  await typeAccount(page, '54321')
  await page.getByRole('button', { name: 'この口座を届け出る' }).click()
  await page.getByText('届け出ました。').waitFor()
  await confirmAccount(page)
}

/** A phone of the staff reads the code on the owner's screen, and takes payments from then on. */
async function joinByScreen(owner: Phone, staff: Phone): Promise<void> {
  const { page } = owner
  await owner.open('/shop/tills')
  await page.getByRole('button', { name: '端末を追加する' }).click()
  await page.getByRole('button', { name: 'リンクをコピー' }).click()
  await page.getByText('コピーしました。').waitFor()
  const link = await page.locator('[data-join-link]').getAttribute('data-join-link')
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(link)
  await staff.page.locator('video[data-camera=open]').waitFor()
  await page.getByRole('img', { name: 'スタッフのスマホで' }).scrollIntoViewIfNeeded()
  await staff.camera.sees(await owner.screen('join-code'))
  await staff.page.getByLabel('この端末を使う人の名前').fill('花子')
  await staff.page.getByRole('button', { name: '参加する' }).click()
  await staff.page.getByText(name).waitFor()
  await staff.page.getByRole('button', { name: 'この店のレジになる' }).click()
  await staff.page.getByLabel('金額を入れてください').waitFor()
  await page.getByText('新しい端末が参加しました').waitFor()
}

/** What a button hands over: a file's name and what is in it. */
async function savedBy({ page }: Phone, button: string) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ])
  const file = await readFile(await download.path())
  return { name: download.suggestedFilename(), begins: file.toString('latin1', 0, 5), file }
}

const voiceOf = ({ page }: Phone) =>
  page.getByRole('checkbox', { name: '受け取った金額を声で知らせる' })

/** The customer's code first, the amount afterwards. */
async function takeCodeFirst(payer: Phone, till: Phone): Promise<void> {
  const { page, camera } = till
  await page.getByRole('button', { name: '先にコードを読み取る' }).click()
  await page.locator('video[data-camera=open]').waitFor()
  await camera.sees(await payer.screen())
  await page.getByText('コードを読み取りました。').waitFor()
  await page.getByLabel('金額を入れてください').fill('800')
  await page.getByRole('button', { name: '受け取る', exact: true }).click()
  expect((await resultOn(till, 'success')).text).toContain('800円')
  await camera.seesNothing()
}

async function takeAllBack({ page }: Phone): Promise<void> {
  const row = page.locator('main li', { hasText: '800円' })
  await row.getByRole('button', { name: '取消' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: '閉じる' }).click()
  await dialog.waitFor({ state: 'detached' })
  expect(await page.evaluate('document.activeElement.innerText')).toContain('取消')
  await page.keyboard.press('Enter')
  await dialog.getByLabel('理由').selectOption('returned')
  await dialog.getByRole('button', { name: '800円を取り消す' }).click()
  await dialog.getByText('800円を取り消しました').waitFor()
  await dialog.getByRole('button', { name: '閉じる' }).click()
  await row.getByText('全額取り消しました').waitFor()
}

test("an owner's first day", { timeout: 120_000 }, async ({ phone }) => {
  const owner = await phone({ app: 'shop', path: '/shop' })
  const permissions = ['camera', 'geolocation', 'clipboard-read', 'clipboard-write']
  await owner.context.grantPermissions(permissions)
  await owner.context.setGeolocation({ latitude: 35.7089, longitude: 139.7319 })
  await apply(owner)
  await accept(await shopOf(owner))
  await sayWhenOpen(owner)
  const { shopNo } = await shopOf(owner)
  await proposeAnotherAccount(owner)
  const { account, proposedAccount } = await shopOf(owner)
  expect([account, proposedAccount].map((it) => it?.accountNumber)).toEqual(['7654321', '0054321'])

  const [hana, till] = await Promise.all([
    newResident(phone, { units: 1 }),
    phone({ app: 'shop', path: '/join' }),
  ])
  await hana.open(`/shops/${shopNo}`)
  for (const words of [name, '月 10:00–20:30', '第3水曜日', 'English', '車いすOK'])
    await hana.page.getByText(words).first().waitFor()
  await hana.screen('shop-with-hours')
  await joinByScreen(owner, till)

  await owner.open('/shop/code')
  await owner.page.getByText(shopCodeOf(shopNo), { exact: true }).waitFor()
  for (const [button, size] of [
    ['A4のポスター(PDF)', 'a4'],
    ['ステッカー(PDF)', 'sticker'],
  ] as const)
    expect(await savedBy(owner, button)).toMatchObject({
      name: `minnaken-${shopNo}-${size}.pdf`,
      begins: '%PDF-',
    })

  await till.context.addInitScript(`
    globalThis.spoken = []
    speechSynthesis.speak = ({ text }) => void (text === '' || spoken.push(text))
  `)
  await till.open('/shop')
  await voiceOf(till).uncheck()
  await till.page.getByRole('link', { name: '受け取る' }).click()
  await showCode(hana)
  await owner.open('/today')
  await owner.page.getByText('この日の支払いはありません').waitFor()
  await takeCodeFirst(hana, till)
  // What one till took stands on the list of another device by itself.
  await owner.page.locator('main li', { hasText: '800円' }).waitFor()
  await till.page.getByRole('link', { name: '今日' }).click()
  await takeAllBack(till)
  expect(await spendableYen(hana)).toBe(UNIT_YEN)
  const day = await savedBy(till, 'CSV(表)を保存')
  expect(day.name).toMatch(new RegExp(`^minnaken-${shopNo}-\\d{4}-\\d\\d-\\d\\d\\.csv$`))
  expect(day.file.toString()).toContain('800')
  await till.page.getByRole('link', { name: 'お店' }).click()
  expect(await till.page.evaluate('spoken')).toEqual([])
  await voiceOf(till).check()
  expect(await till.page.evaluate('spoken')).toEqual(['はっぴゃくえん'])
})

test('an owner keeps the files of a statement, and strikes a till off', async ({ phone }) => {
  const { shop, till } = await newCounter(phone)
  const owner = await phone({ app: 'shop' })
  const { page } = owner
  await tellOwner(owner.context, shop)
  await letOwnerIn(owner, shop)
  await owner.open('/payouts')
  await page.locator(`a[href="/payouts/${statementNo}"]`).click()
  for (const [button, kind] of [
    ['PDFを保存', 'pdf'],
    ['CSV(表)を保存', 'csv'],
  ] as const) {
    const asked = page.waitForRequest(/\/file\./)
    const saved = await savedBy(owner, button)
    const path = `/api/v1/shops/${shop.shopId}/statements/${statementNo}/file.${kind}`
    expect(new URL((await asked).url()).pathname).toBe(path)
    expect(saved).toMatchObject({ name: `minnaken-${statementNo}.${kind}`, begins: kind })
  }
  await owner.open('/shop/tills')
  await page.getByRole('button', { name: /^外す/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('「レジ1」を外しますか').waitFor()
  await dialog.getByRole('button', { name: '外す' }).click()
  await page.getByText('に外しました').waitFor()
  await till.open('/shop')
  await till.page.getByText('この端末は使えなくなっています').waitFor()
  await owner.open('/')
  await page.getByRole('button', { name: 'この端末をレジにする' }).click()
  await page.getByLabel('金額を入れてください').waitFor()
})
