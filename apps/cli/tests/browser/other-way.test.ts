import { randomInt } from 'node:crypto'
import { UNIT_YEN, apply, askAs, newResident, newShop, spendableYen } from './_people.ts'
import type { Phone } from './_phone.ts'
import { stage } from './_stage.ts'
import { expect, test } from './_test.ts'

/** What the resident has applied for, by the service's own word. */
async function appliedFor(resident: Phone, campaign: string): Promise<unknown> {
  const path = `/v1/campaigns/${campaign}/applications/mine`
  return (await askAs(resident, { method: 'GET', path })).body
}

async function changeMind({ page, screen }: Phone): Promise<void> {
  await page.getByRole('button', { name: '1口増やす' }).click()
  await page.getByRole('button', { name: '3口に変える' }).click()
  await page.getByText('変更しました。').waitFor()
  await screen('application-changed')
}

async function withdraw({ page }: Phone): Promise<void> {
  const button = { name: '申込みを取り下げる' } as const
  await page.getByRole('button', button).click()
  await page.getByRole('dialog').getByRole('button', button).click()
  await page.getByRole('button', { name: '1口 申し込む' }).waitFor()
}

/** Somebody without a postcard, or with the code of another one. */
async function claimWrongly({ page, screen }: Phone): Promise<void> {
  await page.getByRole('link', { name: 'はがきの申込みを引き継ぐ' }).click()
  const claim = page.getByRole('button', { name: '引き継ぐ' })
  await claim.click()
  await page.getByText('引継コードを入れてください。').waitFor()
  await page.getByLabel('申込番号').fill('M-000001')
  await page.getByLabel('引継コード').fill('ABCD-EFGH-JKLM')
  await claim.click()
  await page.getByText('申込番号か引継コードが正しくないか').waitFor()
  await screen('claim-refused')
}

/** Takes two units to the convenience store; the screen hears of it by itself. */
async function buyBySlip({ open, page, screen }: Phone): Promise<void> {
  const { campaign } = await stage('look')
  await open(`/apply/${campaign}`)
  const units = page.locator('output[data-units]')
  for (let left = Number(await units.getAttribute('data-units')); left > 2; left -= 1)
    await page.getByRole('button', { name: '1口減らす' }).click()
  await page.getByText('コンビニで払う').click()
  await page.getByRole('button', { name: 'コンビニで20,000円を払う' }).click()
  await page.locator('[data-order=reserved] [data-slip-no]:not([data-slip-no=""])').waitFor()
  await screen('slip')
  await page.getByRole('button', { name: '払ったことにする(試し用)' }).click()
  await page.locator('[data-order=paid]').getByText('購入しました').waitFor()
}

/** By keys alone: as many as may be, where the next press changes nothing, and back to one. */
async function chooseUnits({ page }: Phone): Promise<void> {
  const units = page.locator('output[data-units]')
  const cap = (await page.getByText(/^\d+口まで選べます$/).innerText()).replace(/\D.*/, '')
  for (const [name, last] of [
    ['1口増やす', cap],
    ['1口減らす', '1'],
  ] as const) {
    const button = page.getByRole('button', { name })
    await button.focus()
    for (let times = 0; times <= Number(cap); times++) await page.keyboard.press('Enter')
    expect(await units.getAttribute('data-units')).toBe(last)
    expect(await page.evaluate('document.activeElement.ariaLabel')).toBe(name)
  }
}

test('somebody changes their mind, applies again, and pays at a convenience store', async ({
  phone,
}) => {
  const { code } = await stage('openCampaign', { id: `ATO${randomInt(1e9)}` })
  const hana = await newResident(phone)
  await hana.open(`/apply/${code}`)
  await chooseUnits(hana)
  await apply(hana)
  await changeMind(hana)
  expect(await appliedFor(hana, code)).toMatchObject({ state: 'active', units: 3 })
  await withdraw(hana)
  expect(await appliedFor(hana, code)).toMatchObject({ state: 'withdrawn' })
  await claimWrongly(hana)
  await hana.open(`/apply/${code}`)
  await apply(hana)
  expect(await appliedFor(hana, code)).toMatchObject({ state: 'active', units: 2 })
  await buyBySlip(hana)
  expect(await spendableYen(hana)).toBe(2 * UNIT_YEN)
})

/** Where the resident stands. */
const here = { latitude: 35.7089, longitude: 139.7319 }

/** A new shop that says something of itself. */
async function shopWith(
  name: string,
  profile: Readonly<{ latitude: string; languages: string[] }>,
) {
  const shop = await newShop(name)
  const { languages, latitude } = profile
  const { status } = await stage('asOwner', {
    shopId: shop.shopId,
    method: 'PUT',
    service: 'settlement',
    path: `/v1/shops/${shop.shopId}/profile`,
    body: {
      hours: [],
      closedDays: '',
      languages,
      stepFree: false,
      location: { latitude, longitude: String(here.longitude) },
    },
  })
  expect(status).toBe(200)
  return shop
}

test('somebody finds the nearest shop, in the language and size of their choice', async ({
  phone,
}) => {
  const far = await shopWith('みちくさ書店', { latitude: '35.7189', languages: ['ja', 'en'] })
  const near = await shopWith('みちくさ茶屋', { latitude: '35.7099', languages: ['ja'] })
  const hana = await phone({ app: 'resident', path: '/shops' })
  const { page, context } = hana
  await context.grantPermissions(['geolocation'])
  await context.setGeolocation(here)
  const listed = () =>
    page.locator('main li a > span:first-child > span:first-child').allInnerTexts()
  await page.getByLabel('お店をさがす').fill('ミチクサ')
  await expect.poll(listed).toEqual([far.name, near.name])
  const english = page.getByRole('button', { name: 'English OK' })
  await english.click()
  await expect.poll(listed).toEqual([far.name])
  await page.getByLabel('種類').selectOption('retail')
  await english.click()
  await page.getByRole('button', { name: '近い順に並べる' }).click()
  await expect.poll(listed).toEqual([near.name, far.name])
  await page.locator('main li', { hasText: near.name }).getByText('110m').waitFor()
  await hana.screen('shops-nearest-first')

  await page.getByRole('link', { name: 'その他' }).click()
  await page.getByRole('link', { name: 'ことば' }).click()
  await page.getByRole('radio', { name: 'English' }).click()
  await page.getByRole('heading', { name: 'Language' }).waitFor()
  await page.getByRole('link', { name: 'More' }).click()
  await page.getByRole('link', { name: 'Text size' }).click()
  await page.getByRole('radio', { name: 'Very large' }).check()
  await page.reload()
  await page.getByRole('heading', { name: 'Text size' }).waitFor()
  expect(await page.getByRole('radio', { name: 'Very large' }).isChecked()).toBe(true)
  expect(await page.evaluate('getComputedStyle(document.documentElement).fontSize')).toBe('23px')
  await hana.screen('largest-text')
})
