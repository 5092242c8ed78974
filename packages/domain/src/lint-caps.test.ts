import { expect, test } from 'vitest'
import { changed, findingsOf, type Places } from '../tests/_campaign.ts'

const grouped = (rest: { [field: string]: string | string[] | { [group: string]: number } }) => ({
  allocation: { algorithm: 'maxmin-v1', order: ['RESIDENT', 'WORKER'], groups: 'strict', ...rest },
})

const cases: [fact: string, places: Places, findings: string[]][] = [
  ['nothing to sell', { 'stock.units': 0 }, ['error stock_empty stock.units']],
  [
    'nobody may buy',
    {
      'caps.perPersonUnits': 0,
      'caps.secondSalePerPerson': undefined,
      'windows.secondSale': undefined,
    },
    ['error cap_zero caps.perPersonUnits'],
  ],
  [
    'a cap over the stock',
    { 'stock.units': 4, 'caps.secondSalePerPerson': 2 },
    ['error cap_over_stock caps.perPersonUnits'],
  ],
  [
    'a household may have less than a person',
    { 'caps.perHouseholdUnits': 4 },
    ['error household_cap_below_person_cap caps.perHouseholdUnits'],
  ],
  ['a household may have as much as a person', { 'caps.perHouseholdUnits': 5 }, []],
  [
    'households and an order of groups',
    { ...grouped({}), 'caps.perHouseholdUnits': 8 },
    ['error households_with_groups caps.perHouseholdUnits'],
  ],
  [
    'the second sale allows more than a person may have',
    { 'caps.secondSalePerPerson': 6 },
    ['error second_sale_cap_over_person_cap caps.secondSalePerPerson'],
  ],
  [
    'a second sale without its cap',
    { 'caps.secondSalePerPerson': undefined },
    ['error second_sale_without_cap caps.secondSalePerPerson'],
  ],
  ['groups in strict order', grouped({ groupCaps: { WORKER: 3 } }), []],
  [
    'a group without a place in the order',
    grouped({ order: ['RESIDENT'] }),
    ['error group_without_place allocation.order'],
  ],
  [
    'a cap of a group over the stock, and one of 0',
    grouped({ groupCaps: { WORKER: 48_001, RESIDENT: 0 } }),
    [
      'error cap_over_stock allocation.groupCaps.WORKER',
      'error cap_zero allocation.groupCaps.RESIDENT',
    ],
  ],
  [
    'quotas that add up',
    grouped({ groups: 'quota', quotas: { RESIDENT: 40_000, WORKER: 8000 } }),
    [],
  ],
  [
    'quotas that do not add up',
    grouped({ groups: 'quota', quotas: { RESIDENT: 40_000, WORKER: 8001 } }),
    ['error quotas_do_not_add_up allocation.quotas'],
  ],
  [
    'a group without a quota, and one of nothing',
    grouped({ groups: 'quota', quotas: { RESIDENT: 0 } }),
    [
      'error quota_missing allocation.quotas.WORKER',
      'warning quota_zero allocation.quotas.RESIDENT',
      'error quotas_do_not_add_up allocation.quotas',
    ],
  ],
]

test.each(cases)('found: %s', (_fact, places, findings) => {
  expect(findingsOf(changed(places))).toEqual(findings)
})
