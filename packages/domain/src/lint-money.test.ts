import { expect, test } from 'vitest'
import { changed, findingsOf, type Places } from '../tests/_campaign.ts'

const cases: [fact: string, places: Places, findings: string[]][] = [
  [
    'a kind that no shop takes',
    { 'kinds[1].acceptedBy': [] },
    ['error kind_not_taken kinds[1].acceptedBy'],
  ],
  [
    'a kind that is never sold',
    { 'unit.parts': ['COMMON'], 'unit.priceYen': 5000, 'unit.faceYen': 6000 },
    ['warning kind_not_sold kinds[1]'],
  ],
  [
    'parts that cost less than the unit',
    { 'kinds[0].priceYen': 4999 },
    ['error parts_do_not_add_up unit.priceYen'],
  ],
  [
    'parts that are worth more than the unit',
    { 'kinds[0].faceYen': 6001 },
    ['error parts_do_not_add_up unit.faceYen'],
  ],
  [
    'a kind that is worth less than it costs',
    { 'kinds[1].faceYen': 4000, 'kinds[0].faceYen': 8500 },
    ['error premium_negative kinds[1].faceYen'],
  ],
  [
    'a unit that is worth less than it costs',
    { 'kinds[1].faceYen': 3000, 'unit.faceYen': 9000 },
    ['error premium_negative kinds[1].faceYen', 'error premium_negative unit.faceYen'],
  ],
  [
    'a premium over thirty percent',
    { 'kinds[0].faceYen': 6501, 'unit.faceYen': 13001 },
    ['warning premium_over_30_percent unit.faceYen'],
  ],
  ['a premium of exactly thirty percent', { 'kinds[0].faceYen': 6500, 'unit.faceYen': 13000 }, []],
  ['an issue of 13 digits', { 'stock.units': 80_000_000 }, ['error issue_too_large stock.units']],
  [
    'at most less than at least',
    { 'spending.minYen': 500, 'spending.perCodeYenMax': 499 },
    [
      'error spending_limits spending.perCodeYenMax',
      'warning code_limit_below_face spending.perCodeYenMax',
      'warning spending_minimum_leaves_rest spending.minYen',
    ],
  ],
  [
    'a payment must be larger than a whole voucher',
    { 'spending.minYen': 6001 },
    ['error spending_minimum_over_face spending.minYen'],
  ],
  [
    'a limit per code below the smallest kind',
    { 'spending.perCodeYenMax': 5999 },
    ['warning code_limit_below_face spending.perCodeYenMax'],
  ],
  ['a limit per code of the smallest kind', { 'spending.perCodeYenMax': 6000 }, []],
  ['change is given', { 'spending.change': true }, ['error change_is_refund spending.change']],
  ['only whole vouchers', { 'spending.partial': false }, ['error partial_always spending.partial']],
  [
    'rule B closes at month end only',
    { 'settlement.rule': 'B' },
    ['error closings_differ settlement.closings'],
  ],
  ['rule B at month end', { 'settlement.rule': 'B', 'settlement.closings': ['EOM'] }, []],
  ['rule A in any order', { 'settlement.closings': ['EOM', '15'] }, []],
  [
    'shops bear the transfer fee',
    { 'settlement.transferFee': 'SHOP' },
    ['warning transfer_fee_not_withheld settlement.transferFee'],
  ],
]

test.each(cases)('found: %s', (_fact, places, findings) => {
  expect(findingsOf(changed(places))).toEqual(findings)
})
