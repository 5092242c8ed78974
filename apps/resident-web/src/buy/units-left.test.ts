import { expect, test } from 'vitest'
import { secondSaleLeft } from './units-left.ts'

const campaign = {
  code: 'AKI',
  caps: { perPersonUnits: 5, perHouseholdUnits: null, secondSalePerPerson: 2 },
}
const order = { campaign: 'AKI', sale: 'second_sale', state: 'paid', units: 1 } as const

test('what is paid and reserved counts, what was declined or lapsed does not', () => {
  expect(secondSaleLeft(campaign, [])).toBe(2)
  expect(secondSaleLeft(campaign, [order])).toBe(1)
  expect(secondSaleLeft(campaign, [order, { ...order, state: 'reserved' }])).toBe(0)
  expect(secondSaleLeft(campaign, [{ ...order, state: 'declined' }])).toBe(2)
  expect(secondSaleLeft(campaign, [{ ...order, state: 'lapsed' }])).toBe(2)
  expect(secondSaleLeft(campaign, [{ ...order, campaign: 'HARU' }])).toBe(2)
})

test('units of a win count for what one person may have in all', () => {
  expect(secondSaleLeft(campaign, [{ ...order, sale: 'win', units: 4 }])).toBe(1)
  expect(secondSaleLeft(campaign, [{ ...order, sale: 'win', units: 5 }])).toBe(0)
})
