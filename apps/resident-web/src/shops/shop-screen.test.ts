import { shopNoOf } from '@minnaken/qr'
import { queries } from '@minnaken/ui'
import { afterEach, expect, test } from 'vitest'
import { campaignsAnswer } from '../answers.ts'
import { typedShop } from '../pay/read-code.ts'
import { drawnAt } from '../testing.ts'
import { ShopScreen } from './shop-screen.tsx'
import { shopsAnswer } from './shops-answer.ts'

const shop = {
  shopNo: '100234',
  name: 'みらい商店',
  address: 'みらい区中央1-1-1',
  category: 'retail',
  shopClass: 'SMALL',
} as const

afterEach(() => queries.clear())

/** The page of a shop, as it is when everything has come. */
const pageOf = (shopNo: string): Promise<string> =>
  drawnAt(`/shops/${shopNo}`, { path: '/shops/$shopNo', component: ShopScreen })

test('the number on the page of a shop is one that can be typed to pay there', async () => {
  queries.setQueryData(shopsAnswer.queryKey, [shop] as never)
  queries.setQueryData(campaignsAnswer.queryKey, [])
  const page = await pageOf(shop.shopNo)
  const digits = /data-shop-code="true">([^<]*)</.exec(page)?.[1] ?? ''
  expect(typedShop(digits)).toBe(digits)
  expect(shopNoOf(digits)).toBe(shop.shopNo)
})

test('hours past midnight are told as a clock shows them', async () => {
  const hours = [{ days: [5, 6], from: '18:00', until: '26:00' }]
  queries.setQueryData(shopsAnswer.queryKey, [{ ...shop, hours }] as never)
  queries.setQueryData(campaignsAnswer.queryKey, [])
  const page = await pageOf(shop.shopNo)
  expect(page).toContain('18:00–')
  expect(page).toContain('shops.next_day')
  expect(page).not.toContain('26:00')
})
