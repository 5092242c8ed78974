import { accountBody } from './_shop.ts'
import { type Office, ok } from './_run.ts'
import type { Shop } from './_shop.ts'

/** The owner names another account and confirms it, and the approver accepts it. */
export async function changeAccount(
  office: Office,
  shop: Shop,
  given: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const path = `/v1/shops/${shop.shopId}/account`
  const { body } = ok(await office.ask(shop.owner, `PUT ${path}`, accountBody(given)))
  const { payeeAccountId, holderHalf } = body['proposedAccount'] as {
    payeeAccountId: string
    holderHalf: string
  }
  ok(await office.ask(shop.owner, `POST ${path}/confirmation`, { holderHalf }))
  const check = `POST /v1/payee-accounts/${payeeAccountId}/check`
  ok(await office.ask(office.approver, check, { decision: 'accept' }))
}
