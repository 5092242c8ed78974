import type { Deps } from '../deps.ts'

/** Another person's shop is answered like one that does not exist. */
export async function isOwnShop(
  { db }: Pick<Deps, 'db'>,
  { shopId, accountId }: Readonly<{ shopId: string; accountId: string }>,
): Promise<boolean> {
  const shop = await db
    .selectFrom('shop.shop')
    .select('shop_id')
    .where('shop_id', '=', shopId)
    .where('owner_account_id', '=', accountId)
    .executeTakeFirst()
  return shop !== undefined
}
