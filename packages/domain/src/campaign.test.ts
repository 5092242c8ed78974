import { expect, test } from 'vitest'
import { campaignJson, campaignOf, changed } from '../tests/_campaign.ts'
import {
  expiresAt,
  firstIssueDate,
  lastLawfulExpiry,
  parseCampaign,
  parseInstant,
  partsOf,
  unitPremium,
  unpaidReleasedAt,
  useWindow,
} from './index.ts'

const at = (text: string): number => Date.parse(text)

const faultsOf = (file: unknown) => {
  const parsed = parseCampaign(file)
  return 'faults' in parsed ? parsed.faults.map(({ path, rule }) => `${path} ${rule}`) : []
}

test('the worked campaign is read with every figure of its file', () => {
  const campaign = campaignOf(campaignJson())
  expect(campaign.windows.apply).toEqual({
    from: at('2026-12-01T01:00:00Z'),
    until: at('2026-12-17T15:00:00Z'),
  })
  expect(partsOf(campaign).map((kind) => [kind.code, kind.priceYen, kind.faceYen])).toEqual([
    ['COMMON', 5000, 6000],
    ['LIMITED', 5000, 6500],
  ])
  expect(unitPremium(campaign)).toBe(2500)
  expect(useWindow(campaign)).toEqual({
    from: at('2027-01-31T15:00:00Z'),
    until: at('2027-07-31T15:00:00Z'),
  })
  expect(expiresAt(campaign)).toBe(at('2027-07-31T15:00:00Z'))
  expect(unpaidReleasedAt(campaign)).toBe(at('2027-02-16T15:00:00Z'))
  expect(campaign.allocation).toEqual({ groups: 'together', algorithm: 'maxmin-v1' })
})

test('a campaign that says nothing of spending takes 50,000 yen at most by one code', () => {
  const campaign = campaignOf(changed({ spending: undefined }))
  const spending = { minYen: 1, perCodeYenMax: 50_000, change: false, partial: true }
  expect(campaign.spending).toEqual(spending)
  expect(campaignOf(changed({ spending: {} })).spending).toEqual(spending)
})

test('what may be left out has a meaning of its own', () => {
  const campaign = campaignOf(
    changed({
      'windows.secondSale': undefined,
      'caps.secondSalePerPerson': undefined,
      'settlement.minimumYen': undefined,
      'settlement.transferFee': undefined,
      'settlement.shopFeeBps': undefined,
      'eligibility.minAge': undefined,
    }),
  )
  expect(campaign.windows.secondSale).toBeNull()
  expect(campaign.caps).toEqual({
    perPersonUnits: 5,
    perHouseholdUnits: null,
    secondSalePerPerson: null,
  })
  expect(campaign.settlement).toMatchObject({ minimumYen: 0, transferFee: 'FEDERATION' })
})

test('groups are served in a strict order or by quota, each with its own cap', () => {
  const base = { algorithm: 'maxmin-v1', order: ['WORKER', 'RESIDENT'], groupCaps: { WORKER: 3 } }
  const strict = campaignOf(changed({ allocation: { ...base, groups: 'strict' } })).allocation
  expect(strict).toEqual({ ...base, groups: 'strict', groupCaps: new Map([['WORKER', 3]]) })
  const quotas = { RESIDENT: 40000, WORKER: 8000 }
  const quota = campaignOf(changed({ allocation: { ...base, groups: 'quota', quotas } })).allocation
  expect(quota).toMatchObject({ groups: 'quota', quotas: new Map(Object.entries(quotas)) })
})

const broken: [fact: string, places: Parameters<typeof changed>[0], faults: string[]][] = [
  ['a name is missing', { name: undefined }, ['name missing']],
  ['a field nobody knows', { premuim: 1 }, ['premuim unknown_field']],
  ['a field nobody knows, inside', { 'windows.aply': 1 }, ['windows.aply unknown_field']],
  ['a name that is no word', { 'caps.a b': 1 }, ['caps["a b"] unknown_field']],
  [
    'an order without groups in order',
    { 'allocation.order': [] },
    ['allocation.order unknown_field'],
  ],
  ['yen as text', { 'unit.priceYen': '10000' }, ['unit.priceYen integer']],
  ['yen with a fraction', { 'kinds[0].priceYen': 0.5 }, ['kinds[0].priceYen integer']],
  ['yen below zero', { 'kinds[1].faceYen': -6500 }, ['kinds[1].faceYen integer']],
  ['yen of eleven digits', { 'unit.faceYen': 10_000_000_000 }, ['unit.faceYen integer']],
  ['a day that does not exist', { issueDate: '2027-02-29' }, ['issueDate date']],
  [
    'a moment without its offset',
    { 'windows.draw': '2027-01-12T10:00:00' },
    ['windows.draw instant'],
  ],
  ['a moment as a number', { expiresExclusive: 1_800_000_000 }, ['expiresExclusive instant']],
  ['half a window', { 'windows.pay': ['2027-02-01T10:00:00+09:00'] }, ['windows.pay window']],
  [
    'the end of a window without its offset',
    { 'windows.use[1]': '2027-08-01' },
    ['windows.use[1] instant'],
  ],
  ['another currency', { currency: 'USD' }, ['currency one_of']],
  [
    'a class of shop that does not exist',
    { 'kinds[1].acceptedBy[0]': 'BIG' },
    ['kinds[1].acceptedBy[0] one_of'],
  ],
  [
    'a class of shop twice',
    { 'kinds[1].acceptedBy': ['TAXI', 'TAXI'] },
    ['kinds[1].acceptedBy[1] twice'],
  ],
  ['a kind twice', { 'kinds[1].code': 'COMMON' }, ['kinds[1].code twice']],
  ['a part that is no kind', { 'unit.parts[1]': 'CHILD' }, ['unit.parts[1] unknown_kind']],
  ['a part twice', { 'unit.parts[1]': 'COMMON' }, ['unit.parts[1] twice']],
  ['no parts', { 'unit.parts': [] }, ['unit.parts too_few']],
  ['no groups', { 'eligibility.groups': 'ALL' }, ['eligibility.groups list']],
  ['an unknown way of sharing', { 'allocation.groups': 'random' }, ['allocation.groups one_of']],
  ['a blank name', { name: ' ' }, ['name text']],
  ['a control character in a name', { issuer: 'みらい\u0000区' }, ['issuer text']],
  ['an id with a colon, which the draw uses', { id: 'A:B' }, ['id code']],
  ['an unknown way to claim', { 'premium.claim': 'SOMETIME' }, ['premium.claim one_of']],
  ['a yes that is no yes', { 'spending.change': 'no' }, ['spending.change boolean']],
  ['caps that are no object', { caps: 5 }, ['caps object']],
  [
    'a group that nobody belongs to',
    {
      allocation: {
        algorithm: 'maxmin-v1',
        groups: 'quota',
        order: ['RESIDENT', 'GUEST'],
        quotas: { RESIDENT: 1, constructor: 2 },
        groupCaps: { CHILD: 7 },
      },
    },
    [
      'allocation.order[1] unknown_group',
      'allocation.groupCaps.CHILD unknown_group',
      'allocation.quotas.constructor unknown_group',
    ],
  ],
  [
    'several things at once, all told',
    { id: '', 'kinds[0].label': 7, 'windows.use': undefined },
    ['id code', 'kinds[0].label text', 'windows.use missing'],
  ],
]

test.each(broken)('refused with its path and rule: %s', (_fact, places, faults) => {
  expect(faultsOf(changed(places))).toEqual(faults)
})

test('every fault is told in Japanese and in English', () => {
  for (const [, places] of broken) {
    const parsed = parseCampaign(changed(places))
    for (const fault of 'faults' in parsed ? parsed.faults : [])
      expect(fault).toMatchObject({ ja: /[ぁ-んァ-ヶ一-龠]/, en: /^[\x20-\x7e¥]+$/ })
  }
})

test.each([[null], [[]], ['campaign'], [7], [undefined]])('%j is no campaign', (value) => {
  expect(faultsOf(value)).toEqual([' object'])
})

test('__proto__ in a file is a field nobody knows', () => {
  const file: unknown = JSON.parse(
    JSON.stringify(campaignJson()).replace('{', '{"__proto__":{"id":"X"},'),
  )
  expect(faultsOf(file)).toEqual(['__proto__ unknown_field'])
})

test('the first issue is the earlier of the issue date and the first day of sale', () => {
  expect(firstIssueDate(campaignOf(campaignJson()))).toBe('2027-02-01')
  const early = campaignOf(changed({ 'windows.pay[0]': '2027-01-31T23:59:59+09:00' }))
  expect(firstIssueDate(early)).toBe('2027-01-31')
})

test.each([
  ['2027-02-01', '2027-08-01'],
  ['2026-08-31', '2027-02-28'],
  ['2027-08-31', '2028-02-29'],
])('six months from %s end on %s', (issued, end) => {
  const campaign = campaignOf(
    changed({
      issueDate: issued,
      'windows.pay[0]': `${issued}T10:00:00+09:00`,
      'windows.secondSale': undefined,
    }),
  )
  expect(lastLawfulExpiry(campaign)).toBe(at(`${end}T00:00:00+09:00`))
})

test('one moment written in two offsets is one moment', () => {
  expect(parseInstant('2027-02-01T10:00:00+09:00')).toBe(parseInstant('2027-02-01T01:00:00Z'))
  expect(parseInstant('2027-01-31T20:00:00.250-05:00')).toBe(at('2027-02-01T01:00:00.250Z'))
})

test.each([
  ['2027-02-01T10:00:00'],
  ['2027-02-30T10:00:00Z'],
  ['2027-02-01T24:00:00Z'],
  ['2027-02-01T10:00:60Z'],
  ['2027-02-01 10:00:00Z'],
  ['2027-02-01T10:00:00+0900'],
  ['2027-02-01T10:00:00.0001Z'],
  ['2027-02-01'],
  [''],
])('%s is not read as a moment', (text) => {
  expect(parseInstant(text)).toBeNull()
})
