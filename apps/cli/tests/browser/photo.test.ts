import { readFile } from 'node:fs/promises'
import { readPhoto } from '@minnaken/domain'
import { shopCodeOf } from '@minnaken/qr'
import { barriersOn } from './_barriers.ts'
import { misfitsOn } from './_misfits.ts'
import { letOwnerIn, newResident, newShop, resultOn, showCode } from './_people.ts'
import type { Phone } from './_phone.ts'
import { expect, test } from './_test.ts'

const front = await readFile(new URL('../../src/start/shop-front.jpg', import.meta.url))

/** As a camera writes it: taken on its side, and with where that was. */
const sideways = 'ffe1003045786966000049492a0008000000010012010300010000000600000000000000'
const place = Buffer.from('GPS 35.7089', 'ascii')
const taken = Buffer.concat([
  front.subarray(0, 2),
  Buffer.from(sideways, 'hex'),
  place.subarray(0, 10),
  Buffer.alloc(48 + 2 - sideways.length / 2 - 10),
  front.subarray(2),
])

type Drawn = Readonly<{ widthPx: number; heightPx: number; address: string }>

/** What has really been drawn of the photo. */
async function photoOn({ page }: Phone, name: string): Promise<Drawn> {
  await page.getByRole('img', { name, exact: true }).waitFor()
  return page.evaluate(`(async (image) => {
    await image.decode()
    return { widthPx: image.naturalWidth, heightPx: image.naturalHeight, address: image.src }
  })(document.querySelector('img[alt="${name}"]'))`)
}

const upright = { widthPx: 360, heightPx: 480 }

test('the photo that an owner chooses is on the card of whoever reads the code of the shop', async ({
  phone,
}) => {
  const shop = await newShop('みらい写真館')
  const owner = await phone({ app: 'shop' })
  const { page } = owner
  await letOwnerIn(owner, shop)
  await owner.open('/shop/photo')
  await page.getByText('まだ写真がありません').waitFor()
  await owner.screen('photo-none')
  const file = { name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer: taken }
  await page.getByLabel('写真を選ぶ・撮る').setInputFiles(file)
  await page.getByText('まだ保存していません。').waitFor()
  expect(await photoOn(owner, 'みらい写真館の写真')).toMatchObject(upright)
  expect(await barriersOn(owner)).toEqual([])
  await owner.screen('photo-chosen')
  await page.getByRole('button', { name: 'この写真を保存する' }).click()
  await page.getByText('写真を保存しました').waitFor()
  await page.setViewportSize({ width: 820, height: 1_180 })
  await owner.screen('photo-saved-820')

  const hana = await newResident(phone, { units: 1 })
  await showCode(hana)
  await hana.open(`/s/${shopCodeOf(shop.shopNo)}`)
  const shown = await photoOn(hana, 'みらい写真館の写真')
  expect(shown).toMatchObject(upright)
  const sent = await (await hana.context.request.get(shown.address)).body()
  expect(readPhoto(sent)).toEqual({ kind: 'photo', ...upright })
  expect(await barriersOn(hana)).toEqual([])
  await hana.screen('card-with-photo')
  await hana.page.setViewportSize({ width: 820, height: 1_180 })
  await hana.screen('card-with-photo-820')
  await hana.page.setViewportSize({ width: 320, height: 640 })
  expect(await misfitsOn(hana)).toEqual([])
  await hana.screen('card-with-photo-320')
  await hana.page.setViewportSize({ width: 820, height: 1_180 })
  await hana.open(`/shops/${shop.shopNo}`)
  expect(await photoOn(hana, 'みらい写真館の写真')).toMatchObject(upright)
  await hana.screen('shop-with-photo-820')

  await page.getByRole('button', { name: '写真を消す' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '写真を消す' }).click()
  await page.getByText('写真を消しました').waitFor()
  await hana.open(`/s/${shopCodeOf(shop.shopNo)}`)
  await hana.page.getByLabel('払う金額').waitFor()
  expect(await hana.page.getByRole('img', { name: 'みらい写真館の写真' }).count()).toBe(0)
})

test('a photo that does not come keeps nobody from paying, and moves nothing', async ({
  phone,
}) => {
  const shop = await newShop('みらい暗室')
  const owner = await phone({ app: 'shop' })
  await letOwnerIn(owner, shop)
  await owner.open('/shop/photo')
  const input = owner.page.getByLabel('写真を選ぶ・撮る')
  const text = { name: 'note.jpg', mimeType: 'image/jpeg', buffer: place }
  await input.setInputFiles(text)
  await owner.page.getByText('この写真は開けませんでした。').waitFor()
  await input.setInputFiles({ name: 'front.jpg', mimeType: 'image/jpeg', buffer: front })
  await owner.page.getByRole('button', { name: 'この写真を保存する' }).click()
  await owner.page.getByText('写真を保存しました').waitFor()

  const hana = await newResident(phone, { units: 1 })
  const { page } = hana
  await showCode(hana)
  let asked = 0
  const lose = Promise.withResolvers<void>()
  await page.route('**/api/v1/public/shop-photos/*', async (route) => {
    asked += 1
    await lose.promise
    await route.abort()
  })
  await hana.open(`/s/${shopCodeOf(shop.shopNo)}`)
  const amount = page.getByLabel('払う金額')
  await amount.fill('800')
  const before = await amount.boundingBox()
  lose.resolve()
  await page.getByRole('img', { name: 'みらい暗室の写真' }).waitFor({ state: 'detached' })
  expect(asked).toBeGreaterThan(0)
  expect(await amount.boundingBox()).toEqual(before)
  await hana.screen('card-without-photo')
  await page.getByRole('button', { name: '内訳を確かめる' }).click()
  await page.getByRole('button', { name: '800円を払う' }).click()
  expect((await resultOn(hana, 'success')).text).toContain('800円')
})
