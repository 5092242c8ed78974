import { type Campaign, partsOf, type SettlementTerms, unitPremium } from './campaign.ts'
import { error, type Finding, warning } from './lint-finding.ts'
import { sumYen } from './yen.ts'

/** Findings about money: parts and unit, premium, spending limits, and how shops are paid. */
export const lintMoney = (campaign: Campaign): readonly Finding[] => [
  ...lintKinds(campaign),
  ...lintUnit(campaign),
  ...lintSpending(campaign),
  ...lintSettlement(campaign.settlement),
]

function lintKinds({ kinds, unit }: Campaign): Finding[] {
  const findings: Finding[] = []
  for (const [index, kind] of kinds.entries()) {
    const path = `kinds[${index}]`
    if (kind.acceptedBy.length === 0) {
      const ja = `${kind.label}（${kind.code}）を使える店がありません`
      const en = `no class of shop takes ${kind.code}`
      findings.push(error('kind_not_taken', { path: `${path}.acceptedBy`, ja, en }))
    }
    if (kind.faceYen < kind.priceYen) {
      const ja = `額面 ${kind.faceYen}円 が価格 ${kind.priceYen}円 より小さく、プレミアムが負になります`
      const en = `is worth ¥${kind.faceYen} but costs ¥${kind.priceYen}: the premium is negative`
      findings.push(error('premium_negative', { path: `${path}.faceYen`, ja, en }))
    }
    if (!unit.parts.includes(kind.code)) {
      const ja = `${kind.code} はどの口にも入っていません`
      const en = `${kind.code} is in no unit`
      findings.push(warning('kind_not_sold', { path, ja, en }))
    }
  }
  return findings
}

function lintUnit(campaign: Campaign): Finding[] {
  const { unit, stock } = campaign
  const parts = partsOf(campaign)
  const findings: Finding[] = []
  const sums = [
    { field: 'priceYen', ja: '価格', en: 'price' },
    { field: 'faceYen', ja: '額面', en: 'face' },
  ] as const
  for (const { field, ja, en } of sums) {
    const sum = sumYen(parts.map((kind) => kind[field]))
    if (sum === unit[field]) continue
    findings.push(
      error('parts_do_not_add_up', {
        path: `unit.${field}`,
        ja: `券種の${ja}の合計 ${sum}円 と口の${ja} ${unit[field]}円 が違います`,
        en: `the parts' ${en} is ¥${sum} in all, the unit's ¥${unit[field]}`,
      }),
    )
  }
  if (unit.faceYen < unit.priceYen) {
    const ja = '額面が価格より小さく、プレミアムが負になります'
    const en = 'is less than the price: the premium is negative'
    findings.push(error('premium_negative', { path: 'unit.faceYen', ja, en }))
  }
  const premium = unitPremium(campaign)
  if (premium * 100 > unit.priceYen * 30) {
    const rate = Math.floor((premium * 1000) / unit.priceYen) / 10
    const ja = `プレミアム率 ${rate}% は30%を超えます。補助の対象は30%までのことがあります`
    const en = `premium of ${rate} % is over 30 %; a subsidy may count no more than 30 %`
    findings.push(warning('premium_over_30_percent', { path: 'unit.faceYen', ja, en }))
  }
  if (BigInt(stock.units) * BigInt(unit.faceYen) > 999_999_999_999n) {
    const ja = '発行総額が銀行のファイルの合計欄（12桁）に入りません'
    const en = "the whole issue does not fit the twelve digits of the banks' file"
    findings.push(error('issue_too_large', { path: 'stock.units', ja, en }))
  }
  return findings
}

function lintSpending(campaign: Campaign): Finding[] {
  const { spending, kinds } = campaign
  const findings: Finding[] = []
  const { minYen, perCodeYenMax } = spending
  if (perCodeYenMax < minYen) {
    const ja = `1回の上限 ${perCodeYenMax}円 が下限 ${minYen}円 より小さく、何も払えません`
    const en = `at most ¥${perCodeYenMax} but at least ¥${minYen}: nothing can be paid`
    findings.push(error('spending_limits', { path: 'spending.perCodeYenMax', ja, en }))
  }
  const smallest = kinds.reduce((least, kind) => Math.min(least, kind.faceYen), Infinity)
  if (perCodeYenMax < smallest) {
    const ja = `1回の上限 ${perCodeYenMax}円 では、いちばん小さい券種 ${smallest}円 も一度に使えません`
    const en = `¥${perCodeYenMax} a code cannot spend even the smallest kind, ¥${smallest}, at once`
    findings.push(warning('code_limit_below_face', { path: 'spending.perCodeYenMax', ja, en }))
  }
  if (minYen > smallest) {
    const ja = `下限 ${minYen}円 がいちばん小さい券種の額面 ${smallest}円 を超えます`
    const en = `at least ¥${minYen} a payment, but a kind is worth only ¥${smallest}`
    findings.push(error('spending_minimum_over_face', { path: 'spending.minYen', ja, en }))
  } else if (minYen > 1) {
    const ja = `${minYen}円 に満たない残高は使えずに残ります`
    const en = `a rest below ¥${minYen} can never be spent`
    findings.push(warning('spending_minimum_leaves_rest', { path: 'spending.minYen', ja, en }))
  }
  if (spending.change) {
    const ja = 'おつりは払戻しにあたるため出せません'
    const en = 'change is a refund and may not be given'
    findings.push(error('change_is_refund', { path: 'spending.change', ja, en }))
  }
  if (!spending.partial) {
    const ja = '残高の一部だけの利用を断る設定はありません'
    const en = 'part of a balance can always be spent'
    findings.push(error('partial_always', { path: 'spending.partial', ja, en }))
  }
  return findings
}

const CLOSINGS = { A: ['15', 'EOM'], B: ['EOM'], C: ['15'] } as const

function lintSettlement({ rule, closings, transferFee }: SettlementTerms): Finding[] {
  const findings: Finding[] = []
  const expected: readonly string[] = CLOSINGS[rule]
  if (closings.length !== expected.length || !expected.every((each) => closings.includes(each))) {
    const ja = `規則 ${rule} の締め日は ${expected.join('・')} です`
    const en = `rule ${rule} closes on ${expected.join(' and ')}`
    findings.push(error('closings_differ', { path: 'settlement.closings', ja, en }))
  }
  if (transferFee === 'SHOP') {
    const ja = '振込手数料は店への支払から差し引かれません。連合会の負担になります'
    const en = "the transfer fee is not taken from a shop's payout; the federation bears it"
    findings.push(warning('transfer_fee_not_withheld', { path: 'settlement.transferFee', ja, en }))
  }
  return findings
}
