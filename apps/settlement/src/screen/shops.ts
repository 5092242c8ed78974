import type { Db } from '@minnaken/db'
import {
  type LargeFacilityRole,
  type ShopCategory,
  deriveShopClass,
  largeFacilityRoles,
  shopCategories,
} from '@minnaken/domain'
import { isoOf, isoOrNull } from '@minnaken/http'
import { officesOf } from '../account/read.ts'
import type { Deps } from '../deps.ts'

export type ShopFilter = Readonly<{ shopId?: string; ownerAccountId?: string; state?: string }>

/** How much of an account's number is shown: to auditors only its last three digits. */
export type Masking = 'whole' | 'masked'

/** Shops with their accounts, in the order in which they applied. */
export async function listShops(
  { db, isBankInvented }: Pick<Deps, 'db' | 'isBankInvented'>,
  filter: ShopFilter,
  masking: Masking = 'whole',
) {
  const shops = await shopRows(db, filter)
  const payeeIds = [...new Set(shops.map((shop) => shop.payee_id))]
  const accounts = payeeIds.length === 0 ? [] : await accountRows(db, payeeIds)
  const siblings = payeeIds.length === 0 ? [] : await siblingRows(db, payeeIds)
  const accountOf = (payeeId: string, state: string) => {
    const row = accounts.find((each) => each.payee_id === payeeId && each.state === state)
    return row === undefined ? null : shownAccount(row, { isBankInvented, masking })
  }
  return shops.map((shop) => ({
    shopId: shop.shop_id,
    shopNo: shop.shop_no,
    name: shop.name,
    address: shop.address,
    category: shop.category,
    ...shownClass(shop),
    state: shop.state,
    stateSince: isoOf(shop.state_since),
    stateReason: shop.state_reason,
    heldSince: isoOrNull(shop.held_since),
    heldReason: shop.held_reason,
    appliedAt: isoOf(shop.applied_at),
    payeeNo: shop.payee_no,
    photoId: shop.photo_id,
    account: accountOf(shop.payee_id, 'active'),
    proposedAccount: accountOf(shop.payee_id, 'proposed'),
    sharesAccountWith: siblings
      .filter((each) => each.payee_id === shop.payee_id && each.shop_no !== shop.shop_no)
      .map((each) => each.shop_no),
  }))
}

function shopRows(db: Db, { shopId, ownerAccountId, state }: ShopFilter) {
  let query = db
    .selectFrom('shop.shop as shop')
    .innerJoin('shop.payee as payee', 'payee.payee_id', 'shop.payee_id')
    .leftJoin('shop.photo as photo', 'photo.shop_id', 'shop.shop_id')
    .selectAll('shop')
    .select(['payee.payee_no', 'photo.photo_id'])
  if (shopId !== undefined) query = query.where('shop.shop_id', '=', shopId)
  if (ownerAccountId !== undefined)
    query = query.where('shop.owner_account_id', '=', ownerAccountId)
  if (state !== undefined) query = query.where('shop.state', '=', state)
  return query.orderBy('shop.applied_at').orderBy('shop.shop_id').execute()
}

const accountRows = (db: Db, payeeIds: readonly string[]) =>
  db
    .selectFrom('shop.payee_account')
    .selectAll()
    .where('payee_id', 'in', payeeIds)
    .where('state', 'in', ['active', 'proposed'])
    .execute()

const siblingRows = (db: Db, payeeIds: readonly string[]) =>
  db
    .selectFrom('shop.shop')
    .select(['shop_no', 'payee_id'])
    .where('payee_id', 'in', payeeIds)
    .where('state', '<>', 'rejected')
    .orderBy('shop_no')
    .execute()

function shownAccount(
  row: Awaited<ReturnType<typeof accountRows>>[number],
  { isBankInvented, masking }: Readonly<{ isBankInvented: boolean; masking: Masking }>,
) {
  const place = { bankCode: row.bank_code, branchCode: row.branch_code }
  const { bank, branch } = officesOf(place, { isBankInvented })
  return {
    payeeAccountId: row.payee_account_id,
    state: row.state,
    ...place,
    bankName: bank?.name ?? null,
    branchName: branch?.name ?? null,
    accountType: typeOf(row.account_type),
    accountNumber: masking === 'whole' ? row.account_number : `****${row.account_number.slice(-3)}`,
    holderHalf: row.holder_half,
    proposedAt: isoOf(row.proposed_at),
    confirmedAt: isoOrNull(row.confirmed_at),
    checkedAt: isoOrNull(row.checked_at),
  }
}

const accountTypes = [1, 2, 4, 9] as const

function typeOf(value: number): (typeof accountTypes)[number] {
  const type = accountTypes.find((each) => each === value)
  if (type === undefined) throw new Error(`account type ${value} is none of the banks'`)
  return type
}

/** The class with the fact that decided it, so that a clerk can check the fact. */
function shownClass(shop: {
  category: string
  large_retail_facility: boolean
  facility_role: string | null
  shop_class: string
}) {
  const category = shopCategories.find((each): each is ShopCategory => each === shop.category)
  const largeRetailFacility =
    largeFacilityRoles.find((each): each is LargeFacilityRole => each === shop.facility_role) ??
    (shop.large_retail_facility ? 'operator' : 'none')
  const derived = deriveShopClass({ category: category ?? 'other', largeRetailFacility })
  return {
    largeRetailFacility,
    shopClass: shop.shop_class,
    classReason: { ...derived.reason },
  }
}
