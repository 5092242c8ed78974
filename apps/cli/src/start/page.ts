import type { Origins } from '../platform/addresses.ts'
import type { ServiceUrls } from '../platform/services.ts'
import type { CampaignToday } from './today.ts'

/** What `npm start` says when everything runs: where it is, and what can be tried today. */
export const readyPage = ({
  urls,
  origins,
  database,
  campaigns,
}: Readonly<{
  urls: ServiceUrls
  origins: Pick<Origins, 'resident' | 'shop'>
  database: Readonly<{ ownerUrl: string }>
  campaigns: readonly CampaignToday[]
}>): string => `
みんな券が動いています / Minnaken is running

  利用者の画面 residents  ${origins.resident}
  お店の画面   shops      ${origins.shop}   レジにする join as a till: npx minnaken till
  サービス services: 購入 purchase ${urls.purchase} · 利用 redemption ${urls.redemption} · 精算 settlement ${urls.settlement}
  それぞれ each: /openapi.json  /healthz  /readyz
  PostgreSQL        ${withoutPassword(database.ownerUrl)}
  データ data        .data/   記録 logs .data/logs/

試し用の人 / invented accounts (keys in .data/accounts.json)
  resident · shop_owner · shop_staff · clerk · approver · auditor
試し用の事業、今日 / campaigns, today
${campaigns.map(({ code, name, words }) => `  ${code}  ${name}: ${words}`).join('\n')}
${tryLines(campaigns).join('\n')}
止める stop: Ctrl+C    消してやり直す start over: npx minnaken reset
`

/** A payment by hand, in the words of the buttons. */
const payLines = (campaign: CampaignToday): readonly string[] => [
  '',
  '画面で払ってみる、カメラなしで / try a payment in two windows, without a camera:',
  `  客 customer  利用者の画面で: はじめる → 申込み → ${campaign.name} → カードで…円を払う → 払う → このスマホを登録する。番号が出ます`,
  `               Get started → Apply → ${campaign.name} → Pay … by card → Pay → Register this phone: there is its number`,
  '  店 shop      npx minnaken till のリンクを開く → 名前 → 参加する → この店のレジになる → 金額 → コードを読み取る → 12桁の番号を入れる → 受け取る。両方の画面に同じ2つの言葉が出ます',
  '               open the link of npx minnaken till → a name → Join → Take payments for this shop → the amount → Scan the code → Type the 12 digits → Take payment: both screens show the same two words',
]

function tryLines(campaigns: readonly CampaignToday[]): readonly string[] {
  const applying = campaigns.find(({ isApplyOpen }) => isApplyOpen)
  const canSpend = campaigns.some(({ isUseOpen }) => isUseOpen)
  const buying = campaigns.find((it) => it.isSecondSaleOpen && it.isUseOpen)
  return [
    ...(applying !== undefined && canSpend
      ? []
      : [
          '',
          `${applying === undefined ? '申込み' : '利用'}の期間は過ぎました。Ctrl+C で止め、npx minnaken reset と npm start で、今日のまわりの日付で作り直せます。`,
          'These windows have passed: stop, npx minnaken reset, and npm start makes new ones around today.',
        ]),
    ...(buying === undefined ? [] : payLines(buying)),
    '',
    '命令で試す / try by commands (in another window):',
    '  npx minnaken as resident GET /v1/wallet',
    ...(canSpend
      ? [`  npx minnaken as shop_staff POST /v1/redemptions '{"code":"$CODE","amountYen":800}'`]
      : []),
    '  npx minnaken as resident GET /v1/wallet/history',
    `  npx minnaken as shop_owner GET '/v1/shops/$SHOP/day'`,
    ...(applying === undefined
      ? []
      : [
          `  npx minnaken as resident POST /v1/campaigns/${applying.code}/applications '{"units":2,"group":"RESIDENT","name":"未来 花子","nameKana":"ミライ ハナコ","birthDate":"1951-04-01","address":"みらい区中央1-2-3"}'`,
        ]),
    '  npx minnaken as clerk GET /v1/shops',
    '  npx minnaken verify-ledger',
    '  $CODE は試し用のスマホが署名した新しい支払コード、$SHOP は試し用の店 / a fresh payment code, the demo shop',
  ]
}

function withoutPassword(address: string): string {
  const url = new URL(address)
  url.password = ''
  return url.href
}
