import { expect, test } from 'vitest'
import { campaignJson, campaignOf, changed } from '../tests/_campaign.ts'
import { drawTermsOf } from './index.ts'

const plain = { algorithm: 'maxmin-v1', campaign: 'MIRAI2027', round: 'r1', units: 48_000, cap: 5 }

test('everyone together is drawn with one cap', () => {
  expect(drawTermsOf(campaignOf(campaignJson()))).toEqual(plain)
})

test('a cap per household is part of the terms', () => {
  const campaign = campaignOf(changed({ 'caps.perHouseholdUnits': 8 }))
  expect(drawTermsOf(campaign)).toEqual({ ...plain, householdCap: 8 })
})

test('order, quotas and caps of groups are part of the terms where a campaign has them', () => {
  const base = { algorithm: 'maxmin-v1', order: ['WORKER', 'RESIDENT'] }
  const strict = campaignOf(changed({ allocation: { ...base, groups: 'strict' } }))
  expect(drawTermsOf(strict)).toEqual({ ...plain, order: base.order })
  const quotas = { WORKER: 8000, RESIDENT: 40_000 }
  const groupCaps = { RESIDENT: 7 }
  const quota = campaignOf(changed({ allocation: { ...base, groups: 'quota', quotas, groupCaps } }))
  expect(drawTermsOf(quota)).toEqual({ ...plain, order: base.order, quota: quotas, groupCaps })
})
