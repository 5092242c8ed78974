import { shopCodeOf } from '@minnaken/qr'
import type { shopCodeReply } from '@minnaken/redemption/contract'
import { type Reply, ask } from '@minnaken/ui'
import { useQuery } from '@tanstack/react-query'
import { useWords } from '../words.ts'

/** What anyone may know of a shop: which kinds of vouchers it takes, and what they are called. */
export const useShopCard = (shopNo: string | undefined) =>
  useQuery({
    queryKey: ['shop-card', shopNo],
    queryFn: () =>
      ask<Reply<typeof shopCodeReply>>({ path: `/v1/shop-codes/${shopCodeOf(shopNo ?? '')}` }),
    enabled: shopNo !== undefined,
    staleTime: 3_600_000,
  })

const named = ['COMMON', 'LIMITED'] as const

/** What a kind of vouchers is called: in the reader's language where it has a name there. */
export function useKindLabel(shopNo: string | undefined): (kind: string) => string {
  const { t } = useWords()
  const { data } = useShopCard(shopNo)
  return (kind) => {
    const known = named.find((it) => it === kind)
    if (known !== undefined) return t(`kind.${known}`)
    return data?.kinds.find((it) => it.kind === kind)?.label ?? kind
  }
}
