import { inTransaction, type Tx } from '@minnaken/db'
import { type ShopFacts, assert, deriveShopClass } from '@minnaken/domain'
import { type Refused, refused } from '@minnaken/http'
import { lockShopsOf, proposeAccount, sameAccounts } from '../account/payee.ts'
import {
  type AccountRefusal,
  type AccountTyped,
  type BankAccount,
  readAccount,
} from '../account/read.ts'
import type { Deps } from '../deps.ts'
import { randomDigits } from '../random-number.ts'

export type ApplyRefusal =
  | AccountRefusal
  | Readonly<{ kind: 'shop_applied_already'; shopId: string; shopNo: string }>

type Application = ShopFacts &
  Readonly<{ ownerAccountId: string; name: string; address: string; account: AccountTyped }>

const TRIES = 20

/**
 * A shop applies to take vouchers. Its class follows from its facts.
 *
 * Shops of one owner that name the same bank account share a payee, and so one transfer a run.
 * The account pays nothing before its owner has confirmed the name and another person checked it.
 */
export async function applyAsShop(
  deps: Deps,
  application: Application,
): Promise<Readonly<{ kind: 'applied'; shopId: string }> | Refused<ApplyRefusal>> {
  const read = readAccount(application.account, deps)
  if (read.kind === 'refused')
    return refused({ ...read.refusal, field: `account.${read.refusal.field}` })
  return inTransaction(deps.db, async (tx) => {
    const payeeId = await payeeFor(tx, deps, { ...application, account: read.account })
    return addShop(tx, deps, { ...application, payeeId })
  })
}

/** The owner's payee that has this account or has proposed it, else a new one. */
async function payeeFor(
  tx: Tx,
  deps: Deps,
  { ownerAccountId, account }: Readonly<{ ownerAccountId: string; account: BankAccount }>,
): Promise<string> {
  const same = await sameAccounts(tx, { place: account, ownerAccountId })
  const own = same.find((each) => each.ownerAccountId === ownerAccountId)
  if (own !== undefined) {
    await lockShopsOf(tx, [own.payeeId])
    return own.payeeId
  }
  const at = deps.now()
  const payeeId = deps.newId()
  for (let tries = 1; ; tries += 1) {
    assert(tries <= TRIES, 'there are payee numbers left')
    const added = await tx
      .insertInto('shop.payee')
      .values({
        payee_id: payeeId,
        payee_no: randomDigits(deps, 10),
        owner_account_id: ownerAccountId,
      })
      .onConflict((taken) => taken.column('payee_no').doNothing())
      .executeTakeFirst()
    if (added.numInsertedOrUpdatedRows === 1n) break
  }
  await proposeAccount(tx, { payeeAccountId: deps.newId(), payeeId, account, at })
  return payeeId
}

/** Adds the shop under a number that is free, or finds that it has applied already. */
async function addShop(
  tx: Tx,
  deps: Deps,
  shop: Application & Readonly<{ payeeId: string }>,
): Promise<Readonly<{ kind: 'applied'; shopId: string }> | Refused<ApplyRefusal>> {
  const at = new Date(deps.now())
  const shopId = deps.newId()
  for (let tries = 1; ; tries += 1) {
    assert(tries <= TRIES, 'there are shop numbers left')
    const added = await tx
      .insertInto('shop.shop')
      .values({
        shop_id: shopId,
        shop_no: randomDigits(deps, 6),
        owner_account_id: shop.ownerAccountId,
        payee_id: shop.payeeId,
        name: shop.name,
        address: shop.address,
        category: shop.category,
        large_retail_facility: shop.largeRetailFacility !== 'none',
        facility_role: shop.largeRetailFacility,
        shop_class: deriveShopClass(shop).shopClass,
        state: 'applied',
        state_since: at,
        applied_at: at,
      })
      .onConflict((taken) => taken.doNothing())
      .executeTakeFirst()
    if (added.numInsertedOrUpdatedRows === 1n) return { kind: 'applied', shopId }
    const earlier = await tx
      .selectFrom('shop.shop')
      .select(['shop_id', 'shop_no'])
      .where('owner_account_id', '=', shop.ownerAccountId)
      .where('name', '=', shop.name)
      .where('address', '=', shop.address)
      .where('state', 'in', ['applied', 'active', 'suspended'])
      .executeTakeFirst()
    if (earlier !== undefined)
      return refused({
        kind: 'shop_applied_already',
        shopId: earlier.shop_id,
        shopNo: earlier.shop_no,
      })
  }
}
