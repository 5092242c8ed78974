import { useOwnShops, usePlace } from './place.ts'

/** The shop that the day's list is about, and by which right it is read. */
export type LookedAt = Readonly<{
  shopId: string
  shopNo: string
  name: string
  /** A till's token; an owner has the session's cookie. */
  token: string | undefined
  isOwner: boolean
}>

/**
 * A till looks at its own shop, an owner's browser at the shop that was chosen. Undefined while it
 * is not known, null when nobody is here.
 */
export function useLookedAt(): LookedAt | null | undefined {
  const place = usePlace()
  const isOwner = place?.isOwner === true
  const { shop, query } = useOwnShops(isOwner)
  if (place === undefined) return undefined
  const { till } = place
  if (till !== null) {
    const { shopId, shopNo, name } = till.shop
    const owns = query.data?.shops.some((it) => it.shopId === shopId) ?? false
    return { shopId, shopNo, name, token: till.token, isOwner: isOwner && owns }
  }
  if (place.isOwner === undefined || (isOwner && query.isPending)) return undefined
  if (shop === undefined) return null
  const { shopId, shopNo, name } = shop
  return { shopId, shopNo, name, token: undefined, isOwner: true }
}
