import { type Office, ok } from './_run.ts'
import { type Shop, accountBody } from './_shop.ts'

type Proposed = Readonly<{ payeeAccountId: string; holderHalf: string }>

/** The owner names another account and confirms it. */
export async function proposeAccount(office: Office, shop: Shop): Promise<Proposed> {
  const path = `/v1/shops/${shop.shopId}/account`
  const { body } = ok(await office.ask(shop.owner, `PUT ${path}`, accountBody()))
  const proposed = body['proposedAccount'] as Proposed
  const { holderHalf } = proposed
  ok(await office.ask(shop.owner, `POST ${path}/confirmation`, { holderHalf }))
  return proposed
}

/** The same, and the approver accepts it: from now on it is the one that is paid. */
export async function changeAccount(office: Office, shop: Shop): Promise<void> {
  const { payeeAccountId } = await proposeAccount(office, shop)
  const check = `POST /v1/payee-accounts/${payeeAccountId}/check`
  ok(await office.ask(office.approver, check, { decision: 'accept' }))
}
