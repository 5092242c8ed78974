import { firstIssueDate, type Campaign, lastLawfulExpiry, unpaidReleasedAt } from './campaign.ts'
import { error, type Finding, inTokyo, warning } from './lint-finding.ts'
import { addDays, jstDateOf, startOfJstDate } from './time.ts'

/** Findings about time: the six months of the law, empty windows, and the order of the steps. */
export const lintWindows = (campaign: Campaign): readonly Finding[] => [
  ...lintValidity(campaign),
  ...lintEmptyWindows(campaign),
  ...lintOrder(campaign),
  ...lintIssueDate(campaign),
]

/** 資金決済法4条: without registration a voucher may live for six months from its first issue. */
function lintValidity(campaign: Campaign): Finding[] {
  const { expiresExclusive, windows } = campaign
  const latest = lastLawfulExpiry(campaign)
  const first = firstIssueDate(campaign)
  const findings: Finding[] = []
  const ends = [
    { path: 'windows.use[1]', at: windows.use.until },
    { path: 'expiresExclusive', at: expiresExclusive },
  ]
  for (const { path, at } of ends) {
    if (at <= latest) continue
    const ja = `有効期間が6か月を超えます。初回発行日 ${first} から6か月の ${inTokyo(latest)} までにしてください`
    const en = `over six months: first issued ${first}, so until ${inTokyo(latest)} JST at most`
    findings.push(error('validity_over_six_months', { path, ja, en }))
  }
  if (windows.use.until !== expiresExclusive) {
    const end = inTokyo(expiresExclusive)
    const ja = `利用期間の終わりが有効期限 ${end} と違います`
    const en = `the end of use is not the end of validity, ${end} JST`
    findings.push(error('use_end_differs', { path: 'windows.use[1]', ja, en }))
  }
  if (startOfJstDate(jstDateOf(expiresExclusive)) !== expiresExclusive) {
    const ja = '有効期限が日本時間の0時ではないため、最終利用日が一日に満たなくなります'
    const en = 'validity does not end at midnight in Tokyo, so its last day is not a whole one'
    findings.push(warning('expiry_not_midnight', { path: 'expiresExclusive', ja, en }))
  }
  return findings
}

function lintEmptyWindows({ windows }: Campaign): Finding[] {
  const findings: Finding[] = []
  for (const name of ['apply', 'pay', 'secondSale', 'use'] as const) {
    const window = windows[name]
    if (window === null || window.from < window.until) continue
    const ja = `終了が開始 ${inTokyo(window.from)} より後ではありません`
    const en = `does not end after it starts, ${inTokyo(window.from)} JST`
    findings.push(error('window_empty', { path: `windows.${name}[1]`, ja, en }))
  }
  return findings
}

/** Each step waits for the one before: apply, draw, results, pay, second sale, end of use. */
function lintOrder(campaign: Campaign): Finding[] {
  const { windows: w, issueDate } = campaign
  const released = unpaidReleasedAt(campaign)
  const resale = w.secondSale
  const steps = [
    { path: 'windows.draw', at: w.draw, ja: '申込の終了', en: 'apply ends', by: w.apply.until },
    { path: 'windows.results', at: w.results, ja: '抽選', en: 'the draw', by: w.draw },
    { path: 'windows.pay[0]', at: w.pay.from, ja: '結果発表', en: 'the results', by: w.results },
    {
      path: 'windows.use[0]',
      at: w.use.from,
      ja: '発行日',
      en: 'the issue date',
      by: startOfJstDate(issueDate),
    },
    {
      path: 'windows.use[1]',
      at: w.use.until,
      ja: '未払いの当選の解放（購入期間の終了の2日後）',
      en: 'unpaid wins are released (two days after pay ends)',
      by: released,
    },
    ...(resale === null
      ? []
      : [
          {
            path: 'windows.secondSale[0]',
            at: resale.from,
            ja: '購入期間の終了',
            en: 'pay ends',
            by: w.pay.until,
          },
          {
            path: 'windows.use[1]',
            at: w.use.until,
            ja: '二次販売の終了',
            en: 'the second sale ends',
            by: resale.until,
          },
        ]),
  ]
  const findings = steps
    .filter((step) => step.at < step.by)
    .map(({ path, ja, en, by }) =>
      error('windows_order', {
        path,
        ja: `${ja} ${inTokyo(by)} より前です`,
        en: `is before ${en}, ${inTokyo(by)} JST`,
      }),
    )
  if (resale !== null && resale.from >= w.pay.until && resale.from < released) {
    const ja = `未払いの当選が戻る ${inTokyo(released)} より前に二次販売が始まります`
    const en = `starts before unpaid wins come back to the stock, ${inTokyo(released)} JST`
    findings.push(warning('second_sale_before_release', { path: 'windows.secondSale[0]', ja, en }))
  }
  return findings
}

/** A paid order is issued at once, so the first day of sale is the day of issue. */
function lintIssueDate(campaign: Campaign): Finding[] {
  const { issueDate, windows, expiresExclusive } = campaign
  const sale = jstDateOf(windows.pay.from)
  const findings: Finding[] = []
  if (issueDate !== sale) {
    const ja = `発行日が販売開始日 ${sale} と違います。6か月は早い方から数えます`
    const en = `is not the first day of sale, ${sale}; the six months count from the earlier one`
    findings.push(warning('issue_date_differs', { path: 'issueDate', ja, en }))
  }
  const life = startOfJstDate(addDays(issueDate, 14))
  if (expiresExclusive < life && expiresExclusive > startOfJstDate(issueDate)) {
    const ja = '発行から14日以内に期限が切れます'
    const en = 'ends within fourteen days of issue'
    findings.push(warning('validity_very_short', { path: 'expiresExclusive', ja, en }))
  }
  return findings
}
