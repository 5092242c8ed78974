import type { ServiceUrls } from '../platform/services.ts'
import type { Person } from './people.ts'

export type OpenShop = Readonly<{
  shopId: string
  shopNo: string
  name: string
  shopClass: string
  owner: Person
}>

export type ShopApplication = Readonly<{
  name: string
  address: string
  category: string
  largeRetailFacility: 'none' | 'operator' | 'tenant'
  /** An account at the invented bank 9999. */
  accountNumber: string
  holder: string
}>

/** An owner applies and confirms the name that the bank will see; a clerk checks and accepts. */
export async function openShop(
  urls: ServiceUrls,
  {
    owner,
    clerk,
    application,
  }: Readonly<{ owner: Person; clerk: Person; application: ShopApplication }>,
): Promise<OpenShop> {
  const { accountNumber, holder, ...facts } = application
  const account = { bankCode: '9999', branchCode: '999', accountType: 1, accountNumber, holder }
  const shops = `${urls.settlement}/v1/shops`
  const applied = await owner.get({ method: 'POST', url: shops, body: { ...facts, account } })
  const shop = `${shops}/${String(applied['shopId'])}`
  await settleAccount(urls, { owner, clerk, shop, applied })
  const accepted = await clerk.get({
    method: 'POST',
    url: `${shop}/decision`,
    body: { decision: 'accept', reason: '書類を確認した' },
  })
  return {
    shopId: String(accepted['shopId']),
    shopNo: String(accepted['shopNo']),
    name: String(accepted['name']),
    shopClass: String(accepted['shopClass']),
    owner,
  }
}

/** Nothing to do for a second shop of an owner whose account is already in force. */
async function settleAccount(
  urls: ServiceUrls,
  {
    owner,
    clerk,
    shop,
    applied,
  }: Readonly<{ owner: Person; clerk: Person; shop: string; applied: Record<string, unknown> }>,
): Promise<void> {
  const proposed = applied['proposedAccount'] as {
    payeeAccountId: string
    holderHalf: string
  } | null
  if (proposed === null) return
  const { payeeAccountId, holderHalf } = proposed
  await owner.get({ method: 'POST', url: `${shop}/account/confirmation`, body: { holderHalf } })
  await clerk.get({
    method: 'POST',
    url: `${urls.settlement}/v1/payee-accounts/${payeeAccountId}/check`,
    body: { decision: 'accept' },
  })
}
