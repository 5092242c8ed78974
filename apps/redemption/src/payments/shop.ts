import { newToken, Remembered } from '@minnaken/auth'
import type { Db } from '@minnaken/db'
import type { Deps } from '../deps.ts'
import type { ShopCard } from '../tills/tills.ts'

/** A shop as its printed code names it, and the till that stands for that code. */
export type PrintedShop = ShopCard & Readonly<{ tillId: string }>

export type FindPrintedShop = (shopNo: string) => Promise<PrintedShop | null>

const SHOPS_MAX = 10_000
/** What the day's list calls payments by payers who scanned the shop. */
const PRINTED_NAME = '店のコード'
/** A poster does not run out; the shop's own state says when it no longer pays. */
const NEVER = new Date('9999-12-31T00:00:00Z')
/** A shop that was never accepted has no printed code. */
const WITH_CODE = ['active', 'suspended', 'left']

/**
 * Finds the shop of a printed code, with the till that stands for the code.
 *
 * That till is made when somebody first pays there; nobody has its token, so nobody else can be it.
 * What a number names never changes, so it is remembered; whether the shop takes payments is decided
 * anew each time.
 */
export function printedShopFinder(deps: Deps): FindPrintedShop {
  const shops = new Remembered<string, PrintedShop>(SHOPS_MAX)
  return async (shopNo) => {
    const known = shops.get(shopNo)
    if (known !== undefined) return known
    const card = await findShop(deps.db, shopNo)
    if (card === null) return null
    const shop = { ...card, tillId: await printedTillOf(deps, card.shopId) }
    shops.set(shopNo, shop)
    return shop
  }
}

async function findShop(db: Db, shopNo: string): Promise<ShopCard | null> {
  const row = await db
    .selectFrom('shop.shop')
    .select(['shop_id', 'shop_no', 'name'])
    .where('shop_no', '=', shopNo)
    .where('state', 'in', WITH_CODE)
    .executeTakeFirst()
  return row === undefined ? null : { shopId: row.shop_id, shopNo: row.shop_no, name: row.name }
}

async function printedTillOf(deps: Deps, shopId: string): Promise<string> {
  const existing = await findPrintedTill(deps.db, shopId)
  if (existing !== undefined) return existing
  await deps.db
    .insertInto('redemption.till')
    .values({
      till_id: deps.newId(),
      shop_id: shopId,
      name: PRINTED_NAME,
      token_hash: newToken(deps.randomBytes).hash,
      joined_at: new Date(deps.now()),
      expires_at: NEVER,
      is_printed: true,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const made = await findPrintedTill(deps.db, shopId)
  if (made === undefined) throw new Error('a printed code that was just made is not there')
  return made
}

async function findPrintedTill(db: Db, shopId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('redemption.till')
    .select('till_id')
    .where('shop_id', '=', shopId)
    .where('is_printed', '=', true)
    .executeTakeFirst()
  return row?.till_id
}
