import { assert } from '@minnaken/domain'
import { type Person, type Stage, send } from './_stage.ts'

export const applicationBody = (given: Readonly<Record<string, unknown>> = {}) => ({
  name: 'みらい商店',
  address: 'みらい区中央1-2-3',
  category: 'retail',
  largeRetailFacility: 'none',
  account: accountBody(),
  ...given,
})

let accounts = 0

/** Another account of the invented bank each time. */
export const accountBody = (given: Readonly<Record<string, unknown>> = {}) => {
  accounts += 1
  return {
    bankCode: '9999',
    branchCode: '101',
    accountType: 1,
    accountNumber: String(accounts).padStart(7, '0'),
    holder: 'ミライショウテン',
    ...given,
  }
}

export type Shop = Readonly<{ shopId: string; shopNo: string; owner: Person }>

/** A shop that applied, was accepted and can be paid: everything over HTTP. */
export async function openShop(
  stage: Stage,
  given: Readonly<{ owner?: Person; body?: Readonly<Record<string, unknown>> }> = {},
): Promise<Shop> {
  const owner = given.owner ?? (await stage.person('shop_owner'))
  const clerk = await stage.person('clerk')
  const { service } = stage
  const body = applicationBody({ name: `みらい商店${accounts}`, ...given.body })
  const applied = await send(service, owner, 'POST /v1/shops', body)
  assert(applied.status === 201, `applied: ${JSON.stringify(applied.body)}`)
  const shopId = String(applied.body['shopId'])
  const shopNo = String(applied.body['shopNo'])
  await confirm(stage, { owner, shopId })
  const accepted = await send(service, clerk, `POST /v1/shops/${shopId}/decision`, {
    decision: 'accept',
  })
  assert(accepted.status === 200, `accepted: ${JSON.stringify(accepted.body)}`)
  await checkProposed(stage, { shopId, checker: clerk })
  return { shopId, shopNo, owner }
}

/** The owner confirms the name that is shown. */
export async function confirm(
  { service }: Stage,
  { owner, shopId }: Readonly<{ owner: Person; shopId: string }>,
) {
  const { body } = await send(service, owner, 'GET /v1/shops/mine')
  const shops = body['shops'] as { shopId: string; account: unknown; proposedAccount: unknown }[]
  const shop = shops.find((each) => each.shopId === shopId)
  const account = (shop?.proposedAccount ?? shop?.account) as { holderHalf: string }
  const { holderHalf } = account
  return send(service, owner, `POST /v1/shops/${shopId}/account/confirmation`, { holderHalf })
}

/** A member of staff accepts the account that the shop has proposed, if one waits. */
export async function checkProposed(
  { service, owner: db }: Stage,
  { shopId, checker }: Readonly<{ shopId: string; checker: Person }>,
) {
  const row = await db
    .selectFrom('shop.shop as shop')
    .innerJoin('shop.payee_account as account', 'account.payee_id', 'shop.payee_id')
    .select('account.payee_account_id')
    .where('shop.shop_id', '=', shopId)
    .where('account.state', '=', 'proposed')
    .executeTakeFirst()
  if (row === undefined) return null
  const path = `/v1/payee-accounts/${row.payee_account_id}/check`
  return send(service, checker, `POST ${path}`, { decision: 'accept' })
}
