import { expect, test } from 'vitest'
import { campaignJson, campaignOf, changed } from '../tests/_campaign.ts'
import { hasErrors, lintCampaignFile, lintTogether } from './index.ts'

test('the worked campaign has no finding at all', () => {
  expect(lintCampaignFile(campaignJson())).toEqual([])
})

test('every finding is told in Japanese and in English', () => {
  const allocation = {
    algorithm: 'maxmin-v1',
    groups: 'quota',
    order: ['RESIDENT'],
    quotas: {},
    groupCaps: { WORKER: 0 },
  }
  const findings = lintCampaignFile(
    changed({
      allocation,
      'kinds[0].acceptedBy': [],
      'kinds[1].faceYen': 1,
      'caps.perHouseholdUnits': 1,
      'caps.secondSalePerPerson': 50_000,
      'windows.apply[1]': '2026-12-01T00:00:00Z',
      'windows.draw': '2026-11-01T00:00:00Z',
      'windows.secondSale[0]': '2027-02-15T00:00:00+09:00',
      expiresExclusive: '2027-08-02T00:00:00Z',
      issueDate: '2027-01-01',
      spending: { minYen: 2, perCodeYenMax: 1, change: true, partial: false },
      'settlement.rule': 'C',
      'settlement.transferFee': 'SHOP',
    }),
  )
  expect(findings.length).toBeGreaterThan(20)
  for (const { message } of findings)
    expect(message).toMatchObject({ ja: /[ぁ-んァ-ヶ一-龠]/, en: /^[\x20-\x7e¥]+$/ })
})

test('a warning alone leaves a campaign valid, an error does not', () => {
  expect(hasErrors(lintCampaignFile(changed({ 'settlement.transferFee': 'SHOP' })))).toBe(false)
  expect(hasErrors(lintCampaignFile(changed({ 'spending.change': true })))).toBe(true)
})

test('what cannot be read is an error with its own rule and path', () => {
  expect(lintCampaignFile(changed({ 'windows.use[1]': '2027-08-01' }))).toMatchObject([
    { level: 'error', rule: 'instant', path: 'windows.use[1]' },
  ])
})

test('campaigns of one federation share one settlement', () => {
  const ours = campaignOf(campaignJson())
  const other = campaignOf(
    changed({ id: 'MIRAI2028', 'settlement.rule': 'B', 'settlement.shopFeeBps': 100 }),
  )
  const stranger = campaignOf(
    changed({ id: 'TONARI2027', issuer: 'となり区商店街連合会', 'settlement.rule': 'C' }),
  )
  expect(lintTogether([ours, stranger])).toEqual([])
  expect(lintTogether([ours, stranger, other]).map(({ rule, path }) => `${rule} ${path}`)).toEqual([
    'settlement_differs campaigns[2].settlement.rule',
    'settlement_differs campaigns[2].settlement.shopFeeBps',
  ])
  expect(lintTogether([ours, ours])).toMatchObject([
    { rule: 'campaign_id_twice', path: 'campaigns[1].id' },
  ])
})
