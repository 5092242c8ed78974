import type { Campaign } from './campaign.ts'
import { error, type Finding, warning } from './lint-finding.ts'

/** Findings about units: caps that nobody can reach or that shut everyone out, and quotas. */
export const lintCaps = (campaign: Campaign): readonly Finding[] => [
  ...lintStock(campaign),
  ...lintHousehold(campaign),
  ...lintSecondSale(campaign),
  ...lintGroups(campaign),
]

function lintStock(campaign: Campaign): Finding[] {
  const { stock, caps } = campaign
  if (stock.units === 0) {
    const words = { ja: '販売する口がありません', en: 'there is nothing to sell' }
    return [error('stock_empty', { path: 'stock.units', ...words })]
  }
  const all = [{ path: 'caps.perPersonUnits', cap: caps.perPersonUnits }]
  if (caps.perHouseholdUnits !== null)
    all.push({ path: 'caps.perHouseholdUnits', cap: caps.perHouseholdUnits })
  if (caps.secondSalePerPerson !== null)
    all.push({ path: 'caps.secondSalePerPerson', cap: caps.secondSalePerPerson })
  if (campaign.allocation.groups !== 'together')
    for (const [group, cap] of campaign.allocation.groupCaps)
      all.push({ path: `allocation.groupCaps.${group}`, cap })
  const findings: Finding[] = []
  for (const { path, cap } of all) {
    if (cap === 0) {
      const words = { ja: '上限が0口では誰も買えません', en: 'a cap of 0 lets nobody buy' }
      findings.push(error('cap_zero', { path, ...words }))
    }
    if (cap > stock.units) {
      const ja = `上限 ${cap}口 が総数 ${stock.units}口 を超えます`
      const en = `a cap of ${cap} is over the whole stock of ${stock.units}`
      findings.push(error('cap_over_stock', { path, ja, en }))
    }
  }
  return findings
}

function lintHousehold({ caps, allocation }: Campaign): Finding[] {
  const household = caps.perHouseholdUnits
  if (household === null) return []
  const findings: Finding[] = []
  const path = 'caps.perHouseholdUnits'
  if (household < caps.perPersonUnits) {
    const ja = `世帯の上限 ${household}口 が一人の上限 ${caps.perPersonUnits}口 より小さく、一人の上限まで買える人がいません`
    const en = `${household} is below a person's cap of ${caps.perPersonUnits}, out of reach`
    findings.push(error('household_cap_below_person_cap', { path, ja, en }))
  }
  if (allocation.groups !== 'together') {
    const ja = '区分の順番と世帯の上限は一緒に使えません'
    const en = 'a cap per household together with an order of groups is not defined'
    findings.push(error('households_with_groups', { path, ja, en }))
  }
  return findings
}

function lintSecondSale({ caps, windows }: Campaign): Finding[] {
  const path = 'caps.secondSalePerPerson'
  const cap = caps.secondSalePerPerson
  if (windows.secondSale === null) {
    if (cap === null) return []
    const words = { ja: '二次販売の期間がありません', en: 'there is no window for a second sale' }
    return [error('second_sale_without_window', { path, ...words })]
  }
  if (cap === null) {
    const words = { ja: '二次販売の上限がありません', en: 'the second sale has no cap' }
    return [error('second_sale_without_cap', { path, ...words })]
  }
  if (cap <= caps.perPersonUnits) return []
  const ja = `二次販売の上限 ${cap}口 が一人の上限 ${caps.perPersonUnits}口 を超えます`
  const en = `a cap of ${cap} in the second sale is over a person's cap of ${caps.perPersonUnits}`
  return [error('second_sale_cap_over_person_cap', { path, ja, en })]
}

function lintGroups({ allocation, eligibility, stock }: Campaign): Finding[] {
  if (allocation.groups === 'together') return []
  const findings: Finding[] = []
  const missing = eligibility.groups.filter((group) => !allocation.order.includes(group))
  if (missing.length > 0) {
    const ja = `${missing.join('・')} の順番がありません`
    const en = `${missing.join(', ')} has no place in the order`
    findings.push(error('group_without_place', { path: 'allocation.order', ja, en }))
  }
  if (allocation.groups === 'strict') return findings
  const { order, quotas } = allocation
  for (const group of order.filter((each) => !quotas.has(each))) {
    const words = { ja: '割当がありません', en: 'has no quota' }
    findings.push(error('quota_missing', { path: `allocation.quotas.${group}`, ...words }))
  }
  for (const [group, units] of quotas) {
    if (units > 0) continue
    const ja = '割当が0口です。余りが回らなければ誰も当選しません'
    const en = 'is 0: nobody in this group wins unless units are left over'
    findings.push(warning('quota_zero', { path: `allocation.quotas.${group}`, ja, en }))
  }
  const sum = [...quotas.values()].reduce((total, units) => total + units, 0)
  if (sum !== stock.units) {
    const ja = `割当の合計 ${sum}口 が総数 ${stock.units}口 と違います`
    const en = `the quotas are ${sum} units in all, the stock ${stock.units}`
    findings.push(error('quotas_do_not_add_up', { path: 'allocation.quotas', ja, en }))
  }
  return findings
}
