import type { ServiceUrls } from '../platform/services.ts'
import type { Accounts } from './accounts.ts'

/** What `npm start` says when everything runs: where it is, and how to try it. */
export const readyPage = ({
  urls,
  database,
  accounts,
}: Readonly<{
  urls: ServiceUrls
  database: Readonly<{ ownerUrl: string }>
  accounts: Accounts
}>): string => `
みんな券が動いています / Minnaken is running

  購入  purchase    ${urls.purchase}
  利用  redemption  ${urls.redemption}
  精算  settlement  ${urls.settlement}
  それぞれ each: /openapi.json  /healthz  /readyz
  PostgreSQL        ${withoutPassword(database.ownerUrl)}
  データ data        .data/   記録 logs .data/logs/

試し用の人 / invented accounts (keys in .data/accounts.json)
  resident · shop_owner · shop_staff · clerk · approver · auditor
試し用の事業 / campaigns
  ${accounts.campaigns.applying}  申込み受付中 open for applications
  ${accounts.campaigns.spending}  利用期間中   vouchers can be spent

試してみる / try (in another window):
  npx minnaken as resident GET /v1/wallet
  npx minnaken as shop_staff POST /v1/redemptions '{"code":"$CODE","amountYen":800}'
  npx minnaken as resident GET /v1/wallet/history
  npx minnaken as shop_owner GET '/v1/shops/$SHOP/day'
  npx minnaken as resident POST /v1/campaigns/${accounts.campaigns.applying}/applications '{"units":2,"group":"RESIDENT","name":"未来 花子","nameKana":"ミライ ハナコ","birthDate":"1951-04-01","address":"みらい区中央1-2-3"}'
  npx minnaken as clerk GET /v1/shops
  npx minnaken verify-ledger
  $CODE は試し用のスマホが署名した新しい支払コード、$SHOP は試し用の店 / a fresh payment code, the demo shop
止める stop: Ctrl+C    消してやり直す start over: npx minnaken reset
`

function withoutPassword(address: string): string {
  const url = new URL(address)
  url.password = ''
  return url.href
}
