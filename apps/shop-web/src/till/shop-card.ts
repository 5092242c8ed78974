import { shopCodeOf } from '@minnaken/qr'
import type { shopCodeReply } from '@minnaken/redemption/contract'
import { type Reply, ask } from '@minnaken/ui'
import { useQuery } from '@tanstack/react-query'

/** What anyone may know of a shop: which kinds of vouchers it takes, and what they are called. */
export const useShopCard = (shopNo: string | undefined) =>
  useQuery({
    queryKey: ['shop-card', shopNo],
    queryFn: () =>
      ask<Reply<typeof shopCodeReply>>({ path: `/v1/shop-codes/${shopCodeOf(shopNo ?? '')}` }),
    enabled: shopNo !== undefined,
    staleTime: 3_600_000,
  })

/** What a kind of vouchers is called; its code as long as that is not known. */
export function useKindLabel(shopNo: string | undefined): (kind: string) => string {
  const { data } = useShopCard(shopNo)
  return (kind) => data?.kinds.find((it) => it.kind === kind)?.label ?? kind
}
