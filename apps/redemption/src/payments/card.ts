import type { Deps } from '../deps.ts'

/** What a payer is shown before any amount is typed, so that a swapped sticker is noticed. */
export type ShopCardShown = Readonly<{
  shopNo: string
  name: string
  area: string
  category: string
  /** Its photo, by which the payer knows the shop they stand in; null where it shows none. */
  photoId: string | null
  /** Whether it takes vouchers at this moment. */
  isTaking: boolean
  kinds: readonly Readonly<{ campaign: string; kind: string; label: string; isTaken: boolean }>[]
}>

/** The card of a shop that was accepted once; null for any other number. */
export async function findShopCard(
  { db, campaigns, now }: Pick<Deps, 'db' | 'campaigns' | 'now'>,
  shopNo: string,
): Promise<ShopCardShown | null> {
  const shop = await db
    .selectFrom('shop.shop as shop')
    .leftJoin('shop.photo as photo', 'photo.shop_id', 'shop.shop_id')
    .select(['shop_no', 'name', 'address', 'category', 'shop_class', 'state', 'photo_id'])
    .where('shop_no', '=', shopNo)
    .where('state', 'in', ['active', 'suspended', 'left'])
    .executeTakeFirst()
  if (shop === undefined) return null
  const at = now()
  const running = (await campaigns.all()).filter(
    ({ campaign: { windows } }) => at < windows.use.until,
  )
  return {
    shopNo: shop.shop_no,
    name: shop.name,
    area: shop.address,
    category: shop.category,
    photoId: shop.photo_id,
    isTaking: shop.state === 'active',
    kinds: running.flatMap(({ campaign }) =>
      campaign.kinds.map(({ code, label, acceptedBy }) => ({
        campaign: campaign.id,
        kind: code,
        label,
        isTaken: acceptedBy.some((each) => each === shop.shop_class),
      })),
    ),
  }
}
